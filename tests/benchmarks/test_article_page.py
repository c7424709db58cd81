"""Requests a second of the article page, beside those of an empty view on the same server in the same run."""

import statistics

import pytest
from django.db import connection

from tests.benchmarks.load import generator, load
from tests.benchmarks.server import THREADS, WORKERS, serving

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

ROUNDS, SECONDS = 3, 3


def measure(server, path):
    """Return the load and the CPU milliseconds a request, None where the system does not tell."""
    before = server.cpu_seconds()
    found = load(server.url(path), SECONDS)
    after = server.cpu_seconds()
    return found, (
        after - before
    ) * 1000 / found.requests if before is not None and after is not None else None


def line(name, runs):
    rates = [found.per_second for found, _ in runs]
    cpu = [used for _, used in runs if used is not None]
    p50, p99 = (statistics.median(getattr(found, key) for found, _ in runs) for key in ("p50", "p99"))
    parts = [
        f"{name:13} {statistics.median(rates):8,.0f} requests/s ({min(rates):,.0f} to {max(rates):,.0f})",
        f"{statistics.median(cpu):6.2f} ms CPU" if cpu else "CPU unknown",
        f"p50 {p50:.1f} ms  p99 {p99:.1f} ms",
    ]
    return "  " + "  ".join(parts)


def test_article_page(site, database_url, tmp_path, say):
    paths = {"empty view": "/benchmark/empty/", "article page": site.get_absolute_url()}
    runs = {name: [] for name in paths}

    with serving(tmp_path, DATABASE_URL=database_url) as server:
        size = len(server.get(paths["article page"]))
        for path in paths.values():
            load(server.url(path), 1)  # every worker loads templates and connects
        for _ in range(ROUNDS):
            for name, path in paths.items():
                runs[name].append(measure(server, path))

    rate = {name: statistics.median(found.per_second for found, _ in runs[name]) for name in runs}
    machine = f"granian, {WORKERS} workers of {THREADS} threads; {generator()}, {ROUNDS} x {SECONDS} s"
    say(f"Article page, {size:,} bytes, {connection.vendor}; {machine}")
    for name, measured in runs.items():
        say(line(name, measured))
    say(
        f"  ratio of the article page to the empty view: 1 to {rate['empty view'] / rate['article page']:.1f}\n"
    )
