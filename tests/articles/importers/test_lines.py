"""Lines keep their number and know what they are."""

import pytest

from articles.importers.lines import Kind, Line, join, next_text, say_lines, set_apart, split, tidy


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.BLANK),
        ("   ", Kind.BLANK),
        ("Zinc is a metal.", Kind.PROSE),
        ("  Zinc, a little indented", Kind.PROSE),
        ("    zinc()", Kind.INDENTED),
        ("\tzinc()", Kind.INDENTED),
        ("- zinc", Kind.ITEM),
        ("* zinc", Kind.ITEM),
        ("+ zinc", Kind.ITEM),
        ("1. zinc", Kind.ITEM),
        ("23) zinc", Kind.ITEM),
        ("-zinc", Kind.PROSE),
        ("1.5 mg of copper", Kind.PROSE),
        ("-", Kind.PROSE),
        ("# Zinc", Kind.HEADING),
        ("###### Zinc", Kind.HEADING),
        ("#zinc", Kind.PROSE),
        ("####### Zinc", Kind.PROSE),
        ("> zinc", Kind.QUOTE),
        ("| zinc | 8 |", Kind.TABLE),
        (":::note", Kind.DIRECTIVE),
        (":::", Kind.DIRECTIVE),
        ("::papers", Kind.DIRECTIVE),
        ("::", Kind.PROSE),
        ("---", Kind.RULE),
        ("* * *", Kind.RULE),
        ("___", Kind.RULE),
        ("--", Kind.PROSE),
        ("<div>", Kind.HTML),
        ("<!-- more -->", Kind.HTML),
        ("< 5 mg", Kind.PROSE),
    ],
)
def test_kind_of_a_line(text, kind):
    assert Line(text, 1).kind is kind


def test_code_is_code_whatever_it_looks_like():
    assert Line("# zinc", 1, is_code=True).kind is Kind.CODE


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("- zinc ", "zinc"),
        ("12. zinc", "zinc"),
        ("  *  zinc", "zinc"),
        ("  zinc ", "zinc"),
        ("-zinc", "-zinc"),
    ],
)
def test_content_has_no_bullet(text, content):
    assert Line(text, 1).content == content


def test_split_numbers_lines_from_the_given_one():
    lines = split("one\n\ntwo", first=6)

    assert [(line.text, line.number) for line in lines] == [("one", 6), ("", 7), ("two", 8)]


def test_split_marks_fenced_code():
    lines = split("a\n```py\n# b\n```\nc")

    assert [line.is_code for line in lines] == [False, True, True, True, False]


def test_a_longer_fence_closes_a_shorter_one():
    lines = split("```\ncode\n`````\nafter")

    assert [line.is_code for line in lines] == [True, True, True, False]


def test_a_shorter_fence_does_not_close_a_longer_one():
    lines = split("````\n```\n````\nafter")

    assert [line.is_code for line in lines] == [True, True, True, False]


@pytest.mark.parametrize("inside", ["~~~", "``", "``` python"])
def test_other_marks_do_not_close_a_fence(inside):
    lines = split(f"```\n{inside}\n```\nafter")

    assert [line.is_code for line in lines] == [True, True, True, False]


def test_a_fence_that_never_closes_runs_to_the_end():
    assert all(line.is_code for line in split("~~~\n# a\nb"))


def test_line_separators_of_other_alphabets_do_not_break_lines():
    assert len(split("one\u2028two\x0bthree\x85four")) == 1


def test_join_maps_every_line():
    text, line_map = join([Line("one", 3), Line("", 4), Line("two", 9)])

    assert text == "one\n\ntwo\n"
    assert line_map == (3, 4, 9)


def test_join_of_nothing_is_empty():
    assert join([]) == ("", ())


def test_tidy_keeps_one_blank_line_between_blocks():
    lines = split("\n\none\n\n \n\ntwo\n\n")

    assert join(tidy(lines))[0] == "one\n\ntwo\n"


def test_tidy_leaves_code_alone():
    text = "```\n\n\n  x\n```"

    assert join(tidy(split(text)))[0] == f"{text}\n"


def test_set_apart_puts_blank_lines_with_the_numbers_of_their_neighbours():
    lines = set_apart([Line("one", 3), Line("two", 5)])

    assert [(line.text, line.number) for line in lines] == [("", 3), ("one", 3), ("two", 5), ("", 5)]


def test_set_apart_of_nothing_is_nothing():
    assert set_apart([]) == []


def test_next_text_skips_blank_lines():
    lines = split("one\n\n\ntwo")

    assert next_text(lines, 0) == lines[3]
    assert next_text(lines, 3) is None


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([4], "line 4"),
        ([4, 4], "line 4"),
        ([4, 7], "lines 4 and 7"),
        ([1, 2, 3], "lines 1, 2 and 3"),
        (list(range(1, 16)), "lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more"),
    ],
)
def test_say_lines(numbers, words):
    assert say_lines(numbers) == words
