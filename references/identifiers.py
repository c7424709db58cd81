"""The numbers that name a work: one normaliser each, and `identify` for everything that a text holds.

Stored bare: no resolver, no label, a DOI in lower case. Own code, because idutils returns only "url" for the new PMC
host, for Bookshelf and for a publisher's address with a DOI inside, takes any bare number for a PMID and leaves a
trailing full stop in a DOI.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from urllib.parse import unquote

DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"“”«»]+", re.IGNORECASE)
# What publishers append to a DOI in the address of a page.
DOI_TAIL = re.compile(
    r"(?:/(?:full(?:[-_]?text)?|abstract|abs|e?pdf|html?|xml|meta|references|figures|tables|citations|metrics|summary)"
    r"(?:[/.].*)?|\.(?:full|abstract|pdf|html?|xml|short|long|e?pub)(?:[.+].*)?)$",
    re.IGNORECASE,
)
PREPRINT_VERSION = re.compile(r"^(10\.(?:1101|64898)/[0-9.]+)v[0-9]+.*$")  # bioRxiv and medRxiv addresses
NATURE = re.compile(
    r"nature\.com/articles/([a-z0-9][a-z0-9.-]{4,60})", re.IGNORECASE
)  # its numbers are its DOIs
URL = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)

# "PubMed 2013" is a search of that year, "PubMed: 9701160" and "PubMed ID 9701160" are numbers.
PMID_LABELLED = re.compile(
    r"\b(?:PMID|PubMed[ -]?ID|PubMed(?=\s*:))[\s:#]*([0-9]{1,8})(?![0-9])", re.IGNORECASE
)
PMID_URLS = (
    re.compile(r"pubmed\.ncbi\.nlm\.nih\.gov/(?:pubmed/)?(?:\?term=)?([0-9]{1,8})(?![0-9])", re.IGNORECASE),
    re.compile(r"ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?([0-9]{1,8})(?![0-9])", re.IGNORECASE),
    re.compile(r"ncbi\.nlm\.nih\.gov/pmc/articles/pmid/([0-9]{1,8})(?![0-9])", re.IGNORECASE),
    re.compile(r"ncbi\.nlm\.nih\.gov/entrez/\S*\blist_uids=([0-9]{1,8})(?![0-9])", re.IGNORECASE),
    re.compile(r"europepmc\.org/(?:article|abstract)/MED/([0-9]{1,8})(?![0-9])", re.IGNORECASE),
)
PMCID = re.compile(r"(?<![a-z0-9])PMC[\s:]*([0-9]{1,8})(?![0-9])", re.IGNORECASE)
PMCID_LABELLED = re.compile(r"\bPMCID\b[\s:#]*(?:PMC)?([0-9]{1,8})(?![0-9])", re.IGNORECASE)
PMC_NUMBER_URL = re.compile(
    r"(?:ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/([0-9]{1,8})(?![0-9])", re.IGNORECASE
)
NBK = re.compile(r"(?<![a-z0-9])NBK([0-9]{1,8})(?![0-9])", re.IGNORECASE)
ISBN_LABELLED = re.compile(
    r"\bISBN(?:-1[03])?\b[\s:#]*((?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9X])(?![0-9])", re.IGNORECASE
)
ARXIV_NUMBER = r"([0-9]{4}\.[0-9]{4,5}|[a-z][a-z-]{1,14}(?:\.[a-z]{2})?/[0-9]{7})"
ARXIV = re.compile(
    rf"(?:\barxiv:\s*|arxiv\.org/(?:abs|pdf|html)/|10\.48550/arxiv\.){ARXIV_NUMBER}(?:v[0-9]+)?",
    re.IGNORECASE,
)
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
TRAILING = ".,;:!?'\u2019\u2026\"*_"


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The first identifier of each kind that a text holds; "" where there is none. `url` is the address itself."""

    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    nbk: str = ""
    arxiv: str = ""
    isbn: str = ""
    url: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def normalise_doi(text: str) -> str:
    """Return the bare, lower-case DOI in `text`, e.g. "10.3390/nu13041136".

    Accepts a bare DOI, "doi:…", a resolver's or a publisher's address. A DOI compares without case.
    Raises ValueError if `text` holds no DOI.
    Source: DOI Handbook, "Case sensitivity".
    """
    return _required(find_doi(text), text, "a DOI", "10.3390/nu13041136")


def normalise_pmid(text: str) -> str:
    """Return the bare PubMed number in `text`, e.g. "9701160". Raises ValueError if there is none."""
    bare = text.strip()
    found = bare if re.fullmatch(r"[0-9]{1,8}", bare) else find_pmid(text)
    return _required(found.lstrip("0"), text, "a PubMed number", "9701160")


def normalise_pmcid(text: str) -> str:
    """Return the PubMed Central number in `text` with its letters, e.g. "PMC7257447". Raises ValueError."""
    bare = text.strip()
    found = f"PMC{int(bare)}" if re.fullmatch(r"[0-9]{1,8}", bare) else find_pmcid(text)
    return _required(found, text, "a PubMed Central number", "PMC7257447")


def normalise_nbk(text: str) -> str:
    """Return the NCBI Bookshelf number in `text`, e.g. "NBK507250". Raises ValueError."""
    return _required(find_nbk(text), text, "a Bookshelf number", "NBK507250")


def normalise_arxiv(text: str) -> str:
    """Return the arXiv number in `text` without its version, e.g. "2101.00001". Raises ValueError."""
    bare = re.fullmatch(rf"{ARXIV_NUMBER}(?:v[0-9]+)?", text.strip(), re.IGNORECASE)
    return _required(
        bare.group(1).lower() if bare else find_arxiv(text), text, "an arXiv number", "2101.00001"
    )


def normalise_isbn(text: str) -> str:
    """Return the ISBN in `text` as 13 digits. Raises ValueError if there is none or its check digit is wrong."""
    bare = re.sub(r"[\s-]", "", text)
    if re.fullmatch(r"[0-9]{9}[0-9Xx]|97[89][0-9]{10}", bare):
        return _required(_isbn13(bare), text, "an ISBN with the right check digit", "9780306406157")
    return _required(find_isbn(text), text, "an ISBN", "9780306406157")


def find_doi(text: str) -> str:
    for word in text.split():
        found = DOI.search(word)
        is_address = "/" in word[: found.start()] if found else "%2f" in word.lower()
        if is_address:  # only addresses are percent-encoded
            found = DOI.search(unquote(word))
        if found is None:
            continue
        doi = _without_page(found.group()) if is_address else found.group()
        prefix, _, suffix = _trimmed(doi.split("</", maxsplit=1)[0]).lower().partition("/")
        if suffix:
            return f"{prefix}/{suffix}"
    named = NATURE.search(text)
    return f"10.1038/{_trimmed(_without_page(named[1])).lower()}" if named else ""


def find_pmid(text: str) -> str:
    return _first(text, PMID_LABELLED, *PMID_URLS).lstrip("0")


def find_pmcid(text: str) -> str:
    number = _first(text, PMCID, PMCID_LABELLED, PMC_NUMBER_URL).lstrip("0")
    return f"PMC{number}" if number else ""


def find_nbk(text: str) -> str:
    number = _first(text, NBK).lstrip("0")
    return f"NBK{number}" if number else ""


def find_arxiv(text: str) -> str:
    return _first(text, ARXIV).lower()


def find_isbn(text: str) -> str:
    return next((isbn for raw in ISBN_LABELLED.findall(text) if (isbn := _isbn13(raw))), "")


def find_url(text: str) -> str:
    found = URL.search(text)
    return _trimmed(found.group()) if found else ""


def identify(text: str) -> Identifiers:
    """Return every identifier that a free text holds, such as "Title. Retrieved from: https://…".

    A bare number is never taken for a PMID: it may be a year, a page or a price.
    """
    return Identifiers(
        doi=find_doi(text),
        pmid=find_pmid(text),
        pmcid=find_pmcid(text),
        nbk=find_nbk(text),
        arxiv=find_arxiv(text),
        isbn=find_isbn(text),
        url=find_url(text),
    )


def identify_pasted(text: str) -> Identifiers:
    """Like `identify`, for a field made for one identifier: a bare number there is a PMID or an ISBN."""
    found = identify(text)
    readers: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("isbn", normalise_isbn),
        ("pmid", normalise_pmid),
        ("arxiv", normalise_arxiv),
    )
    for name, reader in readers:
        if found:
            break
        try:
            found = replace(found, **{name: reader(text)})
        except ValueError:
            continue
    return found


def _first(text: str, *patterns: re.Pattern[str]) -> str:
    return next((str(found.group(1)) for pattern in patterns if (found := pattern.search(text))), "")


def _required(found: str, text: str, what: str, example: str) -> str:
    if not found:
        raise ValueError(f"“{text.strip()[:80]}” is not {what}; one looks like {example}.")
    return found


def _without_page(doi: str) -> str:
    """Cut what belongs to the address around the DOI: query, fragment, "/full", ".pdf"."""
    doi = re.split(r"[?#&]", doi, maxsplit=1)[0]
    return PREPRINT_VERSION.sub(r"\1", DOI_TAIL.sub("", doi.rstrip("/")))


def _trimmed(text: str) -> str:
    """Cut the punctuation of the sentence around: a closing bracket stays where it was opened."""
    while text:
        last = text[-1]
        opened = BRACKETS.get(last)
        if opened and text.count(opened) >= text.count(last):
            break
        if not opened and last not in TRAILING:
            break
        text = text[:-1]
    return text


def _isbn13(raw: str) -> str:
    """Return the 13 digits of a valid ISBN-10 or ISBN-13, "" for a wrong check digit. Source: ISO 2108."""
    digits = re.sub(r"[^0-9X]", "", raw.upper())
    if len(digits) == 10:
        values = [10 if digit == "X" else int(digit) for digit in digits]
        if sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11:
            return ""
        stem = f"978{digits[:9]}"
        return stem + str(-_weighted(stem) % 10)
    if len(digits) == 13 and "X" not in digits and _weighted(digits) % 10 == 0:
        return digits
    return ""


def _weighted(digits: str) -> int:
    return sum(int(digit) * (3 if position % 2 else 1) for position, digit in enumerate(digits))
