"""Is a reference what it says it is, and does its journal still stand by it?

`titles.py`, `judge.py` and `editorial.py` are pure; `service.py` asks the sources, keeps the evidence and draws the
conclusions; `tasks.py` does so for what is due.
"""
