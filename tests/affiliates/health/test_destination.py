from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.health.destination import destination_in, is_public

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
