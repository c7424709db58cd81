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


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("Zinc in <em>E. coli</em>", "Zinc in <i>E. coli</i>"),
        ("<jats:italic>In vitro</jats:italic> <jats:bold>zinc</jats:bold>", "<i>In vitro</i> zinc"),
        ('<span class="nocase">pH</span> of <b>zinc</b>', "pH of zinc"),
        ("H<inf>2</inf>O", "H<sub>2</sub>O"),
        ('<i xmlns="x">E. coli</i>', "<i>E. coli</i>"),
        ("&lt;i&gt;E. coli&lt;/i&gt;", "<i>E. coli</i>"),
        ("One<br/>two", "One two"),
        ("Food &amp;amp; Function &#8211; zinc&nbsp;now", "Food & Function \u2013 zinc\xa0now"),
        ("p &lt; 0.05 &amp;lt; 1 &#60; &#x3C;", "p &lt; 0.05 &lt; 1 &#60; &#x3C;"),
        ("of<i>Burkholderia terrae</i>BS001", "of <i>Burkholderia terrae</i> BS001"),
        ("1<i>H</i>-indole and non-<i>Candida</i>s", "1<i>H</i>-indole and non-<i>Candida</i>s"),
        ("p < 0.05 and q > 1", "p < 0.05 and q > 1"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<<b>script>", "<script>"),
    ],
)
def test_from_source_keeps_the_three_marks_and_all_words(source, kept):
    assert markup.from_source(source) == kept


@patient
@given(
    st.lists(
        st.sampled_from(["<", ">", "/", "i", "b", "em", "sub", "&lt;", "&gt;", "Abc", "xy", " ", "math"]),
        max_size=25,
    )
)
def test_cleaning_a_title_twice_changes_nothing(pieces):
    once = markup.from_source("".join(pieces))

    assert markup.from_source(once) == once
