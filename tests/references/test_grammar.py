"""Pandoc's citation grammar, without Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.syntax.grammar import Cite, match_group, match_in_text
from tests.references.patience import patient


def group(text):
    found = match_group(text, 0, len(text))
    return found and found[0]


def in_text(text, position=0):
    found = match_in_text(text, position, len(text))
    return found and found[0]


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("[@a]", [Cite("a")]),
        ("[-@a]", [Cite("a", mode="suppress_author")]),
        ("[@a; @b]", [Cite("a"), Cite("b")]),
        ("[see @a, pp. 3-5; -@b]", [Cite("a", "see", "pp. 3–5"), Cite("b", mode="suppress_author")]),
        ("[@a, p. 3]", [Cite("a", locator="p. 3")]),
        ("[@a p. 3]", [Cite("a", locator="p. 3")]),
        ("[@a, 33]", [Cite("a", locator="p. 33")]),
        ("[@a, 33-35, 40]", [Cite("a", locator="pp. 33–35, 40")]),
        ("[@a, p. 33 and passim]", [Cite("a", locator="p. 33", suffix="and passim")]),
        ("[@a, chap. 2, but see]", [Cite("a", locator="chap. 2", suffix=", but see")]),
        ("[@a, sec. IV]", [Cite("a", locator="sec. IV")]),
        ("[@a, fig. 3b]", [Cite("a", locator="fig. 3b")]),
        ("[@a, table 2]", [Cite("a", locator="table 2")]),
        ("[@a, {p. iv, online} only]", [Cite("a", locator="p. iv, online", suffix="only")]),
        ("[@a, and others]", [Cite("a", suffix=", and others")]),
        ("[@a, various]", [Cite("a", suffix=", various")]),
        ("[@{a.b/c}, p. 1]", [Cite("a.b/c", locator="p. 1")]),
        ("[@doe:2001-x.]", [Cite("doe:2001-x", suffix=".")]),
        ("[e.g., @a]", [Cite("a", "e.g.,")]),
        ("[see @a [p. 3]]", [Cite("a", "see", suffix="[p. 3]")]),
        ("[see\n@a;\nand @b]", [Cite("a", "see", line=1), Cite("b", "and", line=2)]),
        ("[mail me\\@home @a]", [Cite("a", "mail me@home")]),
    ],
)
def test_groups(text, cites):
    assert group(text) == tuple(cites)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "[a]",
        "[me@example.org]",
        "[@]",
        "[@a",
        "[@a; b]",
        "[`@a`]",
        "[\\@a]",
        "[^@a]",
        "[x [@a] y]",
        "[@a;]",
        "@a",
    ],
)
def test_what_is_no_group(text):
    assert group(text) is None


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("@a says", [Cite("a", mode="author_in_text")]),
        ("@a.", [Cite("a", mode="author_in_text")]),
        ("-@a", [Cite("a", mode="suppress_author")]),
        ("@a [p. 2]", [Cite("a", locator="p. 2", mode="author_in_text")]),
        ("@a[2]", [Cite("a", locator="p. 2", mode="author_in_text")]),
        ("@a\n[p. 2]", [Cite("a", locator="p. 2", mode="author_in_text")]),
        ("@a [p. 2; @b]", [Cite("a", locator="p. 2", mode="author_in_text"), Cite("b")]),
        ("@a [see below]", [Cite("a", suffix="see below", mode="author_in_text")]),
        ("@a [link](x)", [Cite("a", mode="author_in_text")]),
        ("@a [@b]", [Cite("a", mode="author_in_text")]),
        ("@a [^1]", [Cite("a", mode="author_in_text")]),
        ("@a [p. 2; b]", [Cite("a", mode="author_in_text")]),
    ],
)
def test_author_in_the_sentence(text, cites):
    assert in_text(text) == tuple(cites)


@pytest.mark.parametrize(
    ("text", "position"),
    [("me@example.org", 2), ("x/@user", 2), ("\\@a", 1), ("a-@b", 1), ("@ a", 0), ("first.last+x@a", 12)],
)
def test_an_at_sign_inside_a_word_is_no_citation(text, position):
    assert in_text(text, position) is None


@patient
@given(st.text(alphabet="@[]{};,-\\ap. 3\n`", max_size=40))
def test_the_grammar_never_fails_and_stays_inside(text):
    for match in (match_group, match_in_text):
        found = match(text, 0, len(text))

        assert found is None or (found[0] and 0 < found[1] <= len(text))
