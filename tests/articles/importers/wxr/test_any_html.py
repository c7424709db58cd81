"""Promises that hold for whatever a post holds: it compiles, words stay words, and no script gets through."""

import html
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.compile import compile_markdown
from articles.importers.wxr import escape
from tests.articles.importers.wxr.helpers import content, markdown

MARKS = "*_`~[]()<>{}#+-=|!@:&;\\/.^\"' \n\tab1é"
TRAPS = [
    "[@smith2020]",
    "@word",
    "-@word",
    "::product{x}",
    ":::note",
    "::papers",
    "[x](aff:y)",
    "![x](img:y)",
    "[^1]: note",
    "[a]: https://x.example",
    "1. a",
    "1) a",
    "# a",
    "> a",
    "- - a",
    "---",
    "***",
    "===",
    "~~~",
    "```",
    "~~a~~",
    "a | b\n--- | ---",
    "&lt;b&gt;",
    "<script>",
    "<https://x.example>",
    "C #",
    "^[note]",
    "__a__",
    "    code",
]
words = st.one_of(
    st.text(MARKS, max_size=30), st.lists(st.sampled_from(TRAPS), min_size=1, max_size=3).map("\n".join)
)
TAGS = "p div b i a h1 h3 ul ol li table tr td th blockquote pre code figure img br script iframe form sup span".split()
ATTRIBUTES = [
    "",
    ' href="javascript:alert(1)"',
    ' src="x" onerror="alert(1)"',
    ' class="wp-image-7" src="//x/y"',
]
tags = st.builds(
    lambda slash, tag, attributes: f"<{slash}{tag}{'' if slash else attributes}>",
    st.sampled_from(["", "", "/"]),
    st.sampled_from(TAGS),
    st.sampled_from(ATTRIBUTES),
)
odd = st.sampled_from(
    ["[caption]", "[/caption]", "[x y=1]", "<!--", "-->", "<![CDATA[", "<!x", "<?", "</", "<!-- wp:p -->"]
)
any_html = st.lists(st.one_of(words, tags, odd), max_size=14).map("".join)


def made_of(page):
    """Return what readers get. No database is there: neither a citation nor a product may be asked for."""
    return compile_markdown(markdown(page), mode="publish").html


@settings(max_examples=150, deadline=None)
@given(any_html)
@example("<" * 50)
@example("<!--" * 3000)
@example("<a " * 3000)
@example("<![x" * 30)
@example("<div>" * 300 + "a")
@example("<ul><li>" * 60 + "a")
@example("<blockquote>" * 60 + "a")
@example("<b><i>" * 100 + "a")
@example("[caption]" * 80 + "<img src=x>")
def test_any_html_compiles_and_holds_no_script(page):
    made = made_of(page)

    assert not re.search(
        r"<(?:script|iframe|form|object|embed)\b|<[^>]*\s(?:on\w+|style)\s*=", made, re.IGNORECASE
    )
    assert not re.search(r"<[^>]*\s(?:href|src)=[\"']?\s*(?:javascript|data|vbscript):", made, re.IGNORECASE)


@settings(max_examples=150, deadline=None)
@given(words)
@example("a\n::product{x}\nb")
@example("[@a] and @b, -@c")
def test_words_stay_words(text):
    made = made_of(f"<p>{html.escape(text)}</p>")

    assert letters(re.sub(r"<[^>]+>", " ", made)) == letters(html.escape(text))
    assert not re.search(r"<(?!/?(?:p|br)\b)", made)


def letters(written):
    """Return what a reader sees, without blanks."""
    return "".join(escape.spaced(html.unescape(written)).split())


@settings(max_examples=100, deadline=None)
@given(any_html)
def test_every_line_keeps_a_line_of_the_file(page):
    last = 10 + page.count("\n")

    assert all(10 <= line.number <= last for line in content(page, line=10).lines)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_an_address_never_leaves_its_brackets(text):
    assert not re.search(r"[\s()<>\\\[\]]", escape.address(text))
