import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.health import pages
from affiliates.health.probe import MAX_BYTES


def page(title="Zinc citrate", body="<p>Zinc citrate, 60 tablets.</p>"):
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "html",
    [
        page(body="<div id=availability>Currently unavailable. We don't know when it will be back.</div>"),
        page(body="<p>This product is no longer available.</p>"),
        page(body="<p>Dieser Artikel ist nicht mehr verfügbar.</p>"),
        page(body="<p>Ce produit n&#8217;est plus disponible.</p>"),
        page(title="404 - Northmoor"),
        page(title="Page not found"),
        page(title="northmoor.example", body="<h1>This domain is for sale!</h1>"),
        page(
            body='<script type="application/ld+json">{"availability":"https://schema.org/Discontinued"}</script>'
        ),
    ],
)
def test_a_page_that_says_ok_but_is_a_dead_end(html):
    assert pages.why_gone(html)


@pytest.mark.parametrize(
    "html",
    [
        page(),
        "",
        page(body="<p>Zinc</p><button>Add to cart</button><p>Iron: currently unavailable</p>"),
        page(body="<p>Zinc</p><script>var texts = {gone: 'This product is no longer available'}</script>"),
        page(body="<p>Zinc</p><!-- currently unavailable -->"),
        page(
            body='<script type="application/ld+json">{"availability":"https://schema.org/InStock"}</script>'
            "<p>The blue one is currently unavailable.</p>"
        ),
        page(title="Vitamin B12, 404 mg"[:12]),
        page(body="<p>We sell domains of knowledge.</p>"),
    ],
)
def test_an_ordinary_page_is_none(html):
    assert pages.why_gone(html) == ""


@pytest.mark.parametrize(
    "html",
    [
        page(title="Robot Check"),
        page(title="Just a moment..."),
        page(title="Attention Required! | Cloudflare"),
        page(body="<p>Enter the characters you see below</p>"),
        page(title="Access to this page has been denied"),
    ],
)
def test_a_page_for_robots_is_recognised(html):
    assert pages.is_wall(html)


def test_a_long_page_that_speaks_of_robots_is_no_wall():
    assert not pages.is_wall(page(body=f"<p>Are you a robot? {'We sell toys. ' * 200}</p>"))


@pytest.mark.parametrize(
    ("html", "where"),
    [
        (
            '<meta http-equiv="refresh" content="0;url=https://shop.example/a?b=1&amp;c=2">',
            "https://shop.example/a?b=1&c=2",
        ),
        ("<META HTTP-EQUIV=Refresh CONTENT=\"0; URL='https://shop.example/'\">", "https://shop.example/"),
        ('<meta http-equiv="refresh" content="300">', ""),
        ('<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript>', ""),
        ("<p>nothing</p>", ""),
    ],
)
def test_where_a_page_sends_its_reader_by_itself(html, where):
    assert pages.refresh_of(html) == where


@given(st.text(max_size=300))
def test_any_page_can_be_read(html):
    assert isinstance(pages.why_gone(html), str)
    assert isinstance(pages.is_wall(html), bool)
    assert isinstance(pages.refresh_of(html), str)


HOSTILE = {
    "opening scripts": "<script",
    "scripts that never end": "<script>",
    "tags that never end": "<a ",
    "signs of less": "<",
    "comments that never end": "<!--",
    "titles": "<title",
    "refreshes without an address": "<meta http-equiv=refresh content=",
    "half refreshes": "<meta http-equiv=refresh ",
    "refreshes of blanks": f'<meta http-equiv=refresh content="{" " * 3_900}">',
    "ends of other things": "</script <svg ",
    "entities": "&#x",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_of_full_length_does_not_hold_the_worker_up(piece):
    html = (piece * MAX_BYTES)[:MAX_BYTES]
    started = time.process_time()

    pages.why_gone(html), pages.is_wall(html), pages.refresh_of(html)

    assert time.process_time() - started < 3, "reading a page must take time in proportion to its length"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Zinc</p><script>gone</script><p>60 tablets", "Zinc 60 tablets"),
        ("<p>Zinc</p><SCRIPT type='x'>if (a < b) { gone }</SCRIPT >60 tablets", "Zinc 60 tablets"),
        ("<p>Zinc</p><script>gone", "Zinc"),
        ("<p>Zinc <!-- gone <p> --> 60", "Zinc 60"),
        ("Zinc < 60 tablets", "Zinc < 60 tablets"),
        ("<b>Zinc</b><br>60&nbsp;tablets", "Zinc 60 tablets"),
        ("Zinc<p title='60", "Zinc"),
        ("<title>Zinc</title>60", "Zinc 60"),
        ("İ İ İ<script>gone</script>Zinc", "İ İ İ Zinc"),
        ("<!doctype html><?php ?><p>Zinc</p>", "Zinc"),
        ("<templates>Zinc</templates>", "Zinc"),
    ],
)
def test_what_a_reader_sees_of_a_page(html, text):
    assert pages.visible_text(html) == text


def test_the_first_title_counts_and_may_stay_open():
    assert (
        pages.title_of("<title lang=en> Zinc &amp;\n iron </title><svg><title>Logo</title></svg>")
        == "Zinc & iron"
    )
    assert pages.title_of("<title>Zinc") == "Zinc"


@given(
    st.sampled_from(sorted(pages.HIDDEN)),
    st.lists(
        st.sampled_from(["<b>", "</b>", "<!--", "-->", "<", ">", "gone ", "İ", "</", "<title>"]), max_size=20
    ),
)
def test_nothing_of_what_is_hidden_is_ever_read(name, pieces):
    html = f"<p>Zinc<{name.upper()} x>{''.join(pieces)}</{name} >60"

    assert pages.visible_text(html) == "Zinc 60"
