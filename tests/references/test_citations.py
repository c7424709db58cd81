"""Citations in Markdown: what the reader gets, what the editor is told, what is recorded."""

import re

import pytest

from cms.contracts import CITATIONS, Dependency
from tests.references.works import compile_with, make_work

A, B, C = make_work("siebrecht2013"), make_work("batta2017"), make_work("liu2021")


def body(text, *works, **options):
    """Return the HTML before the reference list, with fewer attributes."""
    html = compile_with(text, *(works or (A, B, C)), **options).html.split('<section class="references">')[0]
    return re.sub(r' (?:id|href|data-line)="[^"]*"', "", html).strip()


def found(text, *works):
    return [
        (finding.id, finding.severity, finding.line, finding.quote)
        for finding in compile_with(text, *(works or (A, B, C))).findings
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Zinc [@siebrecht2013].", '<p>Zinc<sup class="cite"><a>[1]</a></sup>.</p>'),
        ("Zinc [-@siebrecht2013].", '<p>Zinc<sup class="cite"><a>[1]</a></sup>.</p>'),
        ("Zinc [@siebrecht2013, p. 3].", '<p>Zinc<sup class="cite"><a>[1, p. 3]</a></sup>.</p>'),
        (
            "Zinc [see @siebrecht2013, pp. 3-5; -@batta2017].",
            '<p>Zinc <sup class="cite">see <a>[1, pp. 3–5]</a>; <a>[2]</a></sup>.</p>',
        ),
        ("Zinc [@batta2017; @siebrecht2013]", '<p>Zinc<sup class="cite"><a>[1]</a>, <a>[2]</a></sup></p>'),
        ("@siebrecht2013 says", '<p>Siebrecht <sup class="cite"><a>[1]</a></sup> says</p>'),
        ("@siebrecht2013 [p. 2] says", '<p>Siebrecht <sup class="cite"><a>[1, p. 2]</a></sup> says</p>'),
        ("As -@siebrecht2013 says", '<p>As <sup class="cite"><a>[1]</a></sup> says</p>'),
        (
            "@siebrecht2013 [p. 2; @liu2021] says",
            '<p>Siebrecht <sup class="cite"><a>[1, p. 2]</a></sup><sup class="cite"><a>[2]</a></sup> says</p>',
        ),
        ("**Zinc [@batta2017]**", '<p><strong>Zinc<sup class="cite"><a>[1]</a></sup></strong></p>'),
        ("(@siebrecht2013)", '<p>(Siebrecht <sup class="cite"><a>[1]</a></sup>)</p>'),
        ("[@Siebrecht2013]", '<p><sup class="cite"><a>[1]</a></sup></p>'),
    ],
)
def test_numbered_citations(text, html):
    assert body(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "`[@siebrecht2013]`",
        "```\n[@siebrecht2013] and @siebrecht2013\n```",
        "    [@siebrecht2013]",
        "[@siebrecht2013](https://example.org/)",
        "[see @siebrecht2013](https://example.org/)",
        "[see [@siebrecht2013] here](https://example.org/)",
        "[@siebrecht2013]\n\n[@siebrecht2013]: https://example.org/",
        "![@siebrecht2013](img:x)",
        "ana@siebrecht2013",
        "<ana@siebrecht2013.org>",
        "https://medium.com/@siebrecht2013/post",
        "\\@siebrecht2013",
        "[\\@siebrecht2013]",
    ],
)
def test_code_links_and_addresses_hold_no_citation(text):
    document = compile_with(text, A)

    assert 'class="cite"' not in document.html
    assert CITATIONS not in document.records
    assert not [finding for finding in document.findings if finding.id == "EVD04"]


def test_numbers_follow_the_first_appearance_over_blocks():
    text = "[@batta2017]\n\n- [@siebrecht2013]\n\n> [@batta2017; @liu2021]\n"

    assert re.findall(r"\[(\d)\]", body(text)) == ["1", "2", "1", "3"]


def test_each_use_has_an_anchor_and_leads_to_its_entry():
    html = compile_with("[@batta2017] [@siebrecht2013; @batta2017]", A, B).html

    anchors = re.findall(r'<a id="(c-cite-[^"]+)" href="#(c-ref-[^"]+)">', html)
    assert anchors == [
        ("c-cite-batta2017-1", "c-ref-batta2017"),
        ("c-cite-siebrecht2013-1", "c-ref-siebrecht2013"),
        ("c-cite-batta2017-2", "c-ref-batta2017"),
    ]


def test_every_citation_is_recorded():
    text = "Zinc\n\nsee [cf. @siebrecht2013, p. 3\nonly; -@batta2017] and\n@siebrecht2013."

    first, second, third = compile_with(text, A, B).records[CITATIONS]

    assert (first.prefix, first.locator, first.suffix) == ("cf.", "p. 3", "only")
    assert (first.number, first.position, first.block_index, first.line) == (1, 1, 1, 3)
    assert (second.citekey, second.mode, second.number, second.line) == ("batta2017", "suppress_author", 2, 4)
    assert (third.position, third.mode, third.line) == (2, "author_in_text", 5)


def test_an_edition_depends_on_the_version_it_shows():
    document = compile_with("[@siebrecht2013]", make_work("siebrecht2013", pk=12, version=3))

    assert Dependency("reference:12", "3") in document.dependencies


def test_an_unknown_key_is_an_error_at_its_line():
    assert found("Zinc\n\nis [@siebrecht2013;\n@nokey] bound.") == [("EVD04", "error", 4, "@nokey")]


@pytest.mark.parametrize(
    ("text", "replacement"),
    [
        ("Zinc [@siebrecth2013].", "@siebrecht2013"),
        ("Zinc [@siebrecht2031].", None),  # another year is another work
        ("Zinc [@siebrecht2013b].", None),
        ("Zinc [@Siebrech2013].", "@siebrecht2013"),
        ("Zinc [@nokey].", None),
        ("Zinc [@liu].", None),
        ("Write to @nobody.", r"\@nobody"),
    ],
)
def test_a_key_that_was_surely_meant_is_offered(text, replacement):
    (finding,) = compile_with(text, A, B, C).findings

    assert finding.replacement == replacement
    assert finding.quote in text


def test_what_is_offered_for_a_word_that_is_no_citation_ends_the_finding():
    (finding,) = compile_with("Write to @nobody.", A).findings

    mended = "Write to @nobody.".replace(finding.quote, finding.replacement)

    assert not compile_with(mended, A).findings
    assert "Write to @nobody." in compile_with(mended, A).html


def test_the_editor_sees_an_unknown_key_marked():
    assert (
        body("Zinc [@nokey, p. 3].")
        == '<p>Zinc <mark title="There is no such reference.">[@nokey]</mark>.</p>'
    )


def test_the_reader_never_sees_an_unknown_key():
    assert body("Zinc [@siebrecht2013; @nokey].", mode="publish") == (
        '<p>Zinc<sup class="cite"><a>[1]</a></sup>.</p>'
    )
    assert body("Zinc [@nokey].", mode="publish") == "<p>Zinc.</p>"


def test_a_page_waits_for_the_key_it_misses():
    document = compile_with("[@NoKey]")

    assert Dependency("citekey:nokey", "") in document.dependencies


def test_a_word_that_is_no_key_stays_text_with_a_warning():
    text = "Follow\n@nih [p. 2] now"

    assert body(text) == "<p>Follow\n@nih [p. 2] now</p>"
    assert found(text) == [("EVD04", "warning", 2, "@nih")]


def test_the_warning_says_how_to_escape():
    [finding] = compile_with("Follow @nih").findings

    assert finding.fix == "Write \\@nih if it is none, or add the reference."
    assert compile_with("Follow \\@nih").findings == ()


def test_lines_after_a_long_citation_are_right():
    assert found("[@siebrecht2013,\np. 3]\n@nih\n[@nokey]")[1] == ("EVD04", "error", 4, "@nokey")


def test_words_of_the_author_are_escaped():
    html = body("[<b>see</b> @siebrecht2013, <i>x</i> &amp; \\*y\\*]")

    assert "<b>" not in html
    assert "&lt;b&gt;see&lt;/b&gt; <a>" in html
    assert "&lt;i&gt;x&lt;/i&gt; &amp; *y*" in html


def test_a_hostile_library_brings_no_markup():
    work = make_work("x2000", csl={"title": "<script>x</script>", "author": [{"literal": "<b>Bad</b>"}]})

    assert "<b>" not in compile_with("@x2000 says", work).html
    assert "<script" not in compile_with("@x2000 says", work).html


def test_the_sentence_keeps_its_words_in_the_plain_text():
    document = compile_with("Zinc [@siebrecht2013] binds, says @siebrecht2013 too.", A)

    assert document.text == "Zinc binds, says @siebrecht2013 too."


def test_a_citation_in_a_footnote_counts():
    html = compile_with("Zinc.[^1]\n\n[^1]: See [@siebrecht2013].\n", A).html

    assert html.index("c-cite-siebrecht2013-1") < html.index("c-ref-siebrecht2013")


def test_a_heading_with_a_citation_has_a_clean_id():
    document = compile_with("## Zinc [@siebrecht2013]\n", A)

    assert document.toc[0].text == "Zinc"


def test_many_citations_take_linear_time():
    text = "\n\n".join("Zinc [@siebrecht2013, p. 3; @batta2017]." for _ in range(4_000))

    assert len(compile_with(text, A, B).records[CITATIONS]) == 8_000
