import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.health import pages


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
