"""Whose is a conversion: the click's, the placement's, the tracking ID's, the page's, or nobody's."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from affiliates.earnings import services
from affiliates.earnings.attribution import Clue, Places, article_slug, looks_damaged
from affiliates.earnings.shares import equal_weights, split
from affiliates.models import Attribution, Click, Conversion, EarningsDay, TagPool
from affiliates.subids import encode
from articles.models import SlugClaim
from tests.affiliates.earnings.reports import (
    amazon,
    awin,
    day_sums,
    put_amazon,
    put_awin,
    sub_id,
)
from tests.affiliates.factories import PlacementFactory, network
from tests.factories import ArticleFactory, TopicFactory

pytestmark = pytest.mark.django_db


def tag(tracking_id="a-20", **values):
    return TagPool.objects.create(network=network("amazon"), tracking_id=tracking_id, **values)


def found():
    return [
        (share.method, share.article_id, share.placement_id, share.link_id, share.commission)
        for share in Attribution.objects.order_by("pk")
    ]


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.title])
def test_a_placement_is_found_by_its_sub_id_in_any_case(spelling):
    placement = PlacementFactory()

    put_awin(awin(1, sub_id=spelling(sub_id(placement))))

    assert found() == [
        ("placement_sub_id", placement.article_id, placement.pk, placement.link_id, Decimal(10))
    ]
    assert Conversion.objects.get().placement == placement


def test_the_sub_id_may_stand_in_another_column():
    placement = PlacementFactory()
    row = awin(1, sub_id="summer-sale")
    row[8] = sub_id(placement)

    put_awin(row)

    assert found()[0][2] == placement.pk


def test_a_click_is_found_by_its_token():
    placement = PlacementFactory()
    click = Click.objects.create(
        time=timezone.now(),
        link=placement.link,
        placement=placement,
        click_class="human",
        channel="redirect",
        click_token="01234567",
    )

    put_awin(awin(1, sub_id=encode(placement.public_id, 3, "01234567")))

    assert found()[0][:3] == ("click_token", placement.article_id, placement.pk)
    assert Conversion.objects.get().click == click


def test_a_deleted_click_leaves_the_conversion_with_its_placement():
    placement = PlacementFactory()
    click = Click.objects.create(
        time=timezone.now(),
        link=placement.link,
        placement=placement,
        click_class="human",
        channel="redirect",
        click_token="01234567",
    )
    put_awin(awin(1, sub_id=encode(placement.public_id, 3, "01234567")))

    click.delete()
    put_awin(awin(1, "4.00", sub_id=encode(placement.public_id, 3, "01234567")))

    assert Conversion.objects.filter(click=None).count() == 2
    assert {share[2] for share in found()} == {placement.pk}


@pytest.mark.parametrize("cut", [11, 8, 7])
def test_a_cut_sub_id_is_told_and_joined_to_nothing(cut):
    placement = PlacementFactory(public_id="7k2m9x")

    record = put_awin(awin(1, sub_id=sub_id(placement)[:cut]))

    assert found()[0][:2] == ("unattributed", None)
    assert "1 sub-ID looks like ours but arrived cut" in record.message


@pytest.mark.parametrize("text", ["", "amazing", "newsletter-2026", "a", "blog"])
def test_sub_ids_of_others_are_not_called_damaged(text):
    assert not looks_damaged(text)


def test_a_tracking_id_of_an_article_tells_the_article():
    article = ArticleFactory()
    tag("Chelate-MG-20", article=article)

    put_amazon(amazon("B1", "1.00", "chelate-mg-20"))

    assert found() == [("tag_pool", article.pk, None, None, Decimal(1))]


def test_a_tracking_id_counts_for_the_days_it_was_assigned():
    before, after = ArticleFactory(), ArticleFactory()
    tag(article=before, valid_until=date(2026, 3, 5))
    tag(article=after, valid_from=date(2026, 3, 6))

    put_amazon(
        *(amazon("B1", fee, "a-20", day) for fee, day in [("1.00", "2026-03-05"), ("2.00", "2026-03-06")])
    )

    assert {(row[1], row[4]) for row in found()} == {(before.pk, Decimal(1)), (after.pk, Decimal(2))}


def test_two_articles_with_one_tracking_id_share_to_the_cent():
    articles = [ArticleFactory() for _ in range(3)]
    for article in articles:
        tag(article=article)

    put_amazon(amazon("B1", "1.00", "a-20"))

    shares = Attribution.objects.order_by("article_id")
    assert [share.commission for share in shares] == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]
    assert sum(share.weight for share in shares) == 1
    assert [share.conversion_count for share in shares] == [1, 0, 0]
    assert {share.confidence for share in shares} == {Decimal("0.5")}


def test_a_topics_tracking_id_tells_no_article():
    tag(topic=TopicFactory())

    put_amazon(amazon("B1", "1.00", "a-20"))

    assert found() == [("tag_pool", None, None, None, Decimal(1))]


def test_only_commission_that_names_an_article_counts_as_joined():
    placement = PlacementFactory()
    lost = PlacementFactory(article=None)
    tag()

    of_the_site = put_amazon(amazon("B1", "1.00", "a-20"))
    by_sub_id = put_awin(awin(1, "4.00", sub_id=sub_id(placement)), awin(2, "2.00", sub_id=sub_id(lost)))

    (dollars,), (euros,) = of_the_site.totals.values(), by_sub_id.totals.values()
    assert Decimal(dollars["attributed"]) == 0
    assert (Decimal(euros["commission"]), Decimal(euros["attributed"])) == (6, 4)


def test_an_article_goes_before_the_site_with_the_same_tracking_id():
    article = ArticleFactory()
    tag()
    tag(article=article)

    put_amazon(amazon("B1", "1.00", "a-20"))

    assert [share[1] for share in found()] == [article.pk]


def test_an_unknown_tracking_id_is_not_attributed():
    put_amazon(amazon("B1", "1.00", "other-20"))

    assert found() == [("unattributed", None, None, None, Decimal(1))]


def test_a_tracking_id_that_is_assigned_later_finds_what_was_imported():
    put_amazon(amazon("B1", "1.00", "a-20"), amazon("B1", "5.00", "b-20"))
    article = ArticleFactory()
    tag(article=article)

    assert services.reattribute(network("amazon"), ["a-20"]) == 1

    sums = {row.article_id: row.commission for row in EarningsDay.objects.all()}
    assert sums == {article.pk: Decimal(1), None: Decimal(5)}


def test_a_referring_page_of_this_site_tells_the_article(settings):
    settings.SITE_URL = "https://chelate.example"
    article = ArticleFactory()
    SlugClaim.objects.create(slug="zinc-and-immunity", article=article)

    put_awin(awin(1, url="https://www.chelate.example/articles/zinc-and-immunity/?utm=x"))

    assert found()[0][:2] == ("referring_url", article.pk)


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example/articles/zinc/",
        "https://chelate.example/topics/zinc/",
        "https://[/articles/zinc/",
        "zinc",
    ],
)
def test_other_pages_tell_nothing(settings, address):
    settings.SITE_URL = "https://chelate.example"

    assert article_slug(address) == ""


def test_a_correction_belongs_where_the_sale_does():
    placement = PlacementFactory()
    put_awin(awin(1, sub_id=sub_id(placement)))

    put_awin(awin(1, "4.00"))

    assert day_sums() == [("2026-03-05", placement.article_id, "EUR", "4.00", "4.00", 1)]


def test_earnings_of_a_deleted_article_are_kept():
    placement = PlacementFactory()
    put_awin(awin(1, sub_id=sub_id(placement)))

    placement.article.delete()
    put_awin(awin(2, "1.00"))

    assert sum(Decimal(row[3]) for row in day_sums()) == Decimal(11)


@pytest.mark.parametrize("count", [1, 2, 40])
def test_finding_places_takes_the_same_queries_for_any_number(count, django_assert_num_queries):
    placements = [PlacementFactory() for _ in range(count)]
    places = Places(network())

    with django_assert_num_queries(1):  # placements
        shares = places.find([Clue(sub_id(placement)) for placement in placements])

    assert [share[0].placement_id for share in shares] == [placement.pk for placement in placements]


@given(st.integers(-100_000, 100_000), st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_shares_sum_to_the_whole_and_differ_by_a_cent_at_most_from_their_part(amount, weights):
    whole = Decimal(amount) / 100

    shares = split(whole, [Decimal(weight) for weight in weights])

    assert sum(shares) == whole
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - whole * weight / sum(weights)) < Decimal("0.0100001")
        assert share == share.quantize(Decimal("0.01"))


@given(st.integers(1, 60))
def test_weights_sum_to_one(count):
    assert sum(equal_weights(count)) == 1


def test_fractions_of_a_cent_are_not_lost():
    assert split(Decimal("0.0301"), [Decimal(1), Decimal(1)]) == [Decimal("0.0151"), Decimal("0.0150")]
