"""The sample material beside the clone: real answers of Crossref, and the references of the three seed articles."""

import json
import re

import pytest

from references import csl, identifiers
from references.formatting import format_reference

pytestmark = pytest.mark.shared

SEEDS = {
    "https://jhpn.biomedcentral.com/articles/10.1186/s41043-023-00423-0": (
        "doi",
        "10.1186/s41043-023-00423-0",
    ),
    "https://pubmed.ncbi.nlm.nih.gov/9701160/": ("pmid", "9701160"),
    "https://pubmed.ncbi.nlm.nih.gov/22381456/": ("pmid", "22381456"),
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC7257447/": ("pmcid", "PMC7257447"),
    "https://www.ncbi.nlm.nih.gov/books/NBK507250/": ("nbk", "NBK507250"),
}


def test_the_seeds_five_references_name_their_works(shared_dir):
    [seed] = (shared_dir / "seeds").glob("000_*.txt")
    lines = re.findall(r"^- (.*Retrieved from: .*)$", seed.read_text(), re.MULTILINE)

    found = {identify.url: identify for identify in map(identifiers.identify, lines)}

    assert {url: (name, getattr(found[url], name)) for url, (name, _) in SEEDS.items()} == SEEDS
    assert len(lines) == 5


def works(shared_dir):
    for path in sorted((shared_dir / "fixtures" / "citations" / "crossref").glob("*.json")):
        message = json.loads(path.read_text())["message"]
        yield path, message


def test_every_doi_of_crossref_is_found_in_every_spelling(shared_dir):
    spellings = ["{}", "doi:{}.", "https://doi.org/{}", "({})", "https://example.org/doi/full/{}?x=1"]
    checked = 0

    for path, work in works(shared_dir):
        for spelling in spellings:
            assert identifiers.identify(spelling.format(work["DOI"])).doi == work["DOI"].lower(), path
            checked += 1

    assert checked >= 50 * len(spellings)


def test_every_answer_of_crossref_becomes_an_item_that_can_be_shown(shared_dir):
    for path, work in works(shared_dir):
        item = csl.clean_item(work)
        found = csl.columns(item)
        html = format_reference(item)

        assert found.doi == work["DOI"].lower(), path
        assert found.title or not any(work.get("title") or []), path
        assert set(re.findall(r"</?([a-z]+)", html)) <= {"a", "i", "sub", "sup"}, path
