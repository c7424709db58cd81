"""HTML of posts as Markdown: what stands within a line."""

import pytest

from tests.articles.importers.wxr.helpers import lost, markdown


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<strong>a</strong> <i>b</i> <del>c</del>", "**a** *b* ~~c~~"),
        ("<b> a </b>b", "**a** b"),
        ("<b>Zinc:</b>text", "**Zinc**:text"),
        ("<b>“Zinc”</b>text", "“Zinc”text"),
        ("x<b>(a)</b>", "x(a)"),
        ("<b><strong>a</strong></b>", "**a**"),
        ("<b>a <i>b</i></b>", "**a *b***"),
        ("<b>a</b><b>b</b>", "**a**b"),
        ("<b></b>a", "a"),
        ("<code>a*b`c</code>", "`` a*b`c ``"),
        ("<code></code>a", "a"),
        ("H<sub>2</sub>O, m<sup>2</sup>, 5<sup>th</sup>", "H₂O, m², 5th"),
        ("<q>a</q>", "“a”"),
        ("a<br/>b", "a\\\nb"),
        ("<span style='color:red'>a</span> <u>b</u>", "a b"),
        ("10&nbsp;mg &amp;amp; &lt;b&gt;", "10 mg &amp;amp; &lt;b>"),
        ("zero\u200bwidth", "zerowidth"),
        ("@smith2020, -@b, a@x.example", "\\@smith2020, -\\@b, a@x.example"),
    ],
)
def test_inline(html, written):
    assert markdown(html) == written


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ('<a href="https://x.example/a?b=1&amp;copy=2">x</a>', "[x](https://x.example/a?b=1&copy=2)"),
        ('<a href="https://x.example/a (b)">x</a>', "[x](https://x.example/a%20%28b%29)"),
        ('<a href="//x.example/">x</a>', "[x](https://x.example/)"),
        ('<a href="mailto:a@x.example">write</a>', "[write](mailto:a@x.example)"),
        ('<a href="#dose">dose</a>', "[dose](#dose)"),
        ('<a href="/go/shop/">shop</a>', "[shop](/go/shop/)"),
        ('<a href="https://old.example/go/shop/">shop</a>', "[shop](https://old.example/go/shop/)"),
        ('<a href="https://old.example/2021/05/zinc/#x">zinc</a>', "[zinc](art:zinc)"),
        ('<a href="http://www.old.example/2021/05/zinc">zinc</a>', "[zinc](art:zinc)"),
        ('<a href="/2021/05/zinc/?utm=1">zinc</a>', "[zinc](art:zinc)"),
        ('<a href="https://new.example/2021/05/zinc/">zinc</a>', "[zinc](https://new.example/2021/05/zinc/)"),
        ('a<a href="https://x.example/"> <b>b</b> </a>c', "a [**b**](https://x.example/) c"),
        ('Go!<a href="https://x.example/">on</a>', "Go\\![on](https://x.example/)"),
        ('<a href="https://x.example/">a<br>b]</a>', "[a b\\]](https://x.example/)"),
        ('<a href="https://x.example/"></a>a', "a"),
        ('<a name="x">a</a>', "a"),
    ],
)
def test_links(html, written):
    assert markdown(html) == written


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVa\tscript:x", "data:text/html,x", "aff:shop", "art:gold", "http://[x"],
)
def test_what_is_no_address_is_no_link(address):
    html = f'<a href="{address}">words</a>'

    assert markdown(html) == "words"
    assert "is none; its words were kept" in lost(html)[0]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a [gallery ids='1,2'] b", "a b"),
        ("[toc]\n\nText", "Text"),
        ("[su_box title='x']Inside[/su_box] after", "Inside after"),
        ("[box]Inside[/box]", "Inside"),
        ("[ad /]Text", "Text"),
        ("Text [my_shortcode]", "Text"),
    ],
)
def test_shortcodes_go_and_their_words_stay(text, written):
    assert markdown(text) == written
    assert "Line 1: the shortcode “[" in lost(text)[0]


@pytest.mark.parametrize(
    "text", ["so [sic] it is", "see [1] and [2, 3]", "[Table of contents] here", "[A-Z] or [@a]", "an [ open"]
)
def test_words_in_brackets_are_no_shortcodes(text):
    assert markdown(text).replace("\\", "") == text
    assert lost(text) == ()


def test_a_shortcode_that_is_only_shown_stays_text():
    assert markdown("Write [[gallery ids='1']] there") == "Write \\[gallery ids='1'\\] there"
    assert lost("Write [[gallery ids='1']] there") == ()
