"""Every report page over the sums of 10 million clicks, 5,000 links and a year, beside the year before it."""

import statistics
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from affiliates.models import Click, ImportFile, Network
from affiliates.reports.pages import PAGES
from affiliates.sums import clicks_of
from affiliates.tallies.increments import count_new
from affiliates.tallies.settling import settle_day
from tests.affiliates.factories import LinkFactory
from tests.benchmarks import filling
from tests.factories import UserFactory

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
ROUNDS, MOST_MS, MAX_QUERIES = 5, 300, 15
QUERIES = {
    "28 days": "",
    "28 days by EPC": "sort=epc",
    "90 days, a year before": "period=90&compare=year",
    "365 days, the year before": "period=365",
}
TODAYS_CLICKS, NEW_CLICKS = 100_000, 500


def address(key):
    if key == "overview":
        return reverse("admin:affiliates_report_changelist")
    return reverse("admin:affiliates_report_page", args=[key])


def timed(client, url):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        response = client.get(url)
        times.append((time.perf_counter() - start) * 1_000)
        assert response.status_code == 200
    return statistics.median(times)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite makes these sums for an hour")
def test_pages_of_a_large_site(client, say):
    filling.records()
    values = {"network": Network.objects.first(), "sha256": "0" * 64, "name": "clicks.csv"}
    known = {field.name for field in ImportFile._meta.concrete_fields}
    file = ImportFile.objects.create(**{name: value for name, value in values.items() if name in known})
    filling.sums(file.pk)
    user = UserFactory(is_staff=True)
    user.groups.add(*Group.objects.filter(name__in=["Editor", "Publisher"]))
    client.force_login(user)

    year = "start > current_date - 366 AND span = 1"
    clicks = filling.one(f"SELECT sum(clicks) FROM affiliates_tally WHERE dimension = 'total' AND {year}")
    rows = filling.one(f"SELECT count(*) FROM affiliates_tally WHERE {year}")
    every = filling.one("SELECT count(*) FROM affiliates_tally")
    money = filling.one("SELECT count(*) FROM affiliates_earningsday")
    size = filling.one("SELECT pg_total_relation_size('affiliates_tally')") // 2**20
    say(
        f"Reports on PostgreSQL: {clicks:,} clicks in a year on {filling.LINKS:,} links; {rows:,} day sums of that "
        f"year, {every:,} sums of any length for two years ({size} MB), {money:,} day sums of money"
    )
    slowest = {}
    for key in ["overview", *PAGES]:
        times = []
        for query in QUERIES.values():
            url = f"{address(key)}?{query}"
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            assert len(asked) <= MAX_QUERIES, [query["sql"][:80] for query in asked]
            times.append(timed(client, url))
        slowest[key] = max(times)
        say(f"  {key:10} " + "  ".join(f"{took:5.0f} ms" for took in times) + f"  {len(asked)} queries")
    say("  for " + "; ".join(QUERIES) + "\n")

    assert max(slowest.values()) <= MOST_MS, slowest


def test_counting_today_does_not_read_its_clicks_again(say):
    """One more minute of clicks, after 500 and after 100,000 of the same day."""
    link, noon = LinkFactory(), datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    took = {}
    for already in (NEW_CLICKS, TODAYS_CLICKS):
        clicked(link, noon, already - Click.objects.count())
        while count_new():
            pass
        clicked(link, noon, NEW_CLICKS)
        start = time.perf_counter()
        assert count_new() == NEW_CLICKS
        took[already] = (time.perf_counter() - start) * 1_000
    start = time.perf_counter()
    settle_day(noon.date())
    whole = (time.perf_counter() - start) * 1_000

    few, many = took.values()
    say(
        f"Counting {NEW_CLICKS} clicks on {connection.vendor}: {few:.0f} ms after {NEW_CLICKS}, {many:.0f} ms after "
        f"{TODAYS_CLICKS:,} of the day; the whole day ({clicks_of(noon.date()).count():,}) once, when it is over: "
        f"{whole:,.0f} ms\n"
    )
    assert many < 3 * few + 50


def clicked(link, noon, number):
    first = Click.objects.count()
    Click.objects.bulk_create(
        (
            Click(
                link=link,
                time=noon + timedelta(seconds=(first + n) // 10),
                click_class="human",
                channel="redirect",
                day_visitor=(first + n) * 7919,
                country="DE",
                device="phone",
                referrer_host=f"host-{n % 30}.example",
            )
            for n in range(number)
        ),
        batch_size=2_000,
    )
