"""Keys of references that came without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importers.citekeys import ascii_key, author_key, title_key


@pytest.mark.parametrize(
    ("text", "key"),
    [("Müller", "muller"), ("Groß", "gross"), ("O’Brien-Smith", "obrien-smith"), ("  ", ""), ("日本", "")],
)
def test_ascii_key(text, key):
    assert ascii_key(text) == key


@pytest.mark.parametrize(
    ("family", "year", "taken", "key"),
    [
        ("Siebert", "2013", (), "siebert2013"),
        ("de Vries", "1999", (), "devries1999"),
        ("Siebert", "2013", {"siebert2013"}, "siebert2013b"),
        ("Siebert", "2013", {"siebert2013", "siebert2013b"}, "siebert2013c"),
        ("日本", "2020", (), "ref2020"),
    ],
)
def test_author_key(family, year, taken, key):
    assert author_key(family, year, taken) == key


def test_author_keys_do_not_run_out():
    taken: set[str] = set()
    for _ in range(40):
        taken.add(author_key("Li", "2020", taken))

    assert len(taken) == 40


@pytest.mark.parametrize(
    ("title", "taken", "key"),
    [
        ("The role of copper in the body", (), "role-copper-body"),
        ("Copper", {"copper"}, "copper-2"),
        ("Copper", {"copper", "copper-2"}, "copper-3"),
        ("The Of And", (), "the-of-and"),
        ("", (), "ref"),
        ("!!!", {"ref"}, "ref-2"),
        ("One two three four five six seven", (), "one-two-three-four-five"),
    ],
)
def test_title_key(title, taken, key):
    assert title_key(title, taken) == key


@given(st.text(max_size=200), st.sets(st.text(max_size=12), max_size=5))
def test_keys_are_free_and_can_be_written(title, taken):
    key = title_key(title, taken)

    assert key not in taken
    assert key
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
