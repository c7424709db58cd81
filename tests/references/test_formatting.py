"""Entries of the reference list, AMA style, and nothing of a hostile item as markup."""

import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formatting import best_link, format_reference, label
from tests.references.patience import patient


def words(item):
    return re.sub(r"<[^>]+>", "", format_reference(item))


ARTICLE = {
    "type": "article-journal",
    "title": "Selenium and human health",
    "author": [{"family": "Rayman", "given": "Margaret P"}],
    "container-title": "The Lancet",
    "issued": {"date-parts": [[2012, 3]]},
    "volume": "379",
    "issue": "9822",
    "page": "1256-68",
    "DOI": "10.1016/S0140-6736(11)61452-9",
    "PMID": "22381456",
}


def test_an_article_reads_like_ama():
    assert words(ARTICLE) == (
        "Rayman MP. Selenium and human health. The Lancet. 2012;379(9822):1256–68. "
        "doi:10.1016/s0140-6736(11)61452-9 PMID 22381456"
    )


def test_identifiers_are_links():
    html = format_reference(ARTICLE)

    assert '<a href="https://doi.org/10.1016/s0140-6736(11)61452-9">' in html
    assert '<a href="https://pubmed.ncbi.nlm.nih.gov/22381456/">PMID 22381456</a>' in html
    assert "<i>The Lancet</i>" in html


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "Fa A."), (6, "Fa A, Fb B, Fc C, Fd D, Fe E, Ff F."), (7, "Fa A, Fb B, Fc C, et al.")],
)
def test_more_than_six_authors_become_three(count, expected):
    authors = [{"family": f"F{letter}", "given": letter.upper()} for letter in "abcdefghij"[:count]]

    assert words({"title": "T", "author": authors}).startswith(f"{expected} T.")


@pytest.mark.parametrize(
    ("given_name", "initials"),
    [("Margaret P", "MP"), ("Jean-Paul", "JP"), ("J. R. R.", "JRR"), ("MK", "MK"), ("ana", "A"), ("", "")],
)
def test_given_names_become_initials(given_name, initials):
    author = {"family": "Berg", "given": given_name}

    assert words({"title": "T", "author": [author]}) == f"{f'Berg {initials}'.strip()}. T."


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            {
                "type": "chapter",
                "title": "Magnesium and stress",
                "author": [
                    {"family": "Cuciureanu", "given": "Magdalena"},
                    {"family": "Vink", "given": "Robert"},
                ],
                "editor": [{"family": "Vink", "given": "Robert"}, {"family": "Nechifor", "given": "Mihai"}],
                "container-title": "Magnesium in the Central Nervous System",
                "publisher": "University of Adelaide Press",
                "issued": {"date-parts": [[2011]]},
                "page": "251-268",
                "custom": {"nbk": "NBK507250"},
            },
            (
                "Cuciureanu M, Vink R. Magnesium and stress. In: Vink R, Nechifor M, eds. Magnesium in "
                "the Central Nervous System. University of Adelaide Press; 2011:251–268. NBK507250"
            ),
        ),
        (
            {
                "type": "book",
                "title": "Minerals",
                "editor": [{"family": "Vink", "given": "R"}],
                "edition": "2",
                "publisher": "Press",
                "issued": {"date-parts": [[2011]]},
                "ISBN": "0-306-40615-2",
            },
            "Vink R, ed. Minerals. 2 ed. Press; 2011. ISBN 9780306406157.",
        ),
        (
            {
                "type": "webpage",
                "title": "Zinc fact sheet",
                "author": [{"literal": "Office of Dietary Supplements"}],
                "publisher": "NIH",
                "URL": "https://ods.od.nih.gov/factsheets/Zinc/",
                "accessed": {"date-parts": [[2024, 5, 13]]},
            },
            (
                "Office of Dietary Supplements. Zinc fact sheet. NIH. Accessed May 13, 2024. "
                "https://ods.od.nih.gov/factsheets/Zinc/"
            ),
        ),
        ({"type": "article-journal", "title": "Why?", "issued": {"raw": "in press"}}, "Why? in press."),
        ({"title": "T", "container-title": "J", "page": "3"}, "T. J. 3."),
        ({"title": "What do <i>E. coli</i> eat?"}, "What do E. coli eat?"),
        ({"PMID": "9701160"}, "PMID 9701160"),
        ({}, ""),
    ],
)
def test_other_kinds_of_works(item, expected):
    assert words(item) == expected


def test_a_scheme_other_than_http_is_no_link():
    html = format_reference({"title": "T", "URL": "javascript:alert(1)"})

    assert "<a" not in html


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Siebrecht"], "Siebrecht"),
        (["Barbagallo", "Dominguez"], "Barbagallo and Dominguez"),
        (["Veronese", "Demurtas", "Pesolillo"], "Veronese et al."),
        (["Lamontagne", "et al."], "Lamontagne et al."),
        ([], "“Magnesium”"),
    ],
)
def test_label_is_how_a_sentence_names_the_work(authors, expected):
    names = [{"literal" if name == "et al." else "family": name} for name in authors]

    assert label({"title": "Magnesium", "author": names}) == expected


def test_an_incomplete_list_of_authors_says_so():
    item = {"title": "T", "author": [{"family": "Lamontagne"}, {"literal": "et al."}]}

    assert words(item) == "Lamontagne, et al. T."


@pytest.mark.parametrize(
    ("item", "url"),
    [
        (ARTICLE, "https://doi.org/10.1016/s0140-6736(11)61452-9"),
        ({"PMID": "1", "URL": "https://example.org/"}, "https://pubmed.ncbi.nlm.nih.gov/1/"),
        ({"DOI": "10.1234/<a>#b?c"}, "https://doi.org/10.1234/%3Ca%3E%23b%3Fc"),
        ({"URL": "https://example.org/"}, "https://example.org/"),
        ({"title": "T"}, ""),
    ],
)
def test_best_link_takes_the_strongest_identifier(item, url):
    assert best_link(item) == url


TEXT_KEYS = (
    "title",
    "container-title",
    "volume",
    "issue",
    "page",
    "publisher",
    "edition",
    "DOI",
    "PMID",
    "URL",
)
hostile = st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "<i>ok</i>",
        "javascript:alert(1)",
        "10.1/<b>",
        "&lt;b&gt;",
    ]
) | st.text(max_size=20)


@patient
@given(
    st.dictionaries(st.sampled_from(TEXT_KEYS), hostile),
    st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal", "suffix"]), hostile), max_size=3),
    st.sampled_from(["article-journal", "chapter", "book", "webpage"]),
)
def test_no_item_brings_markup_of_its_own(texts, names, kind):
    html = format_reference({**texts, "author": names, "editor": names, "type": kind})

    cleaned = nh3.clean(html, tags={"i", "sub", "sup", "a"}, attributes={"a": {"href"}}, link_rel=None)
    assert cleaned.count("<") == html.count("<")
    assert set(re.findall(r'href="([a-z]+):', html)) <= {"http", "https"}
