"""Counted redirects a second, beside uncounted ones of the same server in the same run; and was each one counted?"""

import statistics

import pytest
from django.db import connection, transaction

from affiliates.models import Click, ClickDay
from affiliates.sums import add_up
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import BROWSER
from tests.benchmarks import load as loading
from tests.benchmarks import server as serving_module
from tests.benchmarks.load import generator, load
from tests.benchmarks.server import THREADS, WORKERS, serving

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]

ROUNDS, SECONDS = 5, 3
LEAST_RATIO = {"postgresql": 0.35, "sqlite": 0.25}
COUNTED, UNCOUNTED = "/go/zinc/7k2m9x/", "/benchmark/redirect/"


@pytest.fixture
def as_a_browser(monkeypatch):
    headers = {**serving_module.HEADERS, **BROWSER}
    monkeypatch.setattr(loading, "HEADERS", headers)


def measure(server, path):
    before = server.cpu_seconds()
    run = load(server.url(path), SECONDS)
    return run, (server.cpu_seconds() - before) * 1_000 / run.requests


def line(name, runs):
    rate, p50, p99 = (
        statistics.median(getattr(run, key) for run, _ in runs) for key in ("per_second", "p50", "p99")
    )
    cpu = statistics.median(used for _, used in runs)
    return f"  {name:9} {rate:8,.0f} requests/s  {cpu:5.2f} ms CPU  p50 {p50:.0f} ms  p99 {p99:.0f} ms"


def test_counted_redirects(database_url, tmp_path, say, as_a_browser):
    with transaction.atomic():
        PlacementFactory(link=LinkFactory(slug="zinc"), public_id="7k2m9x")
    connection.close()
    runs = {UNCOUNTED: [], COUNTED: []}

    with serving(tmp_path, DATABASE_URL=database_url) as server:
        warm = [load(server.url(path), 1) for path in runs]  # every worker connects
        for _ in range(ROUNDS):
            for path, found in runs.items():
                found.append(measure(server, path))

    # Pairs of one round: other work on the machine weighs on both alike.
    pairs = zip(runs[COUNTED], runs[UNCOUNTED], strict=True)
    ratios = [counted.per_second / uncounted.per_second for (counted, _), (uncounted, _) in pairs]
    ratio = statistics.median(ratios)
    say(f"Redirects on {connection.vendor}; granian, {WORKERS} workers of {THREADS} threads; {generator()}")
    say(line("uncounted", runs[UNCOUNTED]))
    say(line("counted", runs[COUNTED]))
    say(f"  ratio {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f} in {ROUNDS} rounds)\n")
    answered = warm[-1].requests + sum(run.requests for run, _ in runs[COUNTED])
    add_up()
    # The server may have counted a few whose answer nobody waited for.
    assert Click.objects.count() >= answered
    assert sum(ClickDay.objects.values_list("raw_count", flat=True)) == Click.objects.count()
    assert ratio >= LEAST_RATIO[connection.vendor]
