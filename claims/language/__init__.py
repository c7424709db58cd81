"""The language of claims: which words of a passage say what about whom. Pure; `claims/checks/` decides what follows."""
