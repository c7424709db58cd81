"""Reports of unusual sites: nothing, one day, a leap day, many rows, more taken back than sold."""

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from freezegun import freeze_time

from affiliates.models import EarningsTally, Tally
from affiliates.reports import earned
from affiliates.reports.periods import Period
from affiliates.tallies.spans import start_of
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.reports.asking import EVERY, log_in, text_of, url
from tests.affiliates.reports.filling import ago, busy_day, earn, tally

pytestmark = pytest.mark.django_db


def file_of(client, key, query=""):
    response = client.get(reverse("admin:affiliates_report_file", args=[key]) + f"?{query}")
    return response.getvalue().decode()


def rows_of(client, key, query=""):
    return list(csv.DictReader(io.StringIO(file_of(client, key, query))))


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("key", EVERY)
def test_ten_times_the_rows_are_no_more_queries(staff, key):
    def fill(count):
        for number in range(count):
            placement = PlacementFactory(link=LinkFactory(amazon=number % 2 == 0))
            busy_day(placement, clicks=10 + number, views=100)
            earn(placement, Decimal(5), days=1 + number % 3)

    fill(2)
    few = queries_of(staff, url(key))
    fill(20)

    assert queries_of(staff, url(key)) == few


@pytest.mark.parametrize("key", EVERY)
def test_a_file_of_an_empty_site_has_a_heading(staff, key):
    head, *rest = list(csv.reader(io.StringIO(file_of(staff, key, "period=7"))))

    assert head[0] in ("key", "network")
    assert len(rest) == (7 if key in ("overview", "day") else 0)


def test_one_day_stands_beside_the_day_before(staff, placement):
    busy_day(placement, days=3, clicks=500)
    busy_day(placement, days=4, clicks=100)
    earn(placement, Decimal("7.25"), days=3)
    earn(placement, Decimal(99), days=4)
    day = ago(3).isoformat()

    text = text_of(staff.get(url("overview", f"period=own&from={day}&to={day}")))

    assert f"{ago(3):%-d %B %Y}, beside {ago(4):%-d %B %Y}" in text
    assert "+400 % 100 before" in text
    assert "Commission, EUR 7.25 0.00 of it pending; 99.00 in the other days" in text


@freeze_time("2028-03-02 12:00")
@pytest.mark.parametrize(
    ("query", "total"), [("period=7", "7.00"), ("period=own&from=2028-02-29&to=2028-02-29", "2.00")]
)
def test_a_leap_day_is_counted_once(client, placement, query, total):
    log_in(client, "Editor", "Publisher")
    for days, commission in (
        (1, 1),
        (2, 2),
        (3, 4),
        (367, 8),
    ):  # 1 March, 29 and 28 February, 1 March of 2027
        earn(placement, Decimal(commission), days=days)
        busy_day(placement, days=days, clicks=commission)

    (row,) = rows_of(client, "article", query)

    assert row["commission"] == f"{total}00"
    assert row["clicks"] == total[0]


@freeze_time("2028-03-02 12:00")
def test_the_year_before_a_leap_year_is_as_long(client, placement):
    log_in(client, "Editor", "Publisher")
    earn(placement, Decimal(3), days=365)
    earn(placement, Decimal(5), days=366)  # the first of the days before

    (row,) = rows_of(client, "link", "period=365")

    assert (row["commission"], row["commission_before"]) == ("3.0000", "5.0000")


def test_each_currency_has_rows_sorted_by_its_own_money(staff):
    euros, both = PlacementFactory(article__title="Euros"), PlacementFactory(article__title="Both")
    for place, amount, currency in ((euros, 50, "EUR"), (both, 5, "EUR"), (both, 900, "USD")):
        busy_day(place)
        earn(place, Decimal(amount), currency=currency)

    names = {
        currency: [row["name"] for row in rows_of(staff, "article", f"sort=commission&currency={currency}")]
        for currency in ("EUR", "USD", "XXX")
    }

    assert names == {"EUR": ["Euros", "Both"], "USD": ["Both", "Euros"], "XXX": ["Euros", "Both"]}


def test_more_taken_back_than_sold_is_a_loss_without_an_interval(staff, placement):
    busy_day(placement, clicks=100, views=5_000)
    for _ in range(6):
        earn(placement, Decimal(10), days=2)
    for _ in range(7):
        earn(placement, Decimal("-12.5"), days=1, conversion_count=-1)

    page = text_of(staff.get(url("article")))
    (row,) = rows_of(staff, "article")

    assert "-27.50" in page
    assert "Coverage" not in page
    assert (row["sales"], row["commission"], row["epc"]) == ("-1", "-27.5000", "")


@pytest.mark.parametrize("key", EVERY)
@pytest.mark.parametrize("sort", ["clicks", "commission", "epc", "rpm", "rate", "seen", "unique"])
def test_a_loss_breaks_no_order(staff, placement, key, sort):
    busy_day(placement, clicks=3)
    earn(placement, Decimal(-4), conversion_count=-1)
    earn(PlacementFactory(), Decimal(2), conversion_count=0)

    assert staff.get(url(key, f"sort={sort}")).status_code == 200


def test_money_of_a_place_without_clicks_is_a_row(staff, placement):
    earn(placement, Decimal(4))

    (row,) = rows_of(staff, "placement")

    assert (row["clicks"], row["commission"]) == ("0", "4.0000")


def test_five_thousand_rows_are_one_file(staff):
    Tally.objects.bulk_create(
        Tally(
            dimension="link", key=str(number), span=1, start=ago(1), clicks=number, unique_clicks=number // 2
        )
        for number in range(1, 5_001)
    )

    found = rows_of(staff, "link")

    assert [row["key"] for row in found] == [str(number) for number in range(5_000, 0, -1)]
    assert sum(int(row["clicks"]) for row in found) == 5_000 * 5_001 // 2
    assert found[0]["name"] == "Deleted (5000)"


def test_a_file_asks_as_often_for_five_thousand_rows_as_for_five(staff):
    address = reverse("admin:affiliates_report_file", args=["link"])

    def ask():
        with CaptureQueriesContext(connection) as asked:
            staff.get(address).getvalue()
        return len(asked)

    Tally.objects.bulk_create(
        Tally(dimension="link", key=str(n), span=1, start=ago(1), clicks=1) for n in range(5)
    )
    few = ask()
    Tally.objects.bulk_create(
        Tally(dimension="link", key=str(n), span=1, start=ago(1), clicks=1) for n in range(5, 5_000)
    )

    assert ask() == few


def test_groups_are_of_all_rows_not_of_the_page(staff):
    for number in range(60):
        tally("article", f"9{number:03}", clicks=100, unique_clicks=80, views=1_000)

    first, second = (text_of(staff.get(url("article", f"sort=rate&page={number}"))) for number in (1, 2))

    assert "Group 1: no clear difference between these 60" in first
    assert "Group 1: no clear difference between these 60" in second


def test_the_sum_below_a_page_is_of_all_rows(staff):
    for number in range(60):
        tally("article", f"9{number:03}", clicks=10, unique_clicks=8, views=100)

    text = text_of(staff.get(url("article", "page=2")))

    assert "All together 600 480" in text


GOLDEN = """\
key,commission,sales,pending,epc,epc_low,epc_high,commission_before
A,33.6334,9,10.1000,0.067267,0.020929,0.203424,0.0000
none,0.0001,1,0.0000,,,,0.0000
B,-0.3000,0,-0.3000,,,,0.1000
"""


@freeze_time("2026-05-20 12:00")
def test_the_numbers_are_the_same_on_every_database(staff):
    """SQLite keeps money as floating point, PostgreSQL as decimals."""
    one, two = PlacementFactory(), PlacementFactory()
    names = {str(one.article_id): "A", str(two.article_id): "B", "none": "none"}
    busy_day(one, clicks=500)
    for days, amount, count, pending in (
        (1, "0.1", 1, "0.1"), (1, "0.2", 1, "0"), (8, "3.3333", 3, "0"), (15, "10", 1, "10"), (22, "20.0001", 3, "0"),
    ):  # fmt: skip
        earn(one, Decimal(amount), days=days, conversion_count=count, pending_commission=Decimal(pending))
    earn(two, Decimal("0.1"), days=40)
    earn(two, Decimal("0.3"), days=9)
    earn(two, Decimal("-0.6"), days=10, conversion_count=-1, pending_commission=Decimal("-0.3"))
    earn(one, Decimal("0.0001"), days=3, method="unattributed", article=None, placement=None, link=None)

    columns = GOLDEN.splitlines()[0].split(",")
    lines = [
        ",".join([names[row["key"]], *(row[name] for name in columns[1:])])
        for row in rows_of(staff, "article", "sort=commission")
    ]

    assert [",".join(columns), *lines] == GOLDEN.splitlines()


def test_whole_weeks_of_money_are_not_read_by_day(placement):
    for days in range(1, 100):
        earn(placement, Decimal(1), days=days)
    EarningsTally.objects.filter(span=1, dimension="link", start__lt=ago(28)).delete()

    found = earned.by_key("link", Period(start_of(ago(99), 28), ago(1)))

    assert found.of("EUR")[str(placement.link_id)].commission == 99
