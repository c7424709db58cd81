import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from affiliates.counts import clicks_in_words, with_clicks
from affiliates.markup.wording import paid_label, wording
from affiliates.models import AffiliateLink, Click, ClickDay, Network, Placement
from cms.contracts import Source
from tests.affiliates.factories import LinkFactory, PlacementFactory, ProductFactory, ProgramFactory, network

pytestmark = pytest.mark.django_db
DAY = "2026-05-01"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "inline", "block_index": 0, "ordinal": 1}, "In the text, block 1"),
        ({"kind": "inline", "block_index": 4, "ordinal": 2}, "In the text, block 5, use 2"),
        ({"kind": "product", "block_index": 2, "ordinal": 1}, "Product box, block 3"),
        ({"kind": "end_call", "block_index": 9, "ordinal": 1}, "End of the article"),
    ],
)
def test_a_placement_says_where_it_stands(fields, words):
    assert Placement(**fields).where == words


def test_records_are_named_for_editors():
    link = LinkFactory(slug="zinc")

    assert str(link) == "Zinc citrate at Northmoor"
    assert str(ProductFactory(link=link)) == "Zinc Citrate 10"
    assert str(ProgramFactory()) == "Northmoor Nutrition (Awin)"
    assert str(PlacementFactory(public_id="7k2m9x", link=link)) == "7k2m9x"


def test_a_public_id_exists_once():
    PlacementFactory(public_id="7k2m9x")

    with pytest.raises(IntegrityError), transaction.atomic():
        PlacementFactory(public_id="7k2m9x")


@pytest.mark.parametrize("placed", [True, False])
def test_a_day_has_one_sum_a_link_place_and_class(placed):
    placement = PlacementFactory()
    row = {
        "day": DAY,
        "link": placement.link,
        "placement": placement if placed else None,
        "click_class": "human",
    }
    ClickDay.objects.create(**row)

    with pytest.raises(IntegrityError), transaction.atomic():
        ClickDay.objects.create(**row)


def test_what_was_clicked_cannot_be_deleted():
    placement = PlacementFactory()
    Click.objects.create(link=placement.link, time=f"{DAY}T12:00Z", click_class="human", channel="redirect")

    with pytest.raises(ProtectedError):
        placement.link.delete()


def test_a_deleted_fallback_article_leaves_the_link():
    article = PlacementFactory().article
    link = LinkFactory(fallback_article=article)

    article.delete()

    link.refresh_from_db()
    assert link.fallback_article is None


@pytest.mark.parametrize(
    ("key", "forbids", "routing"),
    [
        ("awin", False, "redirect"),
        ("awin", True, "direct"),
        ("amazon", False, "direct"),
        ("ebay", True, "direct"),
    ],
)
def test_a_merchant_may_be_stricter_than_its_network(key, forbids, routing):
    found = network(key)
    link = AffiliateLink(network=found, program=ProgramFactory(network=found, forbids_redirect=forbids))

    assert link.routing == routing
    assert link.routing in Network.Routing.values


def test_hosts_of_network_and_program_are_approved_together():
    link = AffiliateLink(network=network("awin"), program=ProgramFactory(domains=["shop.example"]))

    assert set(link.approved_hosts) == {"awin1.com", "zenaps.com", "tidd.ly", "shop.example"}


def test_a_programs_own_parameter_wins():
    link = AffiliateLink(network=network("awin"), program=ProgramFactory(sub_id_parameter="ref"))

    assert (link.sub_id_rule.carrier, link.sub_id_rule.parameter) == ("query", "ref")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((0, 0, 0, 0), ["0 (0 unique)", ""]),
        ((5, 3, 0, 0), ["5 (3 unique)", ""]),
        ((5, 3, 1, 0), ["5 (3 unique)", "uniqueness of 1 not measured"]),
        ((5, 3, 1, 2), ["5 (3 unique)", "uniqueness of 1 not measured, 2 by bots"]),
    ],
)
def test_numbers_say_what_they_do_not_know(numbers, words):
    link = LinkFactory()
    human, unique, unmeasured, bots = numbers
    link.human_clicks, link.unique_clicks = human, unique
    link.unmeasured_clicks, link.bot_clicks = unmeasured, bots

    assert clicks_in_words(link) == words


def test_a_link_that_nobody_clicked_has_zeros():
    LinkFactory()

    link = with_clicks(AffiliateLink.objects.all(), "link").get()

    assert (link.human_clicks, link.unique_clicks, link.unmeasured_clicks, link.bot_clicks) == (0, 0, 0, 0)


@pytest.mark.parametrize("language", ["en", "EN-us", "de", "fr-CA", "xx", ""])
def test_every_language_has_words_and_a_label(language):
    source = Source("", language=language, jurisdictions=("US",))

    assert "Shop" in wording(source).see.format(store="Shop")
    assert "Shop" in wording(source).at.format(store="Shop")
    assert paid_label(source).startswith("(")
