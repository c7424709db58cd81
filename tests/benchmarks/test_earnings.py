"""A year of sales: reading, settling and writing a long report, beside what merely writing its rows takes."""

import csv
import io
import os
import resource
import time
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from affiliates.earnings import services
from affiliates.models import Attribution, Conversion
from tests.affiliates.earnings.reports import AWIN, awin, new_file, sub_id, text_of
from tests.affiliates.factories import PlacementFactory

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
ROWS = int(os.environ.get("EARNINGS_ROWS", "100000"))
REFERENCE_ROWS = ROWS // 5
AT_ONCE = 500


@pytest.fixture
def report():
    """Half of the rows carry the sub-ID of a place; 300 days."""
    code = sub_id(PlacementFactory())
    rows = (
        awin(
            number, sub_id=code if number % 2 else "", day=f"2026-{number % 10 + 1:02d}-{number % 28 + 1:02d}"
        )
        for number in range(ROWS)
    )
    return text_of(AWIN, rows).encode()


def per_second(count, function):
    """Return rows a second of CPU time of this process and of the clock."""
    wall, cpu = time.perf_counter(), time.process_time()
    function()
    return count / (time.process_time() - cpu), count / (time.perf_counter() - wall)


def write(record, data, **options):
    services.recognise(record, services.head_of(io.BytesIO(data)))
    services.write(record, [io.BytesIO(data)], **options)


def bare(data):
    """The same rows read by the csv module and stored, without a thought of what they mean."""
    record = new_file(name="bare.csv")
    lines = csv.DictReader(io.StringIO(data.decode()))
    while batch := [line for _, line in zip(range(AT_ONCE), lines, strict=False)]:
        with transaction.atomic():
            rows = Conversion.objects.bulk_create(
                [
                    Conversion(
                        network_id=record.network_id,
                        external_id=f"bare-{line['id']}",
                        sequence=1,
                        kind="sale",
                        status=line["commissionStatus"],
                        event_at=datetime.fromisoformat(line["transactionDate"]).replace(tzinfo=UTC),
                        commission=Decimal(line["commissionAmount"]),
                        sale_amount=Decimal(line["saleAmount"]),
                        currency=line["currency"],
                        sub_id=line["clickRef"],
                        import_file=record,
                    )
                    for line in batch
                ]
            )
            Attribution.objects.bulk_create(
                [
                    Attribution(conversion=row, method="unattributed", commission=row.commission)
                    for row in rows
                ]
            )


def test_a_long_report(report, say):
    head, tail = report.split(b"\r\n", 1)
    short = b"\r\n".join([head, *tail.split(b"\r\n")[:REFERENCE_ROWS]]) + b"\r\n"
    reference = per_second(REFERENCE_ROWS, lambda: bare(short))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    first = per_second(ROWS, lambda: write(new_file(), report))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    changed = report.replace(b",pending,", b",approved,")
    second = per_second(ROWS, lambda: write(new_file(), changed))
    known = per_second(ROWS, lambda: write(new_file(), changed + report.splitlines()[1] + b"x\r\n"))

    say(
        f"Import {ROWS:,} rows on {connection.vendor}; rows a second of CPU, of the clock; ratio to bare writing"
    )
    for name, found in (
        ("csv and bulk_create", reference),
        ("new rows", first),
        ("all corrected", second),
        ("all known", known),
    ):
        say(f"  {name:20} {found[0]:8,.0f} {found[1]:8,.0f}   {found[0] / reference[0]:.2f}")
    say(f"  peak memory grew by {grown:.0f} MB for {len(report) / 1024 / 1024:.0f} MB of report\n")
    assert grown < 60
    assert first[0] / reference[0] > 0.3
