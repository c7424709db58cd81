"""A server that never falls silent, and never says anything, meets the deadline of the request."""

from __future__ import annotations

import socket
import time
from threading import Event, Thread

import pytest

from cms import outbound
from cms.outbound import Failed
from tests.support.http import Reply

BYTES = 60
PAUSE_SECONDS = 0.05


@pytest.fixture
def dripping():
    """A server that sends its headers byte by byte; its place as "host:port"."""
    listening = socket.create_server(("127.0.0.1", 0))
    stop = Event()

    def drip():
        caller, _ = listening.accept()
        with caller:
            caller.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            for _ in range(BYTES):
                if stop.wait(PAUSE_SECONDS):
                    return
                try:
                    caller.sendall(b"x")
                except OSError:
                    return

    thread = Thread(target=drip, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listening.getsockname()[1]}"
    stop.set()
    thread.join()
    listening.close()


def test_headers_that_drip_are_a_time_out(dripping):
    began = time.monotonic()

    with pytest.raises(Failed) as failure:
        outbound.get(f"http://{dripping}/", trusted=frozenset({dripping}), timeout_seconds=0.3, retries=0)

    assert failure.value.kind == "timeout"
    assert time.monotonic() - began < BYTES * PAUSE_SECONDS


def test_each_hop_has_its_own_time(local_site):
    def late(seconds):
        return lambda: Event().wait(seconds)

    local_site["/a"] = Reply(302, "moved", {"Location": "/b"}, wait=late(0.4))
    local_site["/b"] = Reply(200, "here", wait=late(0.4))

    answer = outbound.get(local_site.url("/a"), trusted=local_site.trusted, timeout_seconds=0.7, retries=0)

    assert answer.body == b"here"
