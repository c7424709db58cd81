"""What others know of a work: Crossref, PubMed, NCBI Bookshelf, Europe PMC, OpenAlex.

Each module turns one source's payload into `Record` values and knows the address to ask; `client.py` asks, `lookup.py`
decides whom. No answer is a state, never a verdict.
"""
