"""Load from this machine: wrk where it is installed, else threads of http.client."""

from __future__ import annotations

import http.client
import re
import shutil
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.benchmarks.server import HEADERS

CONNECTIONS = 16
UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Load:
    """One run; times in milliseconds."""

    requests: int
    per_second: float
    p50: float
    p99: float


def generator() -> str:
    return f"wrk -t1 -c{CONNECTIONS}" if shutil.which("wrk") else f"{CONNECTIONS} threads of http.client"


def load(url: str, seconds: int, headers: Mapping[str, str] | None = None) -> Load:
    every = {**HEADERS, **(headers or {})}
    return _wrk(url, seconds, every) if shutil.which("wrk") else _threads(url, seconds, every)


def _wrk(url: str, seconds: int, headers: Mapping[str, str]) -> Load:
    lines = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *lines, url]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in output, output
    assert "Socket errors" not in output, output
    requests = re.search(r"(\d+) requests in", output)
    return Load(
        int(requests[1]), _number(output, "Requests/sec:"), _time(output, "50%"), _time(output, "99%")
    )


def _number(output: str, label: str) -> float:
    return float(re.search(rf"{label}\s+([\d.]+)", output)[1])


def _time(output: str, label: str) -> float:
    found = re.search(rf"^\s+{label}\s+([\d.]+)(us|ms|s|m) *$", output, re.MULTILINE)
    return float(found[1]) * UNITS[found[2]]


def _threads(url: str, seconds: int, headers: Mapping[str, str]) -> Load:
    until = time.monotonic() + seconds
    times: list[float] = []  # list.append is atomic
    threads = [threading.Thread(target=_ask, args=(url, until, times, headers)) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert times, "no request was answered"
    hundredths = statistics.quantiles(times, n=100)
    return Load(len(times), len(times) / seconds, hundredths[49], hundredths[98])


def _ask(url: str, until: float, times: list[float], headers: Mapping[str, str]) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    while (start := time.monotonic()) < until:
        connection.request("GET", parts.path, headers=dict(headers))
        answer = connection.getresponse()
        answer.read()
        assert answer.status < 400
        times.append((time.monotonic() - start) * 1000)
    connection.close()
