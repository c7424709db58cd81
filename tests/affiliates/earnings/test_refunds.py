"""A refund belongs to the place and to the day of its sale, whichever of the two is read first."""

from decimal import Decimal

import pytest

from affiliates.earnings import services
from affiliates.earnings.attribution import UNATTRIBUTED, Share
from affiliates.earnings.refunds import surest
from affiliates.models import Attribution, Conversion, EarningsDay, ImportFile, TagPool
from articles.models import SlugClaim
from tests.affiliates.earnings.reports import awin, day_sums, put, put_awin, sub_id, text_of
from tests.affiliates.factories import PlacementFactory, network
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

HEADER = ["commissionId", "originalActionId", "original", "eventDate", "postingDate", "pubCommissionAmountUsd",
          "shopperId"]  # fmt: skip
TAGGED = {
    "mode": "events",
    "currency": "USD",
    "columns": {
        "external_id": "Order",
        "event_id": "Event",
        "event_at": "Day",
        "commission": "Paid",
        "sub_id": "Sub",
        "tracking_id": "Tag",
        "referrer": "Page",
    },
}


@pytest.fixture
def placement():
    return PlacementFactory()


def cj(*rows, **options):
    return put(text_of(HEADER, rows), "cj", **options)


def sale(placement, number=1, paid="5.00", day="2026-03-05"):
    return [f"c{number}", f"o{number}", "true", day, day, paid, sub_id(placement)]


def refund(number=1, paid="-5.00", day="2026-04-09"):
    return [f"r{number}", f"o{number}", "false", day, day, paid, ""]


def tagged(*rows):
    return put(text_of(list(TAGGED["columns"].values()), rows), "direct-merchant", mapping=TAGGED)


def tag(**values):
    return TagPool.objects.create(network=network("direct-merchant"), tracking_id="site-20", **values)


def article_sums():
    """What the reports show by article, without what is zero."""
    found = {}
    for row in EarningsDay.objects.all():
        found[row.article_id] = found.get(row.article_id, 0) + row.commission
    return {article: sum_ for article, sum_ in found.items() if sum_}


def test_a_refund_read_first_follows_its_sale_to_the_article(placement):
    cj(refund(paid="-2.00"))

    cj(sale(placement))

    assert article_sums() == {placement.article_id: Decimal(3)}
    assert set(Attribution.objects.values_list("placement", flat=True)) == {placement.pk}


def test_a_refund_read_first_moves_to_the_day_of_its_sale(placement):
    cj(refund(paid="-2.00"))

    cj(sale(placement))

    assert day_sums() == [("2026-03-05", placement.article_id, "USD", "3.00", "3.00", 1)]


def test_either_order_leaves_the_same_sums(placement):
    cj(sale(placement, 1))
    cj(refund(1))
    cj(refund(2))
    cj(sale(placement, 2))

    sums = {
        number: sum(row.commission for row in Conversion.objects.filter(external_id=number))
        for number in ("o1", "o2")
    }
    assert sums == {"o1": 0, "o2": 0}
    assert article_sums() == {}


def test_the_ledger_keeps_where_the_refund_stood(placement):
    cj(refund(paid="-2.00"))
    before = Conversion.objects.values().get()

    cj(sale(placement))

    assert Conversion.objects.values().get(id=before["id"]) == before
    assert sorted(Conversion.objects.values_list("commission", flat=True)) == [-2, -2, 2, 5]


def test_reading_either_file_again_changes_nothing(placement):
    cj(refund(paid="-2.00"))
    cj(sale(placement))
    before = list(Conversion.objects.order_by("pk").values())

    cj(refund(paid="-2.00"), again=True)
    cj(sale(placement), again=True)

    assert list(Conversion.objects.order_by("pk").values()) == before


def test_both_in_one_file_after_the_refund_alone(placement):
    cj(refund(paid="-2.00"))

    cj(sale(placement), refund(paid="-2.00"))

    assert day_sums() == [("2026-03-05", placement.article_id, "USD", "3.00", "3.00", 1)]


def test_a_sale_without_a_place_leaves_its_refund_without_one(placement):
    cj(refund(paid="-2.00"))

    cj([*sale(placement)[:-1], ""])

    assert article_sums() == {None: Decimal(3)}
    assert Attribution.objects.count() == Conversion.objects.count()


def test_taking_the_sale_back_leaves_what_the_refund_said(placement):
    cj(refund(paid="-2.00"))
    record = cj(sale(placement))

    services.undo(ImportFile.objects.get(pk=record.pk))

    assert [(row[0], row[3]) for row in day_sums()] == [("2026-04-09", "-2.00")]
    assert sum(Attribution.objects.values_list("commission", flat=True)) == Decimal(-2)


def test_taking_both_back_leaves_no_day_with_money(placement):
    first, second = cj(refund(paid="-2.00")), cj(sale(placement))

    for record in (second, first):
        services.undo(ImportFile.objects.get(pk=record.pk))

    assert day_sums() == []


def test_a_sale_that_is_read_again_after_it_was_taken_back_has_its_refund_again(placement):
    cj(refund(paid="-2.00"))
    services.undo(ImportFile.objects.get(pk=cj(sale(placement)).pk))

    cj(sale(placement), again=True)

    assert day_sums() == [("2026-03-05", placement.article_id, "USD", "3.00", "3.00", 1)]


def test_the_preview_promises_what_the_import_keeps(placement):
    cj(refund(paid="-2.00"))
    promised = cj(sale(placement), commit=False)
    assert Conversion.objects.count() == 1

    record = cj(sale(placement))

    assert promised.totals == record.totals
    assert Decimal(record.totals["USD"]["commission"]) == 5


@pytest.mark.parametrize("sale_first", [True, False])
def test_a_tracking_id_of_the_whole_site_does_not_keep_a_refund_from_its_article(placement, sale_first):
    tag()
    rows = [
        ["1", "a", "2026-03-05", "5.00", sub_id(placement), "site-20", ""],
        ["1", "b", "2026-04-09", "-2.00", "", "site-20", ""],
    ]

    for row in rows if sale_first else reversed(rows):
        tagged(row)

    assert article_sums() == {placement.article_id: Decimal(3)}


def test_assigning_the_tracking_id_anew_leaves_the_refund_with_its_sale(placement):
    tag()
    tagged(
        ["1", "a", "2026-03-05", "5.00", sub_id(placement), "site-20", ""],
        ["1", "b", "2026-04-09", "-2.00", "", "site-20", ""],
    )

    services.reattribute(network("direct-merchant"), ["site-20"])

    assert article_sums() == {placement.article_id: Decimal(3)}


def test_a_tracking_id_that_changes_hands_takes_its_refunds_along():
    before, after = ArticleFactory(), ArticleFactory()
    pool = tag(article=before)
    tagged(
        ["1", "a", "2026-03-05", "5.00", "", "site-20", ""],
        ["1", "b", "2026-04-09", "-2.00", "", "site-20", ""],
    )

    TagPool.objects.filter(pk=pool.pk).update(article=after)
    services.reattribute(network("direct-merchant"), ["site-20"])

    assert article_sums() == {after.pk: Decimal(3)}


def test_a_place_that_the_referring_page_told_is_not_forgotten(settings):
    settings.SITE_URL = "https://chelate.example"
    claim = SlugClaim.objects.create(slug="zinc", article=ArticleFactory())
    tagged(["1", "a", "2026-03-05", "5.00", "", "site-20", "https://chelate.example/articles/zinc/"])
    tag()

    services.reattribute(network("direct-merchant"), ["site-20"])

    assert article_sums() == {claim.article_id: Decimal(5)}


def test_a_refund_that_names_its_own_place_keeps_it(placement):
    other = PlacementFactory()
    put_awin(awin(1, sub_id=sub_id(placement)))
    cj(sale(placement), [*refund(paid="-2.00")[:-1], sub_id(other)])

    sums = article_sums()

    assert sums[other.article_id] == Decimal(-2)


@pytest.mark.parametrize("known", [[], [UNATTRIBUTED]])
def test_the_place_goes_before_the_method_that_knows_none(known):
    of_site, of_article = (Share("tag_pool"),), (Share("placement_sub_id", article_id=1),)

    assert surest([*known, of_site, of_article]) == of_article
    assert surest([*known, of_site]) == of_site
    assert surest(known) == UNATTRIBUTED
