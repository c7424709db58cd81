"""What a page says of itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references.sources.webpage import read

URL = "https://journal.example/zinc"


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ('<meta name="citation_doi" content="10.1234/X.">', ("10.1234/x", "")),
        ('<META CONTENT="https://doi.org/10.1234/x" NAME="DC.Identifier">', ("10.1234/x", "")),
        ('<meta name="citation_pmid" content="9701160"/>', ("", "9701160")),
        ('<meta name="citation_pmid" content="123456789">', ("", "")),
        ('<meta name="description" content="doi 10.1234/x">', ("", "")),
        ('<a href="https://doi.org/10.1234/x">a reference of the page</a>', ("", "")),
    ],
)
def test_only_the_marks_name_the_work(mark, numbers):
    found, _ = read(f"<html><head>{mark}</head>", URL)

    assert (found.doi, found.pmid) == numbers


def test_the_first_mark_of_a_kind_counts():
    _, item = read(
        '<meta name="citation_title" content="One"><meta name="citation_title" content="Two">', URL
    )

    assert item["title"] == "One"


def test_a_publishers_marks_come_before_those_of_networks():
    marks = '<meta property="og:title" content="Buy"><meta name="citation_title" content="Zinc">'
    html = f"<title>Zinc | Shop</title>{marks}"

    assert read(html, URL)[1]["title"] == "Zinc"


def test_authors_are_people():
    html = '<meta name="citation_author" content="Writer, Ana"><meta name="citation_author" content="Bo van Berg">'

    assert read(html, URL)[1]["author"] == ["Writer, Ana", {"family": "Berg", "given": "Bo van"}]


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_no_page_breaks_it(html):
    _, item = read(f"<title>{html}", URL)

    assert item["URL"] == URL
    assert item["title"] == " ".join(item["title"].split())
