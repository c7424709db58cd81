"""One written reference, one CSL item, nothing left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importers.csl import families, family_names, from_entry, from_title_and_authors, year_of

URL = "https://journal.example/articles/10.1000/abc"


@pytest.mark.parametrize(
    ("authors", "names", "has_more"),
    [
        ("Siebert", ["Siebert"], False),
        ("Barba & Domingo", ["Barba", "Domingo"], False),
        ("Barba and Domingo", ["Barba", "Domingo"], False),
        ("Liu et al.", ["Liu"], True),
        ("Liu, et al", ["Liu"], True),
        ("Barba, Domingo, & Ruiz", ["Barba", "Domingo", "Ruiz"], False),
        ("de Haan", ["de Haan"], False),
        ("Anderson", ["Anderson"], False),
        ("", [], False),
    ],
)
def test_families(authors, names, has_more):
    assert families(authors) == (names, has_more)


@pytest.mark.parametrize(
    "entry",
    [
        f"Copper in the body. Retrieved from: {URL}",
        f"Copper in the body. Retrieved from {URL}",
        f"Copper in the body. Retrieved on 3 May 2024 from: {URL}.",
        f"Copper in the body. Available at: <{URL}>",
        f"Copper in the body. Link: {URL}",
        f"Copper in the body ({URL})",
        f"Copper in the body {URL}",
        f"[Copper in the body]({URL})",
        f"[Copper in the body.]({URL})",
    ],
)
def test_title_and_address(entry):
    item = from_entry(entry, ())

    assert (item["title"], item["URL"]) == ("Copper in the body", URL)
    assert item["id"] == "copper-body"


def test_a_question_keeps_its_mark():
    assert from_entry(f"Is copper rare? Retrieved from: {URL}", ())["title"] == "Is copper rare?"


def test_words_before_an_address_are_kept():
    assert from_entry(f"The missing link {URL}", ())["title"] == "The missing link"


def test_words_behind_an_address_are_kept():
    assert from_entry(f"Copper. Retrieved from: {URL} (in Dutch)", ())["title"] == "Copper (in Dutch)"


def test_an_address_alone_is_its_own_title():
    item = from_entry(URL, ())

    assert (item["title"], item["URL"]) == (URL, URL)


def test_authors_year_title_journal():
    item = from_entry(f"Siebert, A. B., & Ruiz, C. (2013). Copper and iron. J Metals, 3(2), 1-9. {URL}", ())

    assert item["author"] == [{"family": "Siebert", "given": "A. B."}, {"family": "Ruiz", "given": "C."}]
    assert item["issued"] == {"date-parts": [[2013]]}
    assert (item["title"], item["note"], item["id"]) == (
        "Copper and iron",
        "J Metals, 3(2), 1-9.",
        "siebert2013",
    )


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("Liu, X., et al. (2021). Copper. J.", ["liu"]),
        ("Liu et al. (2021). Copper. J.", ["liu"]),
        ("World Health Organization (2021). Copper.", ["world health organization"]),
        ("de Haan, J.-P. (2021a, May 3). Copper. J.", ["de haan"]),
    ],
)
def test_other_authors(entry, names):
    assert family_names(from_entry(entry, ())) == names


def test_et_al_stays_visible():
    assert from_entry("Liu, X., et al. (2021). Copper. J.", ())["author"][-1] == {"literal": "et al."}


def test_numbers_that_identify_are_read():
    item = from_entry("Siebert, A. (2013). Copper. J Metals. doi: 10.1000/xyz.12. PMID: 1234567", ())

    assert (item["DOI"], item["PMID"], item["note"]) == ("10.1000/xyz.12", "1234567", "J Metals.")


def test_free_text_becomes_the_title():
    assert from_entry("The copper book, second edition", ())["title"] == "The copper book, second edition"


@pytest.mark.parametrize(
    ("cell", "title", "names", "year", "key"),
    [
        ("Copper and you (Siebert, 2013)", "Copper and you", ["siebert"], "2013", "siebert2013"),
        (
            "Copper (and iron) (Barba & Domingo, 2019)",
            "Copper (and iron)",
            ["barba", "domingo"],
            "2019",
            "barba2019",
        ),
        ("Copper (Liu et al., 2021)", "Copper", ["liu"], "2021", "liu2021"),
        ("Copper (Liu 2021b)", "Copper", ["liu"], "2021", "liu2021b"),
        ("Copper in 2019", "Copper in 2019", [], "", "copper-2019"),
        ("[Copper](https://example.org/a) (Liu, 2021)", "Copper", ["liu"], "2021", "liu2021"),
    ],
)
def test_title_with_authors_in_brackets(cell, title, names, year, key):
    item = from_title_and_authors(cell, ())

    assert (item["title"], family_names(item), year_of(item), item["id"]) == (title, names, year, key)


def test_a_link_in_a_cell_gives_the_address():
    assert from_title_and_authors("[Copper](https://example.org/a)", ())["URL"] == "https://example.org/a"


@pytest.mark.parametrize(
    ("item", "year"),
    [
        ({"issued": {"date-parts": [[2013, 5]]}}, "2013"),
        ({"issued": {"date-parts": [["2013"]]}}, "2013"),
        ({"issued": {"date-parts": []}}, ""),
        ({"issued": {"date-parts": [[]]}}, ""),
        ({"issued": {"date-parts": [["May"]]}}, ""),
        ({"issued": "2013"}, ""),
        ({}, ""),
    ],
)
def test_year_of(item, year):
    assert year_of(item) == year


@pytest.mark.parametrize(
    ("item", "names"),
    [
        ({"author": [{"family": "Haan", "non-dropping-particle": "de"}]}, ["de haan"]),
        ({"author": [{"literal": "WHO"}, {"family": "Liu"}]}, ["liu"]),
        ({"author": "Liu"}, []),
        ({"author": ["Liu"]}, []),
        ({}, []),
    ],
)
def test_family_names(item, names):
    assert family_names(item) == names


WORDS = st.lists(
    st.sampled_from(
        ["Siebert,", "A.", "&", "et al.", "(2013).", "(2013)", "Copper", "Retrieved from:", URL, "doi:", "10.1/x",
         f"[a]({URL})", "(", ")", "[", "]", "<", ">", "PMID: 12", ".", ",", "…"]
    ),
    min_size=1,
    max_size=12,
)  # fmt: skip


@given(WORDS)
def test_every_entry_becomes_an_item_with_title_and_key(words):
    item = from_entry(" ".join(words), ())

    assert item["title"]
    assert item["id"]


@given(WORDS)
def test_no_word_of_an_entry_is_lost(words):
    kept = str(from_entry(" ".join(words), ()))

    assert all(word in kept for word in ("Siebert", "Copper") if any(word in piece for piece in words))
