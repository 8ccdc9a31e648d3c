"""The variables: a file for each, which says what it joins, by which columns, and what missing means."""
