"""compile_markdown: one text in, one safe Document out."""

import contextlib
import cProfile
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.compile import compile_markdown
from cms.contracts import Caps, CompileError


def html(text, **options):
    return compile_markdown(text, mode="publish", **options).html


def findings(text):
    return [(finding.id, finding.line) for finding in compile_markdown(text).findings]


def test_html_in_the_text_is_shown_and_never_run():
    assert html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html,<script>1</script>)",
        "![x](javascript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "<javascript:alert(1)>",
    ],
)
def test_a_dangerous_address_is_no_link(text):
    found = html(text).lower()

    assert "href=" not in found
    assert "src=" not in found


@pytest.mark.parametrize(
    "scheme", ["https://example.org/x", "http://example.org", "mailto:a@example.org", "/topics/zinc/"]
)
def test_ordinary_addresses_are_links(scheme):
    assert f'href="{scheme}"' in html(f"[x]({scheme})")


def test_ids_and_fragments_carry_one_prefix():
    found = html("## Cookie\n\nA note[^1] and [up](#cookie).\n\n[^1]: Words.")

    assert '<h2 id="c-cookie">' in found
    assert 'href="#c-cookie"' in found
    assert 'href="#c-fn1"' in found
    assert 'id="c-fn1"' in found


def test_equal_headings_get_ids_of_their_own():
    document = compile_markdown("## Dose\n\n## Dose\n\n## Dose 2\n\n## Dose")

    assert [heading.id for heading in document.toc] == ["c-dose", "c-dose-2", "c-dose-2-2", "c-dose-3"]


def test_ids_keep_letters_of_every_script():
    assert compile_markdown("## Größe μg 亜鉛").toc[0].id == "c-größe-μg-亜鉛"


def test_a_first_level_heading_is_demoted_and_reported():
    document = compile_markdown("Words.\n\n# Zinc")

    assert '<h2 id="c-zinc"' in document.html
    assert [(finding.id, finding.severity, finding.line) for finding in document.findings] == [
        ("MD07", "warning", 3)
    ]


@pytest.mark.parametrize(
    ("text", "quote", "replacement"),
    [
        ("Words.\n\n# Zinc", "# Zinc", "## Zinc"),
        ("Words.\n\n  #  *Zinc* #", "#  *Zinc* #", "##  *Zinc* #"),
        ("- # Zinc", "Zinc", None),  # the mark is not what the line begins with
        ("Zinc\n====", "Zinc", None),
        (":::warnings\nWords\n:::", ":::warnings", ":::warning"),
        ("::realted", "::realted", "::related"),
        (":::mystery\nWords\n:::", ":::mystery", None),
    ],
)
def test_what_was_surely_meant_is_offered_in_its_place(text, quote, replacement):
    (finding,) = compile_markdown(text).findings

    assert (finding.quote, finding.replacement) == (quote, replacement)


def test_the_table_of_contents_has_two_levels():
    assert [heading.text for heading in compile_markdown("## A\n\n### B\n\n#### C").toc] == ["A", "B"]


def test_table_alignment_is_a_class():
    found = html("| a | b |\n|--:|:-:|\n| 1 | 2 |")

    assert '<td class="align-right">1</td>' in found
    assert "style=" not in found


def test_containers_nest():
    found = html(":::note\nOne\n\n:::warning Mind\nTwo\n:::\n\nThree\n:::\n\nFour")

    assert found.count("<aside") == found.count("</aside>") == 2
    assert '<p class="callout__label">Mind</p>' in found
    assert found.endswith("</aside>\n<p>Four</p>\n")


def test_a_fence_inside_a_container_hides_colons():
    found = html(":::note\n```\n:::\n```\nStill inside\n:::\n\nOutside")

    assert found.index("Still inside") < found.index("</aside>") < found.index("Outside")


def test_an_unclosed_container_is_an_error_at_its_line():
    assert findings("Words.\n\n:::note\nNo end") == [("MD01", 3)]


def test_an_unknown_container_and_embed_are_errors_and_leave_no_directive():
    document = compile_markdown("::nonsense{a}\n\n:::mystery\nWords\n:::")

    assert [(finding.id, finding.line) for finding in document.findings] == [("MD02", 1), ("MD02", 3)]
    assert "::" not in document.html
    assert "Words" in document.html


def test_related_is_a_marker_between_blocks():
    assert html("One.\n\n::related\n\nTwo.") == "<p>One.</p>\n<!--chelate:related--><p>Two.</p>\n"


def test_nobody_can_forge_the_marker():
    assert "<!--" not in html("<!--chelate:related-->\n\n`<!--chelate:related-->`")


def test_related_inside_a_block_is_an_error():
    assert findings(":::note\n::related\n:::") == [("MD03", 2)]


def test_a_foreign_picture_is_refused_with_its_words_kept():
    document = compile_markdown("![A zinc crystal](https://example.org/x.png)")

    assert "<img" not in document.html
    assert "A zinc crystal" in document.html
    assert [finding.id for finding in document.findings] == ["MD06"]


def test_findings_know_their_line_inside_a_paragraph():
    assert findings("One\ntwo\n[three](art:nowhere)\n") == [("MD04", 3)]


def test_lines_are_in_the_preview_only():
    assert 'data-line="3"' in compile_markdown("One\n\nTwo", mode="preview").html
    assert "data-line" not in compile_markdown("One\n\nTwo", mode="publish").html


def test_plain_text_has_the_words_and_no_marks():
    document = compile_markdown("## Zinc\n\nIt *binds*\nto `ligands`.\n\n- one\n- two")

    assert document.text == "Zinc\n\nIt binds to ligands.\n\none\ntwo"
    assert document.word_count == 7


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * 200_001, "200,000"),
        (">" * 5_000 + " x", "nested deeper"),
        ("- " * 40 + "x", "nested deeper"),
        ("|a" * 3_000 + "\n" + "|-" * 3_000 + "\n|b", "cells"),
        ("[x]: " + "a" * 10_000 + "\n\n" + "[x] " * 900, "addresses"),
        ("[" * 2_001, "brackets"),
        (":::note\n" * 2_000, "nested deeper"),
        ("a\n" * 10_000, "lines"),
    ],
)
def test_a_text_beyond_a_cap_is_refused_with_a_reason(text, words):
    with pytest.raises(CompileError, match=words):
        compile_markdown(text)


def test_the_output_is_capped_too():
    with pytest.raises(CompileError, match="too large"):
        compile_markdown("word " * 100, caps=Caps(output_bytes=100))


@pytest.mark.parametrize(
    "bomb",
    ["# a\n", "a\n=\n", "*", "[a]", "``a", "[^1]", "| a |\n", "&lt;", "a\n\n"],
    ids=["headings", "setext", "stars", "brackets", "ticks", "footnotes", "rows", "entities", "paragraphs"],
)
def test_the_work_grows_with_the_size_and_not_with_its_square(bomb):
    """Calls are counted instead of seconds, so the answer is the same on every machine."""
    small, large = _calls(bomb * 400), _calls(bomb * 800)

    assert large < 2.6 * small


def _calls(text):
    profile = cProfile.Profile()
    profile.enable()
    with contextlib.suppress(CompileError):
        compile_markdown(text)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


MARKDOWN = st.text(
    st.one_of(st.sampled_from("[]()*_`:#>-|!@^\n\\{}~<&;"), st.characters(codec="utf-8")), max_size=200
)


@settings(max_examples=150, deadline=None)
@given(MARKDOWN)
def test_any_text_compiles_to_safe_html(text):
    document = compile_markdown(text)

    assert "<script" not in document.html.lower()
    assert "javascript:" not in _attributes(document.html)
    assert all(finding.line is None or finding.line >= 1 for finding in document.findings)


@settings(max_examples=100, deadline=None)
@given(MARKDOWN)
def test_compiling_is_deterministic(text):
    assert compile_markdown(text) == compile_markdown(text)


def _attributes(markup):
    return " ".join(re.findall(r'="([^"]*)"', markup)).lower()


def test_footnotes_are_marked_by_letters_since_numbers_are_citations():
    text = "".join(f"Word[^{n}] " for n in range(28)) + "".join(f"\n\n[^{n}]: Note." for n in range(28))

    marks = re.findall(r'id="c-fnref\d+">([^<]*)<', html(text))

    assert marks[:2] + marks[25:] == ["a", "b", "z", "aa", "ab"]
