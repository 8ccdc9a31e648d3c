"""The variables, one in each file: what it joins, on which columns, and what missing means."""
