"""Two people import at the same moment."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from affiliates.earnings import importing, services
from affiliates.models import Conversion
from tests.affiliates.earnings.reports import AWIN, awin, balance, day_sums, new_file, text_of

pytestmark = pytest.mark.django_db(transaction=True)
IMPORTS = 3


def test_the_same_report_at_the_same_moment_is_written_once(monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    data = text_of(AWIN, [awin(number) for number in range(12)]).encode()
    records = [new_file(name=f"{number}.csv") for number in range(IMPORTS)]
    for record in records:
        services.recognise(record, services.head_of(io.BytesIO(data)))
    together = Barrier(IMPORTS)

    def write(record):
        try:
            together.wait(timeout=30)
            services.write(record, [io.BytesIO(data)])
        finally:
            connections.close_all()
        return record.new_count

    with ThreadPoolExecutor(IMPORTS) as pool:
        new = list(pool.map(write, records))

    assert Conversion.objects.count() == 12
    assert sum(new) == 12
    assert balance() == {("EUR", "pending"): "120.00"}
    assert day_sums() == [("2026-03-05", None, "EUR", "120.00", "120.00", 12)]
