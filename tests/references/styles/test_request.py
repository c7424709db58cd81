"""What pandoc is asked. One value of a wrong type stops it, so nothing odd may get through."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.styles import Part
from references.styles.request import bibliography, document
from tests.references.patience import patient

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3)
    ),
    max_leaves=6,
)
NAMES = ["title", "author", "issued", "ISSN", "volume", "URL", "custom", "note", "type", "DOI"]


def one(item):
    [asked] = bibliography({"a": item})
    return asked


def cite(**changes):
    tree = document([(Part("a", **changes),)], (), "en")
    [[part], _] = tree["blocks"][0]["c"][0]["c"]
    return part


def words(inlines):
    return "".join(inline.get("c", " ") for inline in inlines)


def test_items_keep_what_a_list_shows_and_nothing_else():
    item = {
        "type": "article-journal",
        "title": "Zinc &amp; <em>E. coli</em>",
        "author": [{"family": "Smith", "given": "A", "ORCID": "x"}, {"literal": "et al."}],
        "issued": {"date-parts": [[2020, 3]], "season": 1},
        "ISSN": ["1234-5678", "8765-4321"],
        "URL": "javascript:alert(1)",
        "abstract": "long",
        "note": "Export Date: 1 April 2016",
        "custom": {"arxiv": "1"},
        "volume": 3,
    }

    assert one(item) == {
        "id": "a",
        "type": "article-journal",
        "title": "Zinc & <i>E. coli</i>",
        "author": [{"family": "Smith", "given": "A"}, {"literal": "others"}],
        "issued": {"date-parts": [[2020, 3]]},
        "ISSN": "1234-5678",
        "volume": "3",
    }


@pytest.mark.parametrize(
    ("issued", "asked"),
    [
        ({"raw": "in press"}, {"literal": "in press"}),
        ({"literal": "n.d."}, {"literal": "n.d."}),
        ({}, None),
        (3, None),
    ],
)
def test_dates_in_words_stay_words(issued, asked):
    assert one({"title": "T", "issued": issued}).get("issued") == asked


@patient
@given(st.dictionaries(st.sampled_from(NAMES), json_values))
def test_only_types_that_pandoc_reads_get_through(item):
    try:
        asked = one(item)
    except (AttributeError, TypeError):  # works come from the library, whose names and dates are objects
        return

    for name, value in asked.items():
        if name in {"author", "issued"}:
            assert isinstance(value, dict | list)
        else:
            assert isinstance(value, str), name


def test_a_locator_stands_in_braces_and_holds_no_blank():
    part = cite(locator="pp. 3–5", suffix="and so on", prefix="see")

    assert words(part["citationPrefix"]) == "see"
    assert words(part["citationSuffix"]) == ", {pp.\N{NO-BREAK SPACE}3–5} and so on"


@pytest.mark.parametrize(("suffix", "after"), [("", ""), ("and so", " and so"), (", and so", ", and so")])
def test_a_suffix_keeps_its_distance(suffix, after):
    assert words(cite(suffix=suffix)["citationSuffix"]) == after


def test_braces_of_a_locator_cannot_end_it():
    assert words(cite(locator="p. 3} {x")["citationSuffix"]) == ", {p.\N{NO-BREAK SPACE}3\N{NO-BREAK SPACE}x}"


@pytest.mark.parametrize(
    ("locale", "asked"), [("en", "en-US"), ("", "en-US"), ("en-GB", "en-GB"), ("de", "de")]
)
def test_the_language_is_pandocs(locale, asked):
    assert document([], (), locale)["meta"]["lang"]["c"] == asked


def test_works_that_are_only_listed_are_asked_for():
    assert "nocite" not in document([], (), "en")["meta"]
    assert json.dumps(document([], ["a", "b"], "en")["meta"]["nocite"]).count("citationId") == 2
