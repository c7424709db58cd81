"""Differences between texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.admin import diff

LINES = st.lists(
    st.sampled_from(["", "zinc", "iron and zinc", "copper  oxide", "ein Maß", "a b c d"]), max_size=12
)


def shown(rows, kind):
    return ["".join(piece.text for piece in row.pieces) for row in rows if row.kind == kind]


@pytest.mark.parametrize("text", ["", "One line", "Two\nlines\n"])
def test_equal_texts_have_no_rows(text):
    assert diff.text_rows(text, text) == []


def test_changed_words_are_marked_in_both_lines():
    removed, added = diff.text_rows("Zinc is good for you.", "Zinc is bad for you.")

    assert [piece.text for piece in removed.pieces if piece.changed] == ["good"]
    assert [piece.text for piece in added.pieces if piece.changed] == ["bad"]
    assert (removed.old, removed.new, added.old, added.new) == (1, None, None, 1)


def test_lines_without_anything_in_common_are_not_marked():
    removed, added = diff.text_rows("Zinc is absorbed slowly.", "0123456789")

    assert not any(piece.changed for row in (removed, added) for piece in row.pieces)


def test_unchanged_lines_far_away_are_left_out():
    before = "\n".join(f"line {number}" for number in range(40))
    after = before.replace("line 3\n", "line three\n").replace("line 33\n", "line thirty-three\n")

    rows = diff.text_rows(before, after)

    assert [row.kind for row in rows].count("gap") == 1
    assert len(rows) < 16


def test_very_long_lines_are_shown_whole_and_quickly():
    rows = diff.text_rows("a " * 50_000, "b " * 50_000)

    assert [len(row.pieces) for row in rows] == [1, 1]


def test_a_rewritten_text_of_many_lines_stays_cheap():
    before = "\n".join(f"old {number}" for number in range(1_500))
    after = "\n".join(f"new {number}" for number in range(1_500))

    rows = diff.text_rows(before, after)

    assert len(shown(rows, "removed")) == len(shown(rows, "added")) == 1_500


@given(LINES, LINES)
@settings(max_examples=80)
def test_removed_and_added_lines_account_for_every_change(before, after):
    rows = diff.text_rows("\n".join(before), "\n".join(after))

    old, new = "\n".join(before).splitlines(), "\n".join(after).splitlines()
    assert all(
        old[row.old - 1] == "".join(p.text for p in row.pieces) for row in rows if row.kind == "removed"
    )
    assert all(new[row.new - 1] == "".join(p.text for p in row.pieces) for row in rows if row.kind == "added")
    assert len(old) - len(shown(rows, "removed")) == len(new) - len(shown(rows, "added"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, []),
        ({"title": "A"}, {"title": "A"}, []),
        ({"title": "A"}, {"title": "B"}, [("Title", "A", "B")]),
        ({"tags": ["a", "b"]}, {"tags": ["a"]}, [("Tags", "a, b", "a")]),
        ({"reviewed_by": "lee"}, {}, [("Reviewed by", "lee", "")]),
        ({}, {"references": [{"id": "x", "title": "Long"}, {"id": "y"}]}, [("References", "", "x, y")]),
        ({}, {"references": [{"title": "No key"}]}, [("References", "", '{"title": "No key"}')]),
        ({"x": {"b": 1, "a": "ß"}}, {"x": 2}, [("X", '{"a": "ß", "b": 1}', "2")]),
    ],
)
def test_details_that_differ_are_put_in_words(before, after, expected):
    assert [(row.name, row.before, row.after) for row in diff.field_rows(before, after)] == expected
