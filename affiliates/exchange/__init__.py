"""Links from and to CSV files: our own, and the exports of Pretty Links and ThirstyAffiliates."""
