"""The rules that leave rows out: politically relevant dyads, and the whittling of disputes."""
