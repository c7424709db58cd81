"""Made-up reports in the column shapes of the networks."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from affiliates.earnings import services
from affiliates.models import Conversion, EarningsDay, ImportFile
from affiliates.subids import encode
from tests.affiliates.factories import network

AWIN = [
    "id",
    "transactionDate",
    "clickDate",
    "commissionStatus",
    "commissionAmount",
    "saleAmount",
    "currency",
    "clickRef",
    "clickRef2",
    "publisherUrl",
    "advertiserId",
]
AMAZON = [
    "Category",
    "Name",
    "ASIN",
    "Seller",
    "Tracking ID",
    "Date Shipped",
    "Price($)",
    "Items Shipped",
    "Returns",
    "Revenue($)",
    "Ad Fees($)",
    "Device Type Group",
]
EBAY = [
    "EventDate",
    "UpdateDate",
    "ClickTimestamp",
    "EventName",
    "Status",
    "CustomId",
    "EpnTransactionId",
    "DeltaSales",
    "DeltaEarnings",
    "CheckoutSite",
]


def text_of(header, rows, delimiter=",", title=""):
    out = io.StringIO()
    if title:
        out.write(f"{title}\r\n")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([header, *rows])
    return out.getvalue()


def awin(
    number,
    commission="10.00",
    status="pending",
    sub_id="",
    *,
    day="2026-03-05",
    sale="100.00",
    currency="EUR",
    url="",
):
    return [
        str(number),
        f"{day}T10:00:00",
        f"{day}T09:00:00",
        status,
        commission,
        sale,
        currency,
        sub_id,
        "",
        url,
        "76734",
    ]


def amazon(asin, fee, tag="chelate-20", day="2026-03-05", items=1, revenue="50.00"):
    return ["Health", "Zinc", asin, "Amazon", tag, day, "25.00", str(items), "0", revenue, fee, "DESKTOP"]


def ebay(number, delta, status="Pending", updated="2026-03-05 10:00:00", sub_id=""):
    return [
        "2026-03-05 09:00:00",
        updated,
        "2026-03-05 08:00:00",
        "Winning Bid",
        status,
        sub_id,
        str(number),
        "20.00",
        delta,
        "EBAY-US",
    ]


def sub_id(placement):
    return encode(placement.public_id)


def new_file(key="awin", name="report.csv"):
    return ImportFile.objects.create(network=network(key), name=name)


def put(text, key="awin", *, commit=True, mapping=None, again=False, second=None):
    """Import a report as the command does, and return its record."""
    data = [part.encode() if isinstance(part, str) else part for part in (text, second) if part is not None]
    record = new_file(key)
    if mapping is None:
        services.recognise(record, services.head_of(io.BytesIO(data[0])))
    else:
        services.use_mapping(record, mapping)
    files = [io.BytesIO(part) for part in data]
    if commit:
        services.write(record, files, again=again)
    else:
        services.check(record, files)
    return record


def put_awin(*rows, **options):
    return put(text_of(AWIN, rows), **options)


def put_amazon(*rows, **options):
    return put(text_of(AMAZON, rows), "amazon", **options)


def put_ebay(*rows, **options):
    return put(text_of(EBAY, rows), "ebay", **options)


def counts(record):
    return (record.new_count, record.corrected_count, record.duplicate_count, record.rejected_count)


def balance(**filters):
    """The ledger's sums by currency and status, without what is zero."""
    sums = {}
    for row in Conversion.objects.filter(**filters):
        key = row.currency, row.status
        sums[key] = sums.get(key, Decimal(0)) + row.commission
    return {key: f"{total:.2f}" for key, total in sums.items() if total}


def day_sums():
    rows = [
        (
            str(row.day),
            row.article_id,
            row.currency,
            f"{row.commission:.2f}",
            f"{row.pending_commission:.2f}",
            row.conversion_count,
        )
        for row in EarningsDay.objects.all()
    ]
    return sorted(rows, key=str)


def ledger_rows():
    return list(
        Conversion.objects.order_by("external_id", "sequence").values_list(
            "external_id", "sequence", "kind", "status", "commission", "conversion_count"
        )
    )


def data_of(*rows):
    return text_of(AWIN, rows).encode()


FIVE = data_of(*(awin(number) for number in range(5)))
