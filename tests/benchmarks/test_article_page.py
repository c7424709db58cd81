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
    if before is None or after is None:
        return found, None
    return found, (after - before) * 1000 / found.requests


def medians(runs):
    """Return requests a second, waiting times, and CPU milliseconds, None if unknown."""
    keys = ("per_second", "p50", "p99")
    found = {key: statistics.median(getattr(run, key) for run, _ in runs) for key in keys}
    cpu = [used for _, used in runs if used is not None]
    return {**found, "cpu": statistics.median(cpu) if cpu else None}


def line(name, runs):
    found = medians(runs)
    slowest, fastest = (pick(run.per_second for run, _ in runs) for pick in (min, max))
    parts = [
        f"{name:13} {found['per_second']:8,.0f} requests/s ({slowest:,.0f} to {fastest:,.0f})",
        "CPU unknown" if found["cpu"] is None else f"{found['cpu']:6.2f} ms CPU",
        f"p50 {found['p50']:.1f} ms  p99 {found['p99']:.1f} ms",
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

    empty, page = (medians(runs[name]) for name in paths)
    machine = f"granian, {WORKERS} workers of {THREADS} threads; {generator()}, {ROUNDS} x {SECONDS} s"
    say(f"Article page, {size:,} bytes, {connection.vendor}; {machine}")
    for name, measured in runs.items():
        say(line(name, measured))
    cpu = f", of CPU {page['cpu'] / empty['cpu']:.0f} to 1" if page["cpu"] and empty["cpu"] else ""
    say(
        f"  ratio to the empty view: of requests/s 1 to {empty['per_second'] / page['per_second']:.0f}{cpu}\n"
    )
