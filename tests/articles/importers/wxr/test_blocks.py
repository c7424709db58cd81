"""HTML of posts as Markdown: what stands by itself."""

import pytest

from tests.articles.importers.wxr.helpers import UPLOADS, content, lost, markdown

GUTENBERG = """\
<!-- wp:heading {"level":1} -->
<h1 class="wp-block-heading">What it is</h1>
<!-- /wp:heading -->

<!-- wp:paragraph -->
<p>Copper is a
metal.</p>
<!-- /wp:paragraph -->

<!-- wp:list -->
<ul><!-- wp:list-item -->
<li>Nuts<!-- wp:list --><ol start="3"><!-- wp:list-item --><li>Almonds</li></ol><!-- /wp:list --></li>
<!-- /wp:list-item -->
<!-- wp:list-item --><li>Beans</li><!-- /wp:list-item --></ul>
<!-- /wp:list -->

<!-- wp:quote --><blockquote class="wp-block-quote"><p>Red.</p><cite>Siebert</cite></blockquote><!-- /wp:quote -->
<!-- wp:latest-posts {"postsToShow":3} /-->
<!-- wp:separator --><hr class="wp-block-separator"/><!-- /wp:separator -->
"""


def test_a_post_of_the_block_editor():
    assert markdown(GUTENBERG).split("\n") == [
        "## What it is",
        "",
        "Copper is a metal.",
        "",
        "- Nuts",
        "",
        "  3. Almonds",
        "",
        "- Beans",
        "",
        "> Red.",
        ">",
        "> *Siebert*",
        "",
        "***",
    ]


def test_a_block_that_is_made_anew_for_every_reader_is_reported():
    assert lost(GUTENBERG) == (
        "Line 18: the block “latest-posts” holds no text of its own and was taken out.",
    )


def test_the_old_editor_parts_paragraphs_by_empty_lines_and_breaks_lines():
    assert markdown("One.\nStill <b>one</b>.\n\n \nTwo.") == "One.\\\nStill **one**.\n\nTwo."


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<h3>Dose <em>a day</em></h3>", "### Dose *a day*"),
        ("<h2> </h2>Text", "Text"),
        ("<h4>In C #</h4>", "#### In C \\#"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c"),
        ("<p>a<p>b", "a\n\nb"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<p>&nbsp;</p>a", "a"),
        ("<dl><dt>Zinc</dt><dd>A metal.</dd></dl>", "**Zinc**\n\nA metal."),
        ("<p>a<!--more-->b</p><!--nextpage-->", "ab"),
        ("<blockquote>a\n\nb</blockquote>", "> a\n>\n> b"),
        ("a<hr>b", "a\n\n***\n\nb"),
        ("<details><summary>Why?</summary>So.</details>", "**Why?**\n\nSo."),
    ],
)
def test_blocks(html, written):
    assert markdown(html) == written


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<pre>a\n\n  [b] *c*</pre>", "```\na\n\n  [b] *c*\n```"),
        ('<pre><code class="language-python">x &lt; 1</code></pre>', "```python\nx < 1\n```"),
        ("<pre>a<br>b ``` c</pre>", "````\na\nb ``` c\n````"),
        ("<pre>[gallery ids='1']</pre>", "```\n[gallery ids='1']\n```"),
        ("<ul><li><pre>a\nb</pre></li></ul>", "- ```\n  a\n  b\n  ```"),
        ("<pre> \n </pre>", ""),
    ],
)
def test_code_stays_as_it_is(html, written):
    assert markdown(html) == written


def test_a_table():
    html = "<table><tr><th>Food</th><th>mg|day</th></tr><tr><td>Nuts<br>raw</td></tr></table>"

    assert markdown(html) == "| Food | mg\\|day |\n|---|---|\n| Nuts raw |  |"


def test_a_cell_of_several_columns_and_code_in_cells():
    html = "<table><tr><td colspan='2'>a</td></tr><tr><td><code>b|c</code></td><td>d</td></tr></table>"

    assert markdown(html) == "| a |  |\n|---|---|\n| `b\\|c` | d |"


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><h2>a</h2></td><td>b</td></tr></table>",
        "<table><tr><td>a</td></tr></table>",
        "<table><caption>a</caption></table>",
    ],
)
def test_a_table_that_only_arranges_is_written_as_what_is_in_it(html):
    assert "|" not in markdown(html)
    assert "a" in markdown(html)


SMALL = f'<img class="size-medium wp-image-7" src="https://old.example{UPLOADS}/jar-300x200.jpg" alt="" />'
WHOLE = f"![A jar]({UPLOADS}/jar.jpg"


@pytest.mark.parametrize(
    ("html", "written"),
    [
        (f"<p>a {SMALL} b</p>", f"a\n\n{WHOLE})\n\nb"),
        (
            f'[caption id="x" width="300"]<a href="/jar.jpg">{SMALL}</a> A "fine" jar[/caption]',
            f'{WHOLE} "A &quot;fine&quot; jar")',
        ),
        (f"<figure>{SMALL}<figcaption>Salt</figcaption></figure>", f'{WHOLE} "Salt")'),
        (
            f'<figure>{SMALL}<figcaption>By <a href="https://x.example/">X</a></figcaption></figure>',
            f"{WHOLE})\n\nBy [X](https://x.example/)",
        ),
        (f"<figure>{SMALL}</figure>", f"{WHOLE})"),
        (f"<figure><figure>{SMALL}</figure><figure>{SMALL}</figure></figure>", f"{WHOLE})\n\n{WHOLE})"),
        ('<img src="//x.example/a (1).png" alt="[a] *b*">', "![a b](https://x.example/a%20%281%29.png)"),
        ('<img src="data:x" data-src="https://x.example/a.png">', "![](https://x.example/a.png)"),
        ('Fine <img class="wp-smiley" alt="🙂" src="https://x.example/s.png">', "Fine 🙂"),
        (f"<h2>{SMALL} a</h2>", f"## {WHOLE}) a"),
    ],
)
def test_pictures(html, written):
    assert markdown(html) == written


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<iframe src="https://v.example/1"></iframe>', "a frame of another site from “https://v.example/1”"),
        ("<script>alert('[x y=1]')</script>", "a script was taken out"),
        ('<script src="https://v.example/x.js"></script>', "a script from “https://v.example/x.js”"),
        ('<video><source src="/v.mp4"></video>', "a video from “/v.mp4”"),
        ("<form><input name='q'></form>", "a form was taken out"),
        ('<img src="data:image/png;base64,AAAA">', "a picture (“data:image/png;base64,AAAA”) was taken out"),
        ('<img src="https://ads.example/p" width="1" height="1">', "a tracking pixel from"),
        ('<img src="javascript:alert(1)">', "a picture (“javascript:alert(1)”) was taken out"),
        ('<img src="http://[x">', "a picture"),
        ("<svg><title>x</title></svg>", "a drawing (SVG) was taken out"),
    ],
)
def test_what_does_not_come_along_is_named_with_its_line(html, reason):
    page = content(f"Before.\n\n{html}\n\nAfter.", line=40)

    assert [line.text for line in page.lines if line.text] == ["Before.", "After."]
    assert page.not_understood[-1].startswith(f"Line 42: {reason}")


def test_the_words_of_a_form_stay():
    assert markdown("<form>Write to us <button>Send</button></form>") == "Write to us Send"


def test_where_a_picture_led_is_told():
    html = f'<a href="https://shop.example/?tag=x">{SMALL}</a>'

    assert markdown(html) == f"{WHOLE})"
    assert lost(html) == (
        "Line 1: a picture was a link to “https://shop.example/?tag=x”; the picture was kept, the link was not.",
    )


def test_comments_are_findings():
    (finding,) = content("a\n<!-- ask Ana -->").findings

    assert (finding.id, finding.line, finding.quote) == ("IMP13", 2, "ask Ana")


def test_lines_are_those_of_the_file():
    page = content("<p>\na</p>\n<ul>\n<li>b</li>\n<li>c</li></ul>\n<pre>d\ne</pre>", line=100)

    assert [(line.text, line.number) for line in page.lines if line.text] == [
        ("a", 101),
        ("- b", 103),
        ("- c", 104),
        ("```", 105),
        ("d", 105),
        ("e", 106),
        ("```", 106),
    ]
