"""A killed server loses no click whose write it has acknowledged by answering in time."""

import os
import signal
import threading
import time
import urllib.error
import urllib.request
from itertools import count

import pytest
from django.db import connection

from affiliates.clicks.writer import BUDGET_SECONDS
from affiliates.models import Click
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import BROWSER
from tests.benchmarks.server import HEADERS, serving

CLIENTS, ENOUGH = 4, 60
PLACED = "/go/zinc/7k2m9x/"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Clients:
    """Click until the server is gone, each click from a site of its own, and keep a log of the answers."""

    def __init__(self, url):
        self.url = url
        self.number = count()
        self.acknowledged, self.statuses = set(), set()
        self.threads = [threading.Thread(target=self.run) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def run(self):
        opener = urllib.request.build_opener(NoRedirect)
        while True:
            site = f"site-{next(self.number)}.example"
            headers = {**HEADERS, **BROWSER, "referer": f"https://{site}/"}
            started = time.monotonic()
            try:
                opener.open(urllib.request.Request(self.url, headers=headers), timeout=10)
            except urllib.error.HTTPError as answer:
                self.statuses.add(answer.code)
                if (
                    time.monotonic() - started < BUDGET_SECONDS
                ):  # a later answer may have left before the write
                    self.acknowledged.add(site)
            except OSError:
                return

    def wait_for(self, number):
        while len(self.acknowledged) < number:
            assert any(thread.is_alive() for thread in self.threads), "the server ended by itself"
            time.sleep(0.01)

    def join(self):
        for thread in self.threads:
            thread.join(20)


@pytest.mark.django_db(transaction=True)
def test_four_clients_and_a_killed_server(database_url, tmp_path):
    PlacementFactory(link=LinkFactory(slug="zinc"), public_id="7k2m9x")
    connection.close()

    with serving(tmp_path, DATABASE_URL=database_url) as server:
        clients = Clients(server.url(PLACED))
        clients.wait_for(ENOUGH)
        os.killpg(server.pid, signal.SIGKILL)
        clients.join()

    stored = set(Click.objects.values_list("referrer_host", flat=True))
    assert clients.statuses == {302}
    assert len(clients.acknowledged) >= ENOUGH
    assert clients.acknowledged <= stored
