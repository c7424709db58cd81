"""The ledger as CSV: every row, the filters of the list, the right to see it, and no more memory for more rows."""

import csv
import io
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from affiliates.earnings import services
from affiliates.models import Conversion, TagPool
from tests.affiliates.earnings.desk import list_url
from tests.affiliates.earnings.reports import amazon, awin, put_amazon, put_awin, sub_id
from tests.affiliates.factories import PlacementFactory, network
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
FILE = reverse("admin:affiliates_conversion_file")


def download(client, query=""):
    response = client.get(f"{FILE}?{query}")
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def total(rows, column="commission"):
    return sum((Decimal(row[column]) for row in rows), Decimal(0))


def test_every_row_with_its_place_and_its_import(staff):
    placement = PlacementFactory()
    record = put_awin(awin(1, "2.50", sub_id=sub_id(placement)), awin(2, "1.00"))

    rows = {row["conversion"]: row for row in download(staff)}

    assert len(rows) == 2
    assert rows["1"]["articles"] == placement.article.slug
    assert rows["1"]["placement"] == placement.public_id
    assert rows["1"]["joined_by"] == "placement_sub_id"
    assert (rows["1"]["commission"], rows["1"]["currency"]) == ("2.5000", "EUR")
    assert rows["1"]["attributed_commission"] == "2.5000"
    assert rows["2"]["attributed_commission"] == "0.0000"
    assert rows["1"]["sold_at"] == "2026-03-05T10:00:00+00:00"
    assert (rows["1"]["import"], rows["1"]["import_file"]) == (str(record.pk), "report.csv")


def test_its_sum_is_that_of_the_ledger_after_corrections_and_an_undoing(staff):
    put_awin(awin(1), awin(2))
    second = put_awin(awin(1, "7.00", "approved"), awin(2, status="declined"))
    assert total(download(staff)) == Decimal(7)
    services.undo(second)

    rows = download(staff)

    assert len(rows) == Conversion.objects.count()
    assert total(rows) == Decimal(20)


def test_shared_earnings_are_one_line_with_both_articles(staff):
    for slug in ("zinc", "iron"):
        TagPool.objects.create(
            network=network("amazon"), tracking_id="a-20", article=ArticleFactory(slug=slug)
        )
    put_amazon(amazon("B1", "1.01", tag="a-20"))

    (row,) = download(staff)

    assert set(row["articles"].split(" | ")) == {"zinc", "iron"}
    assert row["attributed_commission"] == row["commission"] == "1.0100"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"1", "2", "sale-3"}),
        ("currency=GBP", {"2"}),
        ("status__exact=approved", {"sale-3"}),
        ("q=sale-3", {"sale-3"}),
        ("event_at__year=2026&event_at__month=4", {"sale-3"}),
        ("method=placement_sub_id", set()),
    ],
)
def test_the_filters_of_the_list_hold(staff, query, expected):
    put_awin(awin(1), awin(2, currency="GBP"), awin("sale-3", status="approved", day="2026-04-02"))

    assert {row["conversion"] for row in download(staff, query)} == expected


def test_a_filter_that_does_not_exist_is_told(staff):
    response = staff.get(f"{FILE}?network__id__exact=x")

    assert response.status_code == 400
    assert b"no such filter" in response.content


def test_amounts_below_zero_are_numbers_and_texts_of_strangers_no_formulas(staff):
    put_awin(awin(1, "-2.00", sub_id="=HYPERLINK(1)"))

    (row,) = download(staff)

    assert row["commission"] == "-2.0000"
    assert row["sub_id"] == "'=HYPERLINK(1)"


def test_the_list_links_to_it_with_its_filters(staff):
    put_awin(awin(1))

    page = staff.get(list_url("conversion"), {"status__exact": "pending"}).content.decode()

    assert f"{FILE}?status__exact=pending" in page


@pytest.mark.parametrize(("codename", "status"), [("view_conversion", 200), ("view_importfile", 403)])
def test_it_needs_the_right_to_see_the_ledger(client, codename, status):
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(person)

    response = client.get(FILE)

    assert response.status_code == status
    assert b"".join(response)  # to its end, which closes the query


@pytest.mark.parametrize("count", [1, 30])
def test_its_queries_do_not_grow_with_the_rows(staff, django_assert_num_queries, count):
    placement = PlacementFactory()
    put_awin(*(awin(number, sub_id=sub_id(placement)) for number in range(count)))

    with django_assert_num_queries(10):  # session, person, what the list asks for; rows, shares, articles
        rows = download(staff)

    assert len(rows) == count


def test_it_is_sent_row_by_row(staff, monkeypatch):
    monkeypatch.setattr("affiliates.admin.ledger_file.AT_ONCE", 2)
    put_awin(*(awin(number) for number in range(6)))
    response = staff.get(FILE)

    pieces = iter(response.streaming_content)

    assert response.streaming
    assert next(pieces).startswith(b"sold_at,posted_at,network")
    assert next(pieces).count(b"\n") == 1
    assert len(list(pieces)) == 5
