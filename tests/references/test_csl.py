"""CSL-JSON from anywhere becomes one form; columns follow from it."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import csl
from tests.references.patience import patient

VERONESE = {
    "id": "Veronese2020",
    "type": "article-journal",
    "title": "Magnesium and health outcomes: an umbrella review",
    "author": [{"family": "Veronese", "given": "Nicola"}, {"family": "Demurtas", "given": "Jacopo"}],
    "container-title": "European Journal of Nutrition",
    "issued": {"date-parts": [[2020, 2]]},
    "DOI": "https://doi.org/10.1007/S00394-019-01905-W",
    "PMID": 30684032,
}


def test_a_clean_item_has_bare_identifiers_and_no_id():
    item = csl.clean_item(VERONESE)

    assert "id" not in item
    assert (item["DOI"], item["PMID"]) == ("10.1007/s00394-019-01905-w", "30684032")


def test_columns_are_derived_from_the_item():
    found = csl.columns(csl.clean_item(VERONESE))

    assert found == csl.Columns(
        type="article-journal",
        title="Magnesium and health outcomes: an umbrella review",
        first_author="Veronese",
        year=2020,
        container_title="European Journal of Nutrition",
        doi="10.1007/s00394-019-01905-w",
        pmid="30684032",
        pmcid="",
        isbn="",
        nbk="",
        arxiv="",
        url="",
    )


@pytest.mark.parametrize(
    ("url", "name", "value"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/9701160/", "pmid", "9701160"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC7257447/", "pmcid", "PMC7257447"),
        ("https://www.ncbi.nlm.nih.gov/books/NBK507250/", "nbk", "NBK507250"),
        ("https://jhpn.biomedcentral.com/articles/10.1186/s41043-023-00423-0", "doi", "10.1186/s41043-023-00423-0"),
    ],
)  # fmt: skip
def test_the_address_gives_its_identifier(url, name, value):
    found = csl.columns(csl.clean_item({"title": "Zinc", "URL": url}))

    assert getattr(found, name) == value
    assert found.url == url


def test_an_address_never_replaces_an_identifier():
    item = csl.clean_item({"title": "Zinc", "PMID": "1", "URL": "https://pubmed.ncbi.nlm.nih.gov/9701160/"})

    assert item["PMID"] == "1"


def test_an_identifier_that_cannot_be_read_is_kept_but_not_indexed():
    item = csl.clean_item({"title": "Zinc", "DOI": "in press"})

    assert item["DOI"] == "in press"
    assert csl.columns(item).doi == ""


@pytest.mark.parametrize(
    ("issued", "parts"),
    [
        ({"date-parts": [[2019, 5, 3]]}, (2019, 5, 3)),
        ({"date-parts": [["2019", "5"]]}, (2019, 5)),
        ({"date-parts": [[2019, 13]]}, (2019,)),
        ({"date-parts": [[None]]}, ()),
        ({"raw": "2019-05"}, (2019, 5)),
        ({"literal": "Spring"}, ()),
        (2019, (2019,)),
        ("2019/5/3", (2019, 5, 3)),
        (datetime.date(2019, 5, 3), (2019, 5, 3)),
        ("soon", ()),
    ],
)
def test_dates_become_date_parts(issued, parts):
    assert csl.date_parts(csl.clean_item({"title": "Zinc", "issued": issued})) == parts


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ([{"family": "Rayman", "given": "M P"}], [{"family": "Rayman", "given": "M P"}]),
        (["Rayman, Margaret"], [{"family": "Rayman", "given": "Margaret"}]),
        ("World Health Organization", [{"literal": "World Health Organization"}]),
        ([{"name": "WHO"}], [{"literal": "WHO"}]),
        ([{"family": " Rayman\n", "given": ""}, {}], [{"family": "Rayman"}]),
    ],
)
def test_names_become_objects(author, names):
    assert csl.clean_item({"title": "Zinc", "author": author})["author"] == names


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"title": "x", "type": "journal-article"}, "article-journal"),
        ({"title": "x", "type": "book"}, "book"),
        ({"title": "x", "type": "strange"}, "document"),
        ({"title": "x", "PMID": "1"}, "article-journal"),
        ({"title": "x", "URL": "https://example.org/"}, "webpage"),
        ({"title": "x"}, "document"),
    ],
)
def test_type_is_one_of_csl(item, expected):
    assert csl.clean_item(item)["type"] == expected


@pytest.mark.parametrize("item", [None, "text", [], {}, {"id": "x"}, {"id": "x", "title": "  "}])
def test_an_item_without_substance_is_refused(item):
    with pytest.raises(csl.InvalidItem, match="reference"):
        csl.clean_item(item)


def test_an_item_of_absurd_size_is_refused():
    with pytest.raises(csl.InvalidItem, match="longer than"):
        csl.clean_item({"title": "x", "abstract": "y" * 200_000})


def test_nul_and_lone_surrogates_are_taken_out():
    item = csl.clean_item({"title": "Zi\x00nc", "no\x00te": ["\ud800"]})

    assert "\\u0000" not in json.dumps(item)
    json.dumps(item, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rayman, Margaret P.", {"family": "Rayman", "given": "Margaret P."}),
        ("Rayman,", {"family": "Rayman"}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        (", Margaret", {"literal": "Margaret"}),
        ("  ", {}),
    ],
)
def test_parse_name(text, name):
    assert csl.parse_name(text) == name


@pytest.mark.parametrize("text", ["Rayman, Margaret P.", "Rayman,", "WHO"])
def test_a_formatted_name_is_read_as_the_same(text):
    name = csl.parse_name(text)

    assert csl.parse_name(csl.format_name(name)) == name


@pytest.mark.parametrize("others", ["et al.", "Et al", "others", " and others "])
def test_an_incomplete_list_of_authors_is_seen_as_such(others):
    item = {"author": [{"literal": others}, {"family": "Liu"}, {"literal": others}]}

    assert csl.people(item) == ([{"family": "Liu"}], True)
    assert csl.first_author(item) == "Liu"


def test_a_complete_list_of_authors_is_complete():
    assert csl.people({"author": [{"family": "Liu"}]}) == ([{"family": "Liu"}], False)
    assert csl.people({}) == ([], False)


def test_particles_belong_to_the_name():
    assert csl.family({"non-dropping-particle": "van den", "family": "Berg"}) == "van den Berg"


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(
    [
        "title",
        "author",
        "issued",
        "DOI",
        "PMID",
        "URL",
        "custom",
        "type",
        "volume",
        "editor",
        "x",
        "container-title",
    ]
)


@patient
@given(st.dictionaries(keys, values, max_size=6))
def test_cleaning_any_item_twice_is_cleaning_it_once(raw):
    try:
        item = csl.clean_item(raw)
    except csl.InvalidItem:
        return

    assert csl.clean_item(item) == item
    assert len(csl.columns(item).title) <= 500
    json.dumps(item, allow_nan=False)
