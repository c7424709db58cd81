"""Whole texts shaped like real ones, and promises that hold for any text."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importers import IMPORTERS, plain
from articles.importers.article import finish
from articles.importers.draft import Draft
from articles.importers.lines import split
from articles.importers.reading import UnreadableFileError
from tests.articles.importers.helpers import ids_of, only, read_plain

PASTED = """\
Copper is quietly at work in every cell of the body, from the blood to the bones. Few people ever think of it.
You May Also Like:
Copper and Sleep: What the Night Tells Us
The Iron Age of Supplements: Here’s the Truth
Copper and the Role of Trace Metals: A Short Guide is an original (Acme Health) article.
This text looks at what copper does, and at what it does not do.
Understanding Copper
Copper is a metal that enzymes need, and that the body cannot make.
Key roles of copper include:
- Moving iron out of the liver.
- Building the tissue around joints.
Statistic: According to a survey, nearly one in four adults eats less of it than advised.

Copper and Iron: A Close Pair
Copper and iron meet in the blood, and one without the other is of little use.
- Better Blood
Both metals are needed for red cells. They meet. - Clinical Evidence: A trial with nobody in it found nothing.
- Better Bones
Copper ties the threads of collagen to one another, and so keeps bones from breaking. - Stronger Joints
Joints are held by the same threads, and profit in the same way.
Conclusion
Copper is needed in small amounts. Most meals have it.

References
- Copper in the body. Retrieved from: https://pubmed.example/1234567/
- Iron and copper: a review. Retrieved from: https://journal.example/articles/10.1000/abc-1
Important Note: The information on this page is for general informational purposes only, and no advice.
Regarding Nutritional Supplements And Other Products: Nobody has looked at what is said here.Recommended for you"""

EXPECTED = """\
Copper is quietly at work in every cell of the body, from the blood to the bones. Few people ever think of it.

This text looks at what copper does, and at what it does not do.

## Understanding Copper

Copper is a metal that enzymes need, and that the body cannot make.

Key roles of copper include:

- Moving iron out of the liver.
- Building the tissue around joints.

:::statistic
According to a survey, nearly one in four adults eats less of it than advised.
:::

## Copper and Iron: A Close Pair

Copper and iron meet in the blood, and one without the other is of little use.

### Better Blood

Both metals are needed for red cells. They meet.

:::clinical-evidence
A trial with nobody in it found nothing.
:::

### Better Bones

Copper ties the threads of collagen to one another, and so keeps bones from breaking.

### Stronger Joints

Joints are held by the same threads, and profit in the same way.

## Conclusion

Copper is needed in small amounts. Most meals have it.
"""


@pytest.fixture
def pasted(tmp_path):
    return read_plain(tmp_path, PASTED)


def test_a_pasted_article_gets_its_shape_back(pasted):
    assert pasted.text == EXPECTED


def test_what_a_pasted_article_holds(pasted):
    assert pasted.title == "Copper and the Role of Trace Metals: A Short Guide"
    assert pasted.slug == "copper-and-the-role-of-trace-metals-a-short-guide"
    assert pasted.pins == (
        "Copper and Sleep: What the Night Tells Us",
        "The Iron Age of Supplements: Here’s the Truth",
    )
    assert [item["title"] for item in pasted.front_matter["references"]] == [
        "Copper in the body",
        "Iron and copper: a review",
    ]
    assert pasted.callout_count == 2
    assert [text.split(":")[0] for text in pasted.disclaimers] == [
        "Important Note",
        "Regarding Nutritional Supplements And Other Products",
    ]


def test_what_left_a_pasted_article_is_told(pasted):
    assert {"IMP02", "IMP03", "IMP04", "IMP06", "IMP08"} <= set(ids_of(pasted.findings))
    assert len(only(pasted.findings, "IMP08")) == 2
    assert pasted.not_understood == (
        "Line 28: “Recommended for you” is followed by no titles; the marker was taken out.",
    )


def test_lines_of_a_pasted_article_lead_back_to_the_file(pasted):
    source = PASTED.split("\n")

    for line, number in zip(pasted.text.split("\n"), pasted.line_map, strict=False):
        words = re.sub(r"^[#:>\- ]+", "", line)
        assert words in source[number - 1] or line.startswith(":::")


def test_a_converted_text_is_not_converted_again(tmp_path, pasted):
    again = read_plain(tmp_path, pasted.text)

    assert again.text == pasted.text


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path, pasted):
    path = tmp_path / "windows.txt"
    path.write_bytes(b"\xef\xbb\xbf" + PASTED.replace("\n", "\r\n").encode())
    (article,) = plain.read(path)

    assert (article.text, article.line_map) == (pasted.text, pasted.line_map)


def test_wrapped_markdown_stays_as_it_is(tmp_path):
    text = (
        "# Copper\n\nCopper is needed in small amounts by\nevery cell, and most meals have it.\n\n"
        "## Sources of Copper\n\n* nuts\n* beans and\n  grains\n\n```\n## code\n```\n"
    )
    article = read_plain(tmp_path, text)

    assert (article.title, article.text) == ("Copper", text.removeprefix("# Copper\n\n"))


def test_the_importers_are_told_apart_by_their_first_line(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\n---\nText.")

    assert [(importer.id, importer.sniff(path)) for importer in IMPORTERS] == [
        ("front_matter", 1.0),
        ("plain", 0.5),
        ("wxr", 0.0),
    ]


@pytest.mark.parametrize(("name", "score"), [("a.md", 0.5), ("a.TXT", 0.5), ("a.png", 0.0), ("README", 0.0)])
def test_plain_texts_are_known_by_their_name(tmp_path, name, score):
    assert plain.sniff(tmp_path / name) == score


def test_a_file_without_words_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="there is no text in it"):
        read_plain(tmp_path, "\n \n")


PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(PASTED.split("\n")),
    st.sampled_from(
        [
            "",
            "---",
            "===",
            "```",
            "~~~",
            "# Title",
            "## Section",
            "- Item",
            "- Better Blood",
            "  continued",
            "    indented",
            "> quoted",
            "> Statistic: quoted",
            ":::statistic",
            ":::",
            "::papers",
            "| Paper Title (Author, Year) | Relevant Insight | Citations |",
            "|---|---|---|",
            "| On copper (Siebert, 2013) | It is absorbed. | - |",
            "| | nothing | 3 |",
            "Safe (Siebert, 2013; Jargon, 2022).",
            "You may also like",
            "- [A Link](/x/)",
            "References",
            "Disclaimer: ask a doctor.",
            "Sure. - Study Insight: yes. - More Sleep",
            "<!-- more -->",
            "<div>",
            "![](x.png)",
            "By Jane Doe",
            "• bullet",
        ]
    ),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=14).map("\n".join)


def imported(text, tmp_path_factory):
    return finish(Draft(split(text.replace("\r", "\n"), 4)), tmp_path_factory.getbasetemp() / "x1.txt")


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_becomes_an_article_or_is_empty(tmp_path_factory, text):
    try:
        article = imported(text, tmp_path_factory)
    except UnreadableFileError:
        assert not text.strip()
        return

    assert article.title
    assert article.slug
    assert len(article.title) <= 200
    assert len(article.line_map) == article.text.count("\n")
    assert all(4 <= number < 4 + len(text.replace("\r", "\n").split("\n")) for number in article.line_map)
    assert list(article.line_map) == sorted(article.line_map)


# Words that stand for structure and are told of in other words.
GLUE = {"retrieved", "from", "statistic", "clinical", "evidence", "study", "insight"}


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_word_disappears_without_being_told(tmp_path_factory, text):
    try:
        article = imported(text, tmp_path_factory)
    except UnreadableFileError:
        return
    told = [article.title, article.text, *article.pins, *article.disclaimers, *article.not_understood]
    told += [finding.quote for finding in article.findings]
    told += [json.dumps(article.front_matter, ensure_ascii=False)]
    kept = set(re.findall(r"[^\W_]+", " ".join(told).casefold())) | GLUE

    lost = [word for word in re.findall(r"[^\W_]+", text.casefold()) if word not in kept]

    assert lost == []


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_converting_twice_is_converting_once(tmp_path_factory, text):
    try:
        once = imported(text, tmp_path_factory)
        twice = finish(Draft(split(once.text), title=once.title), tmp_path_factory.getbasetemp() / "x1.txt")
    except UnreadableFileError:
        return

    assert set(re.findall(r"\w+", twice.text)) <= set(re.findall(r"\w+", once.text))


def test_a_long_text_of_one_line_takes_no_time_to_speak_of():
    article = finish(Draft(split("(" * 20_000 + "a, " * 20_000 + " - A" * 10_000)), plain_path())

    assert article.text


@pytest.mark.parametrize("piece", ["(Siebert, 2013) ", "a and ", "[x](", "- A", ". - B: ", "**", "| ", "<a "])
def test_repeated_pieces_stay_cheap(piece):
    """Would run for minutes if a pattern backtracked over its own repetitions."""
    assert finish(Draft(split(f"Text {piece * 8_000}")), plain_path()).text


def plain_path():
    from pathlib import Path

    return Path("x1.txt")
