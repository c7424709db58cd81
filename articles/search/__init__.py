"""Reader search: one analysis of words in Python, one index in the database, the same answers on both databases."""
