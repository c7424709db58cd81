from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.health.destination import destination_in, is_public, with_destination

SHOP = "https://northmoor.example/zinc?size=60"
ENCODED = quote(SHOP, safe="")


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued={ENCODED}",
        f"https://click.linksynergy.com/deeplink?id=a&mid=2&murl={ENCODED}",
        f"https://goto.brand.example/c/1/2/3?u={ENCODED}",
        f"https://www.anrdoezrs.net/click-1-2?url={ENCODED}",
        f"https://www.anrdoezrs.net/click-1-2?url={quote(ENCODED, safe='')}",
        f"https://www.anrdoezrs.net/links/1/type/dlg/sid/a/{SHOP}",
        f"https://prf.hn/click/camref:1/pubref:a/destination:{ENCODED}",
    ],
)
def test_finds_the_shop_in_a_tracking_link(url):
    assert destination_in(url) == SHOP


@pytest.mark.parametrize(
    "url",
    [
        "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2",
        "https://www.awin1.com/cread.php?ued=",
        "https://www.awin1.com/cread.php?ued=javascript%3Aalert(1)",
        "https://www.awin1.com/cread.php?ued=http%3A%2F%2F127.0.0.1%2Fadmin",
        "https://www.awin1.com/cread.php?ued=https%3A%2F%2Fu%40evil.example%2F",
        "https://www.awin1.com/cread.php?ued=file%3A%2F%2F%2Fetc%2Fpasswd",
        "https://prf.hn/click/camref:1/pubref:a",
        "https://www.amazon.com/dp/B0DEMO?tag=chelate-20",
    ],
)
def test_a_link_without_a_public_shop_in_it_has_none(url):
    assert destination_in(url) == ""


@given(st.text(max_size=80))
def test_what_is_found_is_always_a_public_address(text):
    found = destination_in(f"https://www.awin1.com/cread.php?ued={text}")

    assert found == "" or is_public(found)


MOVED = "https://northmoor.example/shop/zinc-citrate?size=60&pack=2"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://www.awin1.com/cread.php?awinmid=1&ued={once}&clickref=x", None),
        ("https://click.linksynergy.com/deeplink?id=a&mid=2&murl={once}", None),
        ("https://www.anrdoezrs.net/click-1-2?url={twice}", None),
        ("https://www.anrdoezrs.net/links/1/type/dlg/sid/a/{bare}", None),
        ("https://prf.hn/click/camref:1/pubref:a/destination:{once}", None),
        (
            "https://track.net.example/t?a=1&url={bare_plain}",
            "https://track.net.example/t?a=1&url={bare_new}",
        ),
    ],
)
def test_the_shops_new_page_takes_the_place_of_the_old_one(before, after):
    def filled(template, page):
        once = quote(page, safe="")
        words = {"once": once, "twice": quote(once, safe=""), "bare": page}
        return template.format(
            **words, bare_plain="https://northmoor.example/zinc", bare_new="https://northmoor.example/iron"
        )

    new = "https://northmoor.example/iron" if after else MOVED

    changed = with_destination(filled(before, SHOP), new)

    assert changed == filled(after or before, new)
    assert destination_in(changed) == new


@pytest.mark.parametrize(
    "url",
    [
        "https://track.net.example/t?url=https://northmoor.example/zinc&epi=1",  # whose is epi?
        "https://www.awin1.com/cread.php?awinmid=1",
    ],
)
def test_a_page_that_cannot_be_told_apart_is_left_alone(url):
    assert with_destination(url, MOVED) == ""


def test_parameters_of_the_new_page_never_become_the_networks():
    assert with_destination("https://track.net.example/t?url=https://northmoor.example/zinc", MOVED) == ""


@given(st.text(alphabet="abc/?&=%#", max_size=30), st.sampled_from(["{0}", "{0}&clickref=1"]))
def test_what_was_put_in_is_what_is_asked_next(rest, shape):
    page = f"https://northmoor.example/{rest}".partition("#")[0]
    url = "https://www.awin1.com/cread.php?awinmid=1&ued=" + shape.format(ENCODED)

    assert destination_in(with_destination(url, page)) == page
