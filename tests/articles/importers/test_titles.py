"""One title, taken from wherever it stands; the text keeps no first-level heading."""

from pathlib import Path

import pytest

from articles.importers import titles
from tests.articles.importers.helpers import OTHER, SENTENCE, draft_of, ids_of, text_of


def test_a_first_level_heading_becomes_the_title():
    draft = titles.take_heading(draft_of(f"# Copper and You #\n\n{SENTENCE}"))

    assert draft.title == "Copper and You"
    assert text_of(draft) == [SENTENCE]
    assert draft.findings[0].quote == "# Copper and You #"


@pytest.mark.parametrize("heading", ["# Copper & You", "# copper & you!", "# “Copper & You”"])
def test_a_heading_that_repeats_the_title_goes(heading):
    draft = titles.take_heading(draft_of(f"{heading}\n{SENTENCE}", title="Copper & You"))

    assert draft.title == "Copper & You"
    assert text_of(draft) == [SENTENCE]
    assert ids_of(draft.findings) == ["IMP09"]


@pytest.mark.parametrize(
    "text",
    [f"# Another One\n{SENTENCE}", f"## Copper & You\n{SENTENCE}", f"#\n{SENTENCE}", SENTENCE],
)
def test_other_headings_stay(text):
    draft = draft_of(text, title="Copper & You")

    assert titles.take_heading(draft) == draft


def test_a_heading_in_code_is_no_title():
    assert titles.take_heading(draft_of("```\n# Copper\n```")).title == ""


def test_only_the_first_heading_can_be_the_title():
    assert titles.take_heading(draft_of("## Section\n\n# Copper")).title == ""


def test_headings_go_down_while_a_first_level_one_is_left():
    draft = titles.demote(draft_of("# A\ntext\n## B ##\n###### C\n```\n# code\n```"))

    assert text_of(draft) == ["## A", "text", "### B", "###### C", "```", "# code", "```"]
    assert "line 1" in draft.findings[0].message


def test_headings_without_a_first_level_stay():
    draft = draft_of("## A\n### B")

    assert titles.demote(draft) is draft


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Copper\n======", ["# Copper"]),
        ("Copper\n---", ["## Copper"]),
        ("one\ntwo\n---", ["one", "two", "---"]),
        ("```\nCopper\n---\n```", ["```", "Copper", "---", "```"]),
        ("- item\n---", ["- item", "---"]),
        ("---\nCopper", ["---", "Copper"]),
    ],
)
def test_underlined_headings(text, marked):
    assert text_of(titles.mark_underlined(draft_of(text))) == marked


def test_a_rule_below_a_sentence_stays_a_rule():
    draft = titles.mark_underlined(draft_of(f"{SENTENCE}\n---\n{OTHER}"))

    assert [line.text for line in draft.lines] == [SENTENCE, "", "---", OTHER]


def test_the_house_line_gives_the_title_and_goes():
    line = "Copper and the Quiet Art of Balance is an original (Acme Health) article."
    draft = titles.take_house_line(draft_of(f"{SENTENCE}\n{line}\n{OTHER}"))

    assert draft.title == "Copper and the Quiet Art of Balance"
    assert text_of(draft) == [SENTENCE, OTHER]
    assert (draft.findings[0].id, draft.findings[0].line, draft.findings[0].quote) == ("IMP04", 2, line)


def test_the_house_line_does_not_replace_a_title():
    draft = titles.take_house_line(draft_of("Copper is an original (Acme) article", title="Copper and You"))

    assert draft.title == "Copper and You"
    assert text_of(draft) == []


@pytest.mark.parametrize(
    "text",
    [
        "This is an original article about copper.",
        "Copper is an original (and cheap) metal.",
        "- Copper is an original (Acme) article.",
        "Read on: Copper is an original (Acme) article. It is long.",
    ],
)
def test_other_sentences_are_no_house_line(text):
    draft = draft_of(text)

    assert titles.take_house_line(draft) is draft


@pytest.mark.parametrize(
    "text",
    [
        f"Copper and You\n\n{SENTENCE}",
        f"\n\nCopper and You\n{SENTENCE}",
        f"How copper keeps you well\n\n{SENTENCE}",
    ],
)
def test_a_first_line_that_stands_alone_becomes_the_title(text):
    draft = titles.take_first_line(draft_of(text))

    assert draft.title in {"Copper and You", "How copper keeps you well"}
    assert text_of(draft) == [SENTENCE]
    assert draft.findings[0].quote == draft.title


@pytest.mark.parametrize(
    "text",
    [
        f"{SENTENCE}\n\n{OTHER}",
        f"Good sources are:\n\n{SENTENCE}",
        f"how copper works in the body\n{SENTENCE}",
        "Copper and You",
        f"- Copper and You\n\n{SENTENCE}",
        f"[Copper](https://example.org)\n\n{SENTENCE}",
        f"{'Very ' * 40}\n\n{SENTENCE}",
    ],
)
def test_other_first_lines_are_no_title(text):
    draft = draft_of(text)

    assert titles.take_first_line(draft) is draft


def test_a_title_is_not_looked_for_twice():
    draft = draft_of(f"Copper and You\n\n{SENTENCE}", title="Known")

    assert titles.take_first_line(draft) is draft


def test_a_missing_title_is_made_from_the_first_sentence_and_said():
    draft = titles.propose(draft_of(f"- item\n\n{SENTENCE} {OTHER}"), Path("0017_af31.txt"))

    assert draft.title == "Copper is carried in the blood by a protein that also moves iron from the liver"
    assert "has no title of its own" in draft.not_understood[0]
    assert draft.findings[0].severity == "warning"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("zinc-and-copper.md", "Zinc and copper"),
        ("2024-05-01-zinc-and-copper.md", "Zinc and copper"),
        ("zinc_for_a_child.txt", "Zinc for a child"),
    ],
)
def test_a_telling_file_name_gives_the_title(name, title):
    draft = titles.propose(draft_of(SENTENCE), Path(name))

    assert draft.title == title
    assert "the name of the file" in draft.not_understood[0]


@pytest.mark.parametrize("name", ["001_1f28004c.txt", "article.txt", "draft-2.md", "a-b.md"])
def test_a_name_that_tells_nothing_gives_no_title(name):
    assert titles.propose(draft_of(SENTENCE), Path(name)).title.startswith("Copper is carried")


def test_a_text_without_a_sentence_is_named_after_its_file():
    assert titles.propose(draft_of("| a |"), Path("x9.txt")).title == "x9"


def test_a_known_title_is_not_touched():
    draft = draft_of(SENTENCE, title="Known")

    assert titles.propose(draft, Path("zinc-and-copper.md")) is draft
