"""Front matter: found, parsed, or refused with its line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importers.header import Header, find_header, parse
from articles.importers.reading import UnreadableFileError

PATH = Path("article.md")


def parsed(text):
    header = find_header(text)
    assert header is not None
    return parse(header, PATH)


def test_yaml_is_found_with_the_line_of_the_body():
    header = find_header("---\ntitle: A\n---\n\nText.")

    assert header == Header("---", "title: A", "\nText.", 4)


@pytest.mark.parametrize(
    "text", ["---\ntitle: A\n...\nText.", "---  \ntitle: A\n--- \nText.", "---\n---\nText."]
)
def test_other_ends(text):
    assert find_header(text).body == "Text."


def test_toml_is_found():
    assert find_header('+++\ntitle = "A"\n+++\nText.').fence == "+++"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text.",
        "\n---\ntitle: A\n---\n",
        "----\ntitle: A\n----",
        "---\nA sentence between rules.\n---\n",
        "---\n# Heading\n---\n",
        "---\n- item\n---\n",
        "---",
        "---\n",
    ],
)
def test_no_front_matter(text):
    assert find_header(text) is None


@pytest.mark.parametrize("text", ["---\ntitle: A\n\nText.", "+++\ntitle = 1\nText."])
def test_front_matter_that_never_ends_is_refused(text):
    with pytest.raises(ValueError, match="never closed"):
        find_header(text)


def test_comments_are_known():
    header = find_header("---\n# first\ntitle: A # not a line of its own\n  # second\n---\n# text")

    assert [(line.text, line.number) for line in header.comments] == [("# first", 2), ("  # second", 4)]


def test_yaml_values():
    values, notes = parsed("---\ntitle: 'A: b'\ndate: 2024-05-13\ntags: [a, b]\n1: one\n---\n")

    assert values == {"title": "A: b", "date": date(2024, 5, 13), "tags": ["a", "b"], "1": "one"}
    assert notes == []


def test_toml_values():
    values, _ = parsed('+++\ntitle = "A"\ndate = 2024-05-13\n[x]\ny = 1\n+++\n')

    assert values == {"title": "A", "date": date(2024, 5, 13), "x": {"y": 1}}


def test_empty_front_matter():
    assert parsed("---\n---\n") == ({}, [])


def test_front_matter_that_is_no_mapping_is_refused():
    with pytest.raises(UnreadableFileError, match="“key: value” lines"):
        parse(Header("---", "- a: 1", "", 4), PATH)


def test_an_impossible_date_stays_the_text_it_is():
    assert parsed("---\ndate: 2024-13-45\n---\n")[0] == {"date": "2024-13-45"}


def test_a_key_given_twice_is_reported_with_the_lost_value():
    values, notes = parsed("---\ntitle: First\ndate: 2024-01-01\ntitle: Second\n---\n")

    assert values["title"] == "Second"
    assert notes == [
        "Line 4: “title” stands twice in the front matter; the last value counts, “First” does not."
    ]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("---\ntitle: Zinc: the basics\n---\n", 2, "Put the value in quotation marks"),
        ("---\ntitle: A\ntags: [a, b\n---\n", 4, "not valid YAML"),
        ("---\na: 1\n\tb: 2\n---\n", 3, "not valid YAML"),
        ("---\na: *nothing\n---\n", 2, "undefined alias"),
        ("---\na: !!python/object:os.system x\n---\n", 2, "not valid YAML"),
        ("---\na: \x07\n---\n", 1, "not valid YAML"),
        ("+++\na = 1\nb = \n+++\n", 3, "not valid TOML"),
        ("+++\na = 1\na = 2\n+++\n", 3, "not valid TOML"),
        ("+++\na: 1\n+++\n", 2, "not valid TOML"),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(text, line, problem):
    with pytest.raises(UnreadableFileError, match=problem) as caught:
        parsed(text)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"article.md, line {line}: ")


@pytest.mark.parametrize(
    "nested", ["---\na: " + "[" * 5_000 + "\n---\n", "+++\na = " + "[" * 5_000 + "\n+++\n"]
)
def test_nesting_without_end_is_refused(nested):
    with pytest.raises(UnreadableFileError, match="not valid"):
        parsed(nested)


@given(st.text(alphabet="abc:-[]{}'\"&*!|>#, \n\t0129.", max_size=120), st.sampled_from(["---", "+++"]))
def test_any_front_matter_is_read_or_refused(raw, fence):
    header = Header(fence, raw, "", raw.count("\n") + 4)
    try:
        values, _ = parse(header, PATH)
    except UnreadableFileError as error:
        values = {"refused on line": error.line}

    assert all(isinstance(key, str) for key in values)
    assert values.get("refused on line") != 0
