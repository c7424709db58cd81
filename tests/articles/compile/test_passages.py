"""Passages: what checks of language read, and where every character of it stands in the source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.compile import compile_markdown
from cms.contracts import CompileError, Mark, Passage


def passages(text: str) -> tuple[Passage, ...]:
    return compile_markdown(text).passages


def only(text: str) -> Passage:
    (passage,) = passages(text)
    return passage


def quoted(text: str, words: str) -> tuple[int, str]:
    """Return line and source words of `words` in the one passage of `text` that has them."""
    (passage,) = [found for found in passages(text) if words in found.text]
    start = passage.text.index(words)
    return passage.place(text, start, start + len(words))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Zinc is a metal.", "paragraph", "Zinc is a metal."),
        ("## What *zinc* does", "heading", "What zinc does"),
        ("What zinc does\n----", "heading", "What zinc does"),
        ("- Zinc", "list_item", "Zinc"),
        ("1. 1 mg", "list_item", "1 mg"),
        ("> Zinc\n> helps", "quotation", "Zinc helps"),
        ("**Zinc** and `code` and ~~struck~~", "paragraph", "Zinc and code and struck"),
        ("Zinc [@nobody] works [@nobody; @else].", "paragraph", "Zinc works."),
        ("@nobody says", "paragraph", "@nobody says"),
        ("A [store](aff:store) and [site](https://example.org/zinc)", "paragraph", "A store and site"),
    ],
)
def test_a_passage_holds_what_readers_see(text: str, kind: str, words: str) -> None:
    passage = only(text)

    assert (passage.kind, passage.text) == (kind, words)


@pytest.mark.parametrize("text", ["    400 mg of zinc", "```\n400 mg\n```", "::related", "---", ""])
def test_code_and_embeds_are_no_passages(text: str) -> None:
    assert passages(text) == ()


@pytest.mark.parametrize(
    ("text", "words", "line", "quote"),
    [
        ("Zinc cures\ncolds.", "cures", 1, "cures"),
        ("Zinc cures\ncolds.", "cures colds", 1, "cures\ncolds"),
        ("One.\n\nZinc *cures* colds.", "cures colds", 3, "cures* colds"),
        ("Take 5 \\* 3 mg", "5 * 3", 1, "5 \\* 3"),
        ("Take 5 &micro;g a day", "5 µg", 1, "5 &micro;g"),
        ("1. 1 mg, then 1 g", "1 mg", 1, "1 mg"),
        ("> > 1 mg", "1 mg", 1, "1 mg"),
        ("| a | b |\n|---|---|\n| 1 mg | 2 mg |\n| 3 \\| 4 | 5 mg |", "3 | 4", 4, "3 \\| 4"),
        ("| a | b |\n|---|---|\n| 1 mg | 2 mg |\n| 3 | 5 mg |", "5 mg", 4, "5 mg"),
        ("[zinc](https://example.org/zinc)zinc!", "zinc!", 1, "zinc!"),
        ("[a](https://example.org/zinc(1) \"zinc\") zinc", " zinc", 1, " zinc"),
        ("![zinc](img:zinc) zinc", "zinc", 1, "zinc"),
        ("Zinc [@zinc] zinc", " zinc", 1, " zinc"),
        ("## # 1 mg ##", "# 1 mg", 1, "# 1 mg"),
        ("Text[^1]\n\n[^1]: 1 mg of zinc", "1 mg", 3, "1 mg"),
    ],
)  # fmt: skip
def test_words_are_found_in_the_source(text: str, words: str, line: int, quote: str) -> None:
    assert quoted(text, words) == (line, quote)


def test_equal_cells_of_a_row_stand_in_their_own_places() -> None:
    text = "| a | b |\n|---|---|\n| zinc | zinc |"

    cells = [passage for passage in passages(text) if passage.kind == "table_cell"]

    assert [cell.offsets[0] for cell in cells] == [text.index("zinc"), text.rindex("zinc")]


def test_a_passage_after_the_picture_of_the_same_words_is_not_the_picture() -> None:
    text = "![zinc](img:zinc) zinc"

    assert only(text).offsets[-4] == text.rindex("zinc")


def test_a_passage_knows_the_heading_above_it() -> None:
    text = "First.\n\n## Dose\n\nSecond.\n\n### Children\n\nThird."

    found = [(passage.text, passage.heading) for passage in passages(text)]

    assert found == [
        ("First.", ""), ("Dose", ""), ("Second.", "Dose"), ("Children", "Dose"), ("Third.", "Children"),
    ]  # fmt: skip


def test_items_know_what_introduces_their_list() -> None:
    text = "Magnesium:\n\n- helps\n  - sleep\n- calms\n\nAfter.\n\n- last"

    found = [(passage.text, passage.lead) for passage in passages(text) if passage.kind == "list_item"]

    assert found == [("helps", "Magnesium:"), ("sleep", "helps"), ("calms", "Magnesium:"), ("last", "After.")]


def test_cells_know_their_column_and_row() -> None:
    text = "| Form | Dose |\n|---|---|\n| Citrate | 300 mg |"

    cell = passages(text)[-1]

    assert (cell.text, cell.column, cell.row) == ("300 mg", "Dose", "Citrate")


def test_a_short_row_has_cells_without_words_and_no_passage() -> None:
    text = "| Form | Dose |\n|---|---|\n| Citrate |"

    assert [passage.text for passage in passages(text)] == ["Form", "Dose", "Citrate"]


def test_the_words_after_a_table_are_a_paragraph_again() -> None:
    text = "| Form |\n|---|\n| Citrate |\n\nAfter."

    assert passages(text)[-1].kind == "paragraph"


def test_a_passage_knows_its_innermost_callout() -> None:
    text = "::::note\nOuter.\n\n:::statistic\nInner.\n:::\n\nOuter again.\n::::\n\nOutside."

    found = [(passage.text, passage.callout) for passage in passages(text)]

    assert found == [("Outer.", "note"), ("Inner.", "statistic"), ("Outer again.", "note"), ("Outside.", "")]


def test_marks_say_what_is_cited_linked_and_strong() -> None:
    text = "**Dose:** see [us](art:us), [shop](aff:shop) and [it](https://example.org) [@a; @b], says @c."

    passage = only(text)

    said = [(mark.kind, mark.key, passage.text[mark.start : mark.end]) for mark in passage.marks]
    assert said == [
        ("strong", "", "Dose:"),
        ("article", "us", "us"),
        ("link", "shop", "shop"),
        ("url", "https://example.org", "it"),
        ("citation", "a", ""),
        ("citation", "b", ""),
        ("citation", "c", "@c"),
    ]


def test_a_citation_stands_behind_the_word_before_it() -> None:
    passage = only("Zinc helps [@a]. Not so copper.")

    assert passage.marks == (Mark("citation", "a", 10, 10),)


MARKDOWN = st.text(st.sampled_from("ab 1*_`[]()!>#-|\\\n&;:@^<~\t\"'µé\u00a0\u2028\U0001f600"), max_size=60)


@given(MARKDOWN | st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_every_character_has_a_place_in_the_source(text: str) -> None:
    try:
        document = compile_markdown(text)
    except CompileError:
        return

    for passage in document.passages:
        assert len(passage.offsets) == len(passage.text)
        for start in range(len(passage.text)):
            line, quote = passage.place(text, start, len(passage.text))
            assert 1 <= line <= text.count("\n") + 1
            assert quote in text


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=12, unique=True))
@settings(max_examples=60, deadline=None)
def test_plain_words_are_quoted_as_they_stand(words: list[str]) -> None:
    text = "\n\n".join(f"- *{word}* {word.upper()}" for word in words)

    for passage in passages(text):
        assert passage.place(text, 0, len(passage.text))[1].replace("*", "") == passage.text
