"""What networks paid: report files into an append-only ledger, joined to places of articles."""
