"""pandoc's tree to HTML: nothing that it writes is trusted."""

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.styles.reading import blocks, html
from tests.references.patience import patient

HOSTILE = '<script>alert("1")</script>'


def text(words):
    return {"t": "Str", "c": words}


def link(target, *inner):
    return {"t": "Link", "c": [["", [], []], list(inner), [target, ""]]}


@pytest.mark.parametrize(
    ("inline", "written"),
    [
        (text("a < b & c"), "a &lt; b &amp; c"),
        ({"t": "Space"}, " "),
        ({"t": "Emph", "c": [text("a")]}, "<i>a</i>"),
        ({"t": "Strong", "c": [text("a")]}, "<b>a</b>"),
        ({"t": "Superscript", "c": [text("a")]}, "<sup>a</sup>"),
        ({"t": "Subscript", "c": [text("a")]}, "<sub>a</sub>"),
        ({"t": "SmallCaps", "c": [text("a")]}, "a"),
        ({"t": "Quoted", "c": [{"t": "DoubleQuote"}, [text("a")]]}, "“a”"),
        ({"t": "Quoted", "c": [{"t": "SingleQuote"}, [text("a")]]}, "‘a’"),
        ({"t": "Span", "c": [["", ["nocase"], [["onclick", "x()"]]], [text("a")]]}, "a"),
        ({"t": "Code", "c": [["", [], []], "a<b"]}, "a&lt;b"),
        ({"t": "RawInline", "c": ["html", HOSTILE]}, ""),
        ({"t": "Unknown"}, ""),
        (link("https://doi.org/10.1/a?b&c", text("a")), '<a href="https://doi.org/10.1/a?b&amp;c">a</a>'),
        (link("#ref-a", text("1")), "1"),
    ],
)
def test_inlines_become_our_marks(inline, written):
    assert html([inline]) == written


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "https://javascript:alert(1)", "data:text/html,x", "//example.org/", "/admin/", "",
        "https://user:secret@example.org/", 'https://x.org"onclick="', "mailto:a@b.org", "file:///etc/passwd",
        "HTTPS://", "https://x.org:", "https:///x",
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_links(target):
    assert html([link(target, text("words"))]) == "words"


def test_links_to_entries_are_written_by_the_caller():
    written = html([link("#ref-a", text("<1>"))], lambda key, words: f"{key}|{words}")

    assert written == "a|&lt;1&gt;"


def test_numbers_and_entries_are_told_apart():
    entry = {
        "t": "Div",
        "c": [
            ["ref-a", ["csl-entry"], []],
            [
                {
                    "t": "Para",
                    "c": [
                        {"t": "Span", "c": [["", ["csl-left-margin"], []], [text("[1]"), {"t": "Space"}]]},
                        {"t": "Span", "c": [["", ["csl-right-inline"], []], [text("Smith.")]]},
                    ],
                }
            ],
        ],
    }
    tree = {"blocks": [{"t": "Para", "c": [text("x")]}, {"t": "Div", "c": [["refs", [], []], [entry]]}]}

    assert blocks(tree) == ([[text("x")]], {"a": ("[1]", "Smith.")})


def test_a_link_in_a_link_is_its_words():
    nested = link("https://x.org/", {"t": "Emph", "c": [link("https://y.org/", text("Smith"))]})

    assert html([nested]) == '<a href="https://x.org/"><i>Smith</i></a>'


def test_a_link_in_what_is_no_address_stays():
    nested = link("javascript:x", link("https://y.org/", text("Smith")))

    assert html([nested]) == '<a href="https://y.org/">Smith</a>'


inlines = st.recursive(
    st.builds(text, st.sampled_from([HOSTILE, "a", '"', "'", "&lt;i&gt;"])) | st.just({"t": "Space"}),
    lambda inner: st.lists(inner, max_size=3).flatmap(
        lambda found: st.sampled_from(
            [
                {"t": "Emph", "c": found},
                {"t": "Span", "c": [["x", [HOSTILE], []], found]},
                link("https://x.org/'\"><script>", *found),
                link("javascript:x", *found),
                {"t": "Quoted", "c": [{"t": HOSTILE}, found]},
                {"t": HOSTILE, "c": found},
            ]
        )
    ),
    max_leaves=8,
)


@patient
@given(st.lists(inlines, max_size=4))
def test_nothing_hostile_survives_as_markup(found):
    written = html(found)

    safe = nh3.clean(written, tags={"i", "b", "sub", "sup", "a"}, attributes={"a": {"href"}}, link_rel=None)
    assert safe.count("<") == written.count("<")
    assert "javascript:" not in written
    assert "<script" not in written
