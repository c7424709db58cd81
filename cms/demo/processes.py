"""The web server and the worker of the sample site: they start together and end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType

HOST = "127.0.0.1"
POLL_SECONDS = 0.2
GRACE_SECONDS = 10


class NotStarted(Exception):
    """One of the processes ended before the site answered."""


def free_port(wanted: int, tries: int = 50) -> int:
    """Return `wanted`, or the next port that nobody listens on; 0 means any. Raises OSError if there is none."""
    for port in range(wanted, wanted + tries):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"Every port from {wanted} to {wanted + tries - 1} is in use. Choose another with --port.")


class Site:
    """Two child processes and the signals that end them."""

    def __init__(self, port: int, environment: Mapping[str, str]) -> None:
        self.port = port
        self.environment = {**os.environ, **environment}
        self.children: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def start(self) -> None:
        """Start both and return when the site answers. Raises NotStarted."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGHUP, self._stop)  # the terminal was closed
        server = [
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            HOST,
            "--port",
            str(self.port),
            "--no-log",
        ]
        self._spawn([*server, "--blocking-threads", "4", "cms.wsgi:application"])
        self._spawn(["manage.py", "worker"])
        while not self.stopping and not self._answers():
            if any(child.poll() is not None for child in self.children):
                self.end()
                raise NotStarted("The server or the worker did not start; the lines above say why.")
            time.sleep(POLL_SECONDS)

    def wait(self) -> int:
        """Return when either ends or a signal comes; the other one is ended too. 0 means it was asked to stop."""
        while not self.stopping and all(child.poll() is None for child in self.children):
            time.sleep(POLL_SECONDS)
        asked = self.stopping
        self.end()
        return 0 if asked else 1

    def end(self) -> None:
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        for child in self.children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(GRACE_SECONDS)
            # Whoever is left of its group: itself, or processes of a server that was killed.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def _spawn(self, arguments: list[str]) -> None:
        # A session of its own: Ctrl-C reaches this process alone, which then ends both in order.
        child = subprocess.Popen([sys.executable, *arguments], env=self.environment, start_new_session=True)
        self.children.append(child)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True
