"""Who may enter the admin: guessing is slowed down, and a phone may have to agree."""
