"""Requests to the running server as they are written, over a connection of their own."""

import http.client
from urllib.parse import urlsplit

import pytest

from affiliates.clicks.record import writer
from tests.affiliates.requests import BROWSER


@pytest.fixture
def patient(monkeypatch):
    """Let every answer wait for its write: on a busy machine a click may else leave before the day has its salt."""
    monkeypatch.setattr("affiliates.clicks.writer.BUDGET_SECONDS", 20.0)


@pytest.fixture
def ask(live_server, patient):
    """Return a function that sends one request as it is written and returns the answer with its body."""
    parts = urlsplit(live_server.url)

    def send(method, target, headers=BROWSER, body=None):
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("content-length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    yield send
    writer.stop()
