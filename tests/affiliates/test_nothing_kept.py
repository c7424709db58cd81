"""Whatever a visitor's browser says about itself, no row of any table repeats it. Read from the database itself."""

import pytest
from django.db import connection

from affiliates.clicks.record import writer
from affiliates.models import Click, DropDay
from affiliates.sums import add_up
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import BROWSER, SCRIPT

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "Q7ZX9KW3"  # nothing else holds it
ADDRESS = "203.0.113.77"
TELLING = {
    "cookie": f"sessionid={MARK}; csrftoken={MARK}; visitor={MARK}",
    "x-forwarded-for": ADDRESS,
    "x-real-ip": ADDRESS,
    "forwarded": f"for={ADDRESS}",
    "accept-language": f"de-{MARK}, de;q=0.9",
    "etag": MARK,
    "if-none-match": f'"{MARK}"',
    "x-client-id": MARK,
    "authorization": f"Bearer {MARK}",
}


def telling(headers):
    named = {**headers, **TELLING, "user-agent": f"{headers['user-agent']} Mark/{MARK}"}
    return {**named, "referer": f"https://ref.example/{MARK}?u={MARK}#{MARK}"}


def every_value():
    """Yield each value of each row of each table as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    yield table, bytes(value) if isinstance(value, memoryview) else value


def test_no_table_repeats_what_a_browser_says_of_itself(ask, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    PlacementFactory(link=LinkFactory(slug="zinc"), public_id="7k2m9x")
    PlacementFactory(link=LinkFactory(amazon=True), public_id="abcdef")

    assert ask("GET", f"/go/zinc/7k2m9x/?email={MARK}", telling(BROWSER)).status == 302
    assert ask("GET", "/go/zinc/7k2m9x/", {**telling(BROWSER), "sec-purpose": "prefetch"}).status == 503
    assert ask("GET", "/go/zinc/", telling({**BROWSER, "user-agent": "SomeBot/1.0"})).status == 302
    headers = {**telling(SCRIPT), "content-type": "text/plain"}
    assert ask("POST", "/go/beacon/", headers, b"abcdef").status == 204
    ask("GET", f"/go/{MARK}/", telling(BROWSER))
    writer.stop()
    add_up()

    assert (Click.objects.count(), DropDay.objects.count()) == (3, 1)
    found = {
        table
        for table, value in every_value()
        for wanted in (MARK, MARK.lower(), ADDRESS, "203.0.113", "127.0.0.1")
        if wanted in str(value) or (isinstance(value, bytes) and wanted.encode() in value)
    }
    assert not found
