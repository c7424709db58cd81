"""The pages of the reports, as staff see them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from affiliates.models import NetworkClickDay
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.reports.asking import EVERY, log_in, text_of, url
from tests.affiliates.reports.filling import ago, busy_day, earn, tally

pytestmark = pytest.mark.django_db
MAX_QUERIES = 15


@pytest.mark.parametrize("key", EVERY)
def test_a_new_site_has_every_page(staff, key):
    response = staff.get(url(key))

    assert response.status_code == 200
    assert 'class="nothing"' in response.content.decode()
    assert "What this does not know" in text_of(response)


@pytest.mark.parametrize("key", EVERY)
def test_every_page_shows_its_numbers(staff, placement, key):
    busy_day(placement, clicks=1_234, bots=7, views=40_000, impressions=30_000)
    NetworkClickDay.objects.create(
        network=placement.link.network, day=ago(1), click_count=1_300, import_file=import_file()
    )

    response = staff.get(url(key))

    assert "1,234" in text_of(response) or "1,241" in text_of(response)


def import_file():
    from affiliates.models import ImportFile
    from tests.affiliates.factories import network

    fields = {field.name for field in ImportFile._meta.concrete_fields}
    values = {"network": network(), "sha256": "0" * 64, "name": "clicks.csv"}
    return ImportFile.objects.create(**{name: value for name, value in values.items() if name in fields})


@pytest.mark.parametrize("key", EVERY)
@pytest.mark.parametrize("count", [1, 30])
def test_no_page_asks_more_than_fifteen_times(client, django_assert_max_num_queries, key, count):
    log_in(client, "Editor", "Publisher")
    for number in range(count):
        placement = PlacementFactory(link=LinkFactory(amazon=number % 2 == 0))
        busy_day(placement, clicks=10 + number, views=100)
        earn(placement, Decimal(5), days=1)
    client.get(url(key))

    with django_assert_max_num_queries(MAX_QUERIES):
        assert client.get(url(key)).status_code == 200


def test_the_period_before_is_set_beside(staff, placement):
    busy_day(placement, days=1, clicks=500)
    busy_day(placement, days=30, clicks=100)

    text = text_of(staff.get(url("article")))

    assert "+400 %" in text
    assert "100 before" in text


def test_a_small_difference_is_not_called_one(staff, placement):
    busy_day(placement, days=1, clicks=105)
    busy_day(placement, days=30, clicks=100)

    assert "no clear difference" in text_of(staff.get(url("article")))


def test_rows_whose_intervals_overlap_are_not_ranked(staff):
    clear, one, two = (PlacementFactory(article__title=title) for title in ("Clear", "One", "Two"))
    busy_day(clear, clicks=1_000, views=2_000)
    busy_day(one, clicks=101, views=2_000)
    busy_day(two, clicks=100, views=2_000)

    text = text_of(staff.get(url("article", "sort=rate")))

    assert "Group 1: clearly apart Clear" in text
    assert "Group 2: no clear difference between these 2" in text


def test_money_is_for_publishers(client, placement):
    busy_day(placement, views=10_000)
    for number in range(6):
        earn(placement, Decimal("12.50"), days=number + 1)
    log_in(client, "Editor")
    seen_by_editor = text_of(client.get(url("article")))
    log_in(client, "Editor", "Publisher")

    seen_by_publisher = text_of(client.get(url("article")))

    assert "Commission" not in seen_by_editor
    assert "75.00" not in seen_by_editor
    assert "75.00" in seen_by_publisher
    assert "Coverage: 100%" in seen_by_publisher


@pytest.mark.parametrize("key", ["overview", "article"])
def test_who_may_not_see_reports_is_refused(client, key):
    log_in(client, "Author")

    assert client.get(url(key)).status_code == 403
    assert client.get(reverse("admin:affiliates_report_file", args=["article"])).status_code == 403


def test_visitors_are_asked_to_log_in(client):
    assert client.get(url("article")).status_code == 302


def test_currencies_are_never_added_up(staff, placement):
    busy_day(placement)
    earn(placement, Decimal(10))
    earn(placement, Decimal(7), currency="USD", conversion_count=5)

    dollars, euros = (text_of(staff.get(url("overview", f"currency={name}"))) for name in ("USD", "EUR"))

    assert "Commission, USD 7.00" in dollars
    assert "Commission, EUR 10.00" in euros
    assert "17.00" not in dollars + euros
    assert "Currencies are never added up" in euros


def test_countries_that_stand_in_the_table_are_not_called_unknown(staff, settings):
    settings.COUNTRY_HEADER = ""
    tally("country", "", clicks=5)
    nothing_known = text_of(staff.get(url("country")))
    tally("country", "DE", clicks=3)

    text = text_of(staff.get(url("country")))

    assert "so all are unknown" in nothing_known
    assert "so clicks from now on are unknown" in text
    assert "all are unknown" not in text


def test_few_sales_have_no_interval(staff, placement):
    busy_day(placement, clicks=100)
    for _ in range(4):
        earn(placement, Decimal(10))

    text = text_of(staff.get(url("article")))

    assert "0.40 under 5 sales" in text


@pytest.mark.parametrize(
    ("days", "words"),
    [(40, ""), (30, "The days compared with begin before"), (3, "The days of this report begin before")],
)
def test_days_before_counting_began_are_named(staff, placement, days, words):
    busy_day(placement, days=1)
    busy_day(placement, days=56 if days == 40 else days)

    assert ("counting did" in text_of(staff.get(url("article")))) == bool(words)
    assert words in text_of(staff.get(url("article")))


def test_immature_days_are_marked(staff, placement):
    busy_day(placement, days=1)
    earn(placement, Decimal(10), days=5)

    text = text_of(staff.get(url("day")))

    assert text.count("immature: earnings still coming in") == 4
    assert "4 of 28 days are immature" in text


def test_a_direct_link_is_a_lower_bound(staff):
    placement = PlacementFactory(link=LinkFactory(amazon=True))
    busy_day(placement)

    assert "lower bound" in text_of(staff.get(url("network"))).partition("What this does not know")[0]


@pytest.mark.parametrize(
    ("theirs", "words"),
    [(100, "as expected"), (70, "1 network outside of the expected band"), (140, "1 network outside")],
)
def test_networks_counts_are_compared(staff, placement, theirs, words):
    tally("network", placement.link.network_id, clicks=100)
    tally("network", placement.link.network_id, days=3, clicks=900)  # not reported, so not compared
    NetworkClickDay.objects.create(
        network=placement.link.network, day=ago(1), click_count=theirs, import_file=import_file()
    )

    assert words in text_of(staff.get(url("reconcile")))


def test_a_network_that_is_counted_by_script_may_count_more(staff):
    placement = PlacementFactory(link=LinkFactory(amazon=True))
    tally("network", placement.link.network_id, clicks=100)
    NetworkClickDay.objects.create(
        network=placement.link.network, day=ago(1), click_count=200, import_file=import_file()
    )

    assert "as expected of links that we count by script" in text_of(staff.get(url("reconcile")))


@pytest.mark.parametrize(
    "query",
    [
        "period=own&from=x&to=y",
        "period=own&from=0001-01-01&to=9999-12-31",
        "page=0",
        "page=99999",
        "page=-1",
        "page=%D9%A3",
        "sort=password",
        "currency=%3Cscript%3E",
        "compare=own&cfrom=2026-01-01&cto=",
        "period=" + "9" * 500,
        "period=%00",
    ],
)
def test_hostile_questions_get_an_ordinary_answer(staff, placement, query):
    busy_day(placement)

    response = staff.get(url("article", query))

    assert response.status_code == 200
    assert "<script>" not in text_of(response)


def test_an_unknown_report_is_not_found(staff):
    assert staff.get(url("nothing")).status_code == 404


def test_many_rows_come_on_several_pages(staff):
    for number in range(60):
        tally("referrer", f"host-{number:02}.example", clicks=100 - number)

    first, second = (text_of(staff.get(url("referrer", f"page={number}"))) for number in (1, 2))

    assert "host-49.example" in first
    assert "host-50.example" not in first
    assert "60 rows, page 2 of 2" in second


def test_no_style_or_script_stands_in_the_page(staff, placement):
    busy_day(placement, views=1_000)

    for key in EVERY:
        content = staff.get(url(key)).content.decode().partition('class="report"')[2].partition("</main>")[0]
        assert " style=" not in content
        assert "<script" not in content
