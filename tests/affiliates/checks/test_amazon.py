"""AFF10 to AFF13: prices, pictures, ratings and channels that Amazon keeps for itself."""

import pytest

from tests.affiliates.compiling import compiled, findings
from tests.affiliates.factories import LinkFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amazon():
    return LinkFactory(slug="calm", amazon=True)


def quotes(text, check_id, **front_matter):
    return [finding.quote for finding in findings(compiled(text, **front_matter), check_id)]


@pytest.mark.parametrize(
    ("price", "quote"),
    [
        ("$19.99", "$19.99"),
        ("US$ 20", "US$ 20"),
        ("20 €", "20 €"),
        ("EUR 1.299,00", "EUR 1.299,00"),
        ("£9", "£9"),
        ("15 dollars", "15 dollars"),
    ],
)
def test_a_price_beside_an_amazon_link_is_an_error(amazon, price, quote):
    assert quotes(f"[Calm](aff:calm) costs {price} today.", "AFF10") == [quote]


def test_a_price_in_another_item_of_the_same_list_is_beside_it(amazon):
    assert quotes("- [Calm](aff:calm)\n- 60 capsules, $19.99", "AFF10") == ["$19.99"]


@pytest.mark.parametrize(
    "text",
    [
        "[Calm](aff:calm) is a powder.\n\nA trial cost $2,000,000.",
        "[Calm](aff:calm) holds 200 mg in 60 capsules.",
        "[Other](aff:other) costs $19.99.",
    ],
)
def test_a_price_elsewhere_is_not(amazon, text):
    LinkFactory(slug="other")

    assert quotes(text, "AFF10") == []


def test_a_price_in_the_card_of_an_amazon_product_is_an_error(amazon):
    ProductFactory(slug="calm-mag", link=amazon, facts=["Only $19.99"])
    ProductFactory(slug="cheap", facts=["Only $9.99"])

    assert quotes("::product{calm-mag}\n\n::product{cheap}", "AFF10") == ["calm-mag"]


@pytest.mark.parametrize(
    ("when", "is_stale"),
    [
        ("2026-05-01 09:00", False),
        ("2026-04-30", True),
        ("2026-04-29 11:00", True),
        ("2026-05-09", True),
        ("2026-19-99", True),
        ("this morning", True),
    ],
)
def test_a_dated_price_grows_old_in_a_day(amazon, frozen_time, when, is_stale):
    text = f"See [Calm](aff:calm).\n\nPrices are accurate as of {when}."

    assert bool(quotes(text, "AFF11")) is is_stale


def test_a_dated_price_of_another_shop_is_its_own_matter():
    LinkFactory(slug="other")

    assert quotes("See [Other](aff:other). Prices as of last week.", "AFF11") == []


def test_a_picture_of_amazon_is_an_error():
    address = "https://m.media-amazon.com/images/I/71zinc.jpg"

    assert quotes(f"Zinc.\n\n![Zinc]({address})", "AFF12") == [address]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("4.7 out of 5 stars", "4.7 out of 5 stars"),
        ("4.5-star", "4.5-star"),
        ("12,304 ratings", "12,304 ratings"),
        ("over 900 verified customer reviews", "900 verified customer reviews"),
        ("★★★★★", "★★★★★"),
    ],
)
def test_a_rating_beside_an_amazon_link_is_an_error(amazon, words, quote):
    assert quotes(f"[Calm](aff:calm) has {words}.", "AFF12") == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "[Calm](aff:calm) helped in 4 trials out of 50.",
        "A meta-analysis of 12 reviews.\n\n[Calm](aff:calm).",
        "[Calm](aff:calm) with 5 g of star anise.",
    ],
)
def test_other_numbers_are_not(amazon, text):
    assert quotes(text, "AFF12") == []


def test_a_paid_link_in_the_description_is_an_error():
    address = "https://amzn.to/x"

    assert quotes("Zinc.", "AFF13", description=f"Zinc: {address}.") == [address]


def test_a_description_with_another_address_is_fine():
    assert quotes("Zinc.", "AFF13", description="More at https://example.org/zinc.") == []
