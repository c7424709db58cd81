"""Titles keep three marks; everything else is text."""

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import markup
from tests.references.patience import patient


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("Zinc in <i>E. coli</i>", "Zinc in <i>E. coli</i>"),
        ("CO<sub>2</sub> and Mg<sup>2+</sup>", "CO<sub>2</sub> and Mg<sup>2+</sup>"),
        ("<em>In vitro</em> zinc", "<i>In vitro</i> zinc"),
        ("<I>Upper</I>", "<i>Upper</i>"),
        ("<i>nested <sub>x</sub></i>", "<i>nested <sub>x</sub></i>"),
        ("p < 0.05 & q > 1", "p &lt; 0.05 &amp; q &gt; 1"),
        ("Food &amp; Function", "Food &amp; Function"),
        ("Food &amp;amp; Function", "Food &amp; Function"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("&lt;script&gt;", "&lt;script&gt;"),
        ('<i onclick="x()">a</i>', "&lt;i onclick=&quot;x()&quot;&gt;a&lt;/i&gt;"),
        ("never <i>closed", "never &lt;i&gt;closed"),
        ("closed</i> only", "closed&lt;/i&gt; only"),
        ("<i>a<sub>b</i>c</sub>", "&lt;i&gt;a<sub>b&lt;/i&gt;c</sub>"),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
    ],
)
def test_title_html_keeps_balanced_marks_and_escapes_the_rest(title, html):
    assert markup.title_html(title) == html


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Zinc in <i>E. coli</i>", "Zinc in E. coli"),
        ("CO<sub>2</sub>", "CO2"),
        ("a\n  b", "a b"),
        ("p < 0.05", "p < 0.05"),
        ("never <i>closed", "never <i>closed"),
    ],
)
def test_plain_drops_marks_only(title, words):
    assert markup.plain(title) == words


@patient
@given(st.text(alphabet="<>/iemsubp&;x \"'", max_size=60))
def test_title_html_is_what_a_sanitiser_would_leave(title):
    html = markup.title_html(title)

    assert nh3.clean(html, tags={"i", "sub", "sup"}, attributes={}).count("<") == html.count("<")
