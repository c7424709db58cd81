"""Nested values of others: read, or refused in words; never the end of the stack."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.importers.front_matter import read
from articles.importers.reading import UnreadableFileError
from articles.importers.values import plain
from articles.nesting import MAX_DEPTH, TooDeepError, read_json, read_yaml, refuse_deep

NAMES = list(pairwise("abcdefghij"))


def nine(name):
    return ", ".join([f"*{name}"] * 9)


BOMB = "\n".join(["a: &a [x, x]", *(f"{new}: &{new} [{nine(old)}]" for old, new in NAMES)])
MERGES = "\n".join(
    ["a: &a {k: v}", *(f"{new}: &{new} {{<<: [{nine(old)}], {new}: 1}}" for old, new in NAMES)]
)


def nested(depth, kind):
    begin, middle, end = {"lists": ("[", "", "]"), "pairs": ('{"a":', "1", "}")}[kind]
    return begin * depth + middle + end * depth


@given(st.integers(1, 3_000), st.sampled_from(["lists", "pairs"]))
@example(MAX_DEPTH, "lists")
@example(MAX_DEPTH + 1, "lists")
@example(MAX_DEPTH, "pairs")
@example(MAX_DEPTH + 1, "pairs")
@example(100_000, "lists")
def test_json_is_read_or_refused(depth, kind):
    if depth <= MAX_DEPTH:
        assert read_json(nested(depth, kind)) or depth == 1
        return

    with pytest.raises(TooDeepError, match=f"^it is nested deeper than {MAX_DEPTH} levels$"):
        read_json(nested(depth, kind))


@settings(deadline=None)  # the scanner of YAML is slow
@given(st.integers(1, 400))
@example(MAX_DEPTH)
@example(MAX_DEPTH + 1)
@example(20_000)
def test_yaml_is_read_or_refused_with_its_line(depth):
    if depth <= MAX_DEPTH:
        assert read_yaml(nested(depth, "lists")) or depth == 1
        return

    with pytest.raises(ValueError, match=r"nested deeper than .* line 1"):
        read_yaml(nested(depth, "lists"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "unfolds to more than 2,000,000 values"),
        (MERGES, "more than 2,000 keys"),
        (f"a: &a {{}}\nb: {{<<: [{', '.join(['*a'] * 101)}]}}", "merges more than 100 mappings"),
        ("a: &a [*a]", "nested deeper than"),
        ("a: [", "while parsing"),
        ("a: 1\nb: !!bool maybe", "“maybe” is no bool.*line 2"),
        ("a: !!int ''", "“” is no int"),
        ("a: !!float ''", "“” is no float"),
        ("a: !!timestamp soon", "“soon” is no timestamp"),
    ],
)
def test_a_bomb_is_refused_in_words_and_soon(text, words):
    began = time.monotonic()

    with pytest.raises(ValueError, match=words):
        read_yaml(text)

    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "header",
    [
        f"---\ntitle: Zinc\nx: {'[' * 2_000}{']' * 2_000}\n---\n",
        f"---\ntitle: Zinc\n{BOMB}\n---\n",
        f"---\ntitle: Zinc\n{MERGES}\n---\n",
        "---\ntitle: Zinc\nis_sponsored: !!bool maybe\n---\n",
        "---\ntitle: Zinc\ndate: !!timestamp soon\n---\n",
        f"+++\na{'.a' * 5_000} = 1\n+++\n",
        f"+++\nx = {'[' * 2_000}{']' * 2_000}\n+++\n",
    ],
)
def test_front_matter_that_is_a_bomb_is_refused_with_its_file(tmp_path, header):
    path = tmp_path / "zinc.md"
    path.write_text(f"{header}Zinc.\n", encoding="utf-8")

    with pytest.raises(UnreadableFileError, match=r"zinc\.md, line \d+: the front matter"):
        list(read(path))


def test_ordinary_merges_and_aliases_stay():
    found = read_yaml("base: &b {unit: mg, most: 25}\nzinc: {<<: *b, most: 40}\nlist: [*b, *b]")

    assert found["zinc"] == {"unit": "mg", "most": 40}
    assert found["list"] == [found["base"]] * 2


def deep(depth):
    value = "end"
    for _ in range(depth):
        value = {"a": [value]}
    return value


@given(st.integers(0, 2_000))
def test_values_of_front_matter_are_plain_or_refused(depth):
    if depth * 2 <= MAX_DEPTH:
        assert plain(deep(depth)) == deep(depth)
        return

    with pytest.raises(TooDeepError):
        plain(deep(depth))


def test_a_list_of_many_articles_is_no_bomb():
    names = "\n".join(f"article-{number}: '{number}.md'" for number in range(5_000))

    assert len(read_yaml(names)) == 5_000


def test_wide_is_not_deep():
    refuse_deep([[1] * 1_000] * 100)
