"""The web server as docs/operators.md starts it, on a free port of this machine, for as long as a measurement takes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from tests.support.commands import PRODUCTION, environ
from tests.support.fixtures import ROOT

HEADERS = {"Host": "site.example", "X-Forwarded-Proto": "https"}
WORKERS, THREADS = 2, 4
START_SECONDS, STOP_SECONDS = 60, 15
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str) -> bytes:
        with self._open(path) as answer:
            return answer.read()

    def headers(self, path: str) -> Message:
        with self._open(path) as answer:
            return answer.headers

    def _open(self, path: str) -> Any:
        request = urllib.request.Request(self.url(path), headers=HEADERS)
        return urllib.request.urlopen(request, timeout=10)

    def cpu_seconds(self) -> float | None:
        """Return the CPU time of the server and its workers so far; None where the system has no /proc."""
        tree = [self.pid, *_children(self.pid)]
        try:
            return sum(_ticks(pid) for pid in tree) / TICKS
        except FileNotFoundError:
            return None


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[Server]:
    """Run the production server and end it, with every process that it started."""
    port = _free_port()
    command = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-log"]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "cms.wsgi:application"]
    environment = environ(**PRODUCTION, STATIC_ROOT=str(folder / "static"), LOG_LEVEL="WARNING", **variables)
    environment |= {"DEBUG": "false", "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
    _collect_static(environment)
    # A group of its own, so that ending it ends the workers, too, and nothing else.
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *command], cwd=ROOT, env=environment, start_new_session=True
    )
    server = Server(port, process.pid)
    try:
        _wait(server, process)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _collect_static(environment: dict[str, str]) -> None:
    """Collect the site's own files; compressing those of the admin takes a minute and no reader asks for them."""
    leave_out = [part for name in ("admin", "unfold", "markdownx", "simple_history") for part in ("-i", name)]
    command = [sys.executable, "-W", "ignore", "manage.py", "collectstatic", "--noinput", "-v0", *leave_out]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(START_SECONDS * 10):
        assert process.poll() is None, "the server ended by itself"
        try:
            server.get("/healthz")
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not answer within {START_SECONDS} seconds")


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(child) for child in text.split()]


def _ticks(pid: int) -> int:
    """Return user and system time; the name of the process, in brackets, may hold blanks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
