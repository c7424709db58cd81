"""Every report page over the sums of 10 million clicks, 5,000 links and a year, beside the year before it."""

import os
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
ROUNDS, MAX_QUERIES, TICKS = 5, 15, os.sysconf("SC_CLK_TCK")
QUERIES = {
    "28 days": "",
    "28 days by EPC": "sort=epc",
    "90 days, a year before": "period=90&compare=year",
    "365 days, the year before": "period=365",
}
BAR_MS = 300  # for every page and period: of CPU, or on the clock if nothing else runs
TODAYS_CLICKS, NEW_CLICKS = 100_000, 500


def address(key):
    if key == "overview":
        return reverse("admin:affiliates_report_changelist")
    return reverse("admin:affiliates_report_page", args=[key])


def database_cpu():
    """The milliseconds that PostgreSQL's processes have used so far, the ended ones too."""
    server = stat(filling.one("SELECT pg_backend_pid()"))[1]
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    used = sum(sum(map(int, stat(child)[11:13])) for child in children)
    return (used + sum(map(int, stat(server)[13:15]))) * 1_000 / TICKS


def stat(pid):
    """The fields of a process from its state on; its name, in brackets, may hold blanks."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:  # it has just ended
        return ["0"] * 20


def timed(client, url):
    """Return what a page costs: CPU of this process and of the database, and the time on the clock beside others'."""
    walls = []
    before = time.process_time() * 1_000 + database_cpu()
    for _ in range(ROUNDS):
        start = time.perf_counter()
        assert client.get(url).status_code == 200
        walls.append((time.perf_counter() - start) * 1_000)
    return (time.process_time() * 1_000 + database_cpu() - before) / ROUNDS, statistics.median(walls)


@pytest.mark.postgres  # SQLite makes these sums for an hour
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
    money_sums = filling.one("SELECT count(*) FROM affiliates_earningstally")
    size = filling.one("SELECT pg_total_relation_size('affiliates_tally')") // 2**20
    say(
        f"Reports on PostgreSQL: {clicks:,} clicks in a year on {filling.LINKS:,} links; {rows:,} day sums of that "
        f"year, {every:,} sums of any length for two years ({size} MB), {money:,} day sums of money, "
        f"{money_sums:,} by dimension"
    )
    slow = {}
    for key in ["overview", *PAGES]:
        times, queries = [], 0
        for name, query in QUERIES.items():
            url = f"{address(key)}?{query}"
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            queries = max(queries, len(asked))
            times.append(timed(client, url))
            if min(times[-1]) > BAR_MS:
                slow[key, name] = times[-1]
        say(f"  {key:10} {queries:2} queries" + "".join(f"  {cpu:4.0f} ({wall:4.0f})" for cpu, wall in times))
        assert queries <= MAX_QUERIES
    say("  ms of CPU (on the clock, beside whatever else runs) for " + "; ".join(QUERIES) + "\n")

    assert not slow


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
