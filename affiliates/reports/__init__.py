"""Reports for the admin: they read day sums and the ledger's day sums, and say what they do not know."""
