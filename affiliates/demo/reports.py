"""The files that the networks would have written: one shape each. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from affiliates.demo.chance import dice, pick
from affiliates.demo.sales import CENT, Sale

AWIN = (
    "Transaction ID", "Advertiser", "Transaction Date", "Click Date", "Validation Date", "Commission Status",
    "Sale Amount", "Commission Amount", "Currency", "Click Ref", "Publisher URL",
)  # fmt: skip
PARTNER = ("Order", "Ordered on", "Judged on", "State", "Order value", "Commission", "Your reference")
AMAZON = (
    "Category", "Name", "ASIN", "Seller", "Tracking ID", "Date Shipped", "Price($)", "Items Shipped", "Returns",
    "Revenue($)", "Ad Fees($)", "Device Type Group",
)  # fmt: skip
CLICKS = ("Date", "Clicks", "Impressions")
# How a shop of its own writes its report, and a network its clicks: what an editor picks once and keeps.
PARTNER_RULES = {
    "mode": "state", "delimiter": ";", "decimal": ",", "dates": ["%d.%m.%Y"], "zone": "UTC", "currency": "EUR",
    "columns": {
        "external_id": ["Order"], "event_at": ["Ordered on"], "posted_at": ["Judged on"], "status": ["State"],
        "sale_amount": ["Order value"], "commission": ["Commission"], "sub_id": ["Your reference"],
    },
    "statuses": {"open": "pending", "confirmed": "approved", "returned": "declined"},
    "default_status": "pending",
}  # fmt: skip
CLICKS_RULES = {"columns": {"event_at": ["Date"], "clicks": ["Clicks"]}, "dates": ["iso"], "zone": "UTC"}
# Every so many rows one that cannot be joined to a placement, each in its own way.
CUT, FOREIGN, BY_PAGE, SILENT = 31, 37, 23, 14
ITEMS = {
    "Fish Oil 500, 120 soft capsules|B0DEMO3EPA|Grey Harbour": 0.66,
    "Glass storage jars, set of 4|B0DEMOJAR4|Harrow Street": 0.2,
    "Digital kitchen scale|B0DEMOSCAL|Plainweigh": 0.14,
}
RETURNED, WITH_ITS_OWN_TAG = 0.06, 0.86
Cells = Sequence[object]


def awin(sales: Iterable[Sale], as_of: datetime, site: str) -> str:
    """Return the transactions that Awin knows at that time, each as it stands then."""
    rows = []
    for index, sale in enumerate(known(sales, as_of), start=1):
        judged = as_of >= sale.judged_at
        state = "pending" if not judged else "declined" if sale.is_declined else "approved"
        sub_id, page = _told(sale, index, site)
        rows.append((
            sale.number, "Northmoor Nutrition", _iso(sale.sold_at), _iso(sale.clicked_at),
            _iso(sale.judged_at) if judged else "", state, _part(sale.amount, sale, as_of),
            _part(sale.commission, sale, as_of), "GBP", sub_id, page,
        ))  # fmt: skip
    return written([AWIN, *rows])


def _told(sale: Sale, index: int, site: str) -> tuple[str, str]:
    """Return click reference and page of a row."""
    page = f"{site}/articles/{sale.place.article}/" if sale.place.article else ""
    if index % CUT == 0:
        return sale.sub_id[:9], ""
    if index % FOREIGN == 0:
        return "autumn-newsletter", ""
    return ("", page) if index % BY_PAGE == 0 else (sale.sub_id, page)


def partner(sales: Iterable[Sale], as_of: datetime) -> str:
    """Return the report of a shop that runs a programme of its own: semicolons, decimal commas, days."""
    rows = []
    for index, sale in enumerate(known(sales, as_of), start=1):
        judged = as_of >= sale.judged_at
        sub_id = "" if index % SILENT == 0 else sale.sub_id
        state = "open" if not judged else "returned" if sale.is_declined else "confirmed"
        money = [str(_part(part, sale, as_of)).replace(".", ",") for part in (sale.amount, sale.commission)]
        days = [f"{sale.sold_at:%d.%m.%Y}", f"{sale.judged_at:%d.%m.%Y}" if judged else ""]
        rows.append((f"VH-{sale.number}", *days, state, *money, sub_id))
    return written([PARTNER, *rows], ";")


def amazon(sales: Iterable[Sale], as_of: datetime, tags: Sequence[str]) -> str:
    """Return the Fee-Earnings report: a title, no order numbers, a row for what was shipped and for what came back."""
    own, general = tags
    rows: list[Cells] = []
    for sale in known(sales, as_of):
        rng = dice("amazon", sale.number)
        name, asin, seller = pick(rng, ITEMS).split("|")
        tag = own if rng.random() < WITH_ITS_OWN_TAG else general
        shipped = f"{sale.sold_at:%Y-%m-%d} 00:00:00"
        device = "PHONE" if rng.random() < 0.6 else "DESKTOP"
        what = (
            "Health & Household" if asin == "B0DEMO3EPA" else "Kitchen & Dining",
            name,
            asin,
            seller,
            tag,
            shipped,
        )
        rows.append((*what, sale.amount, 1, 0, sale.amount, sale.commission, device))
        if rng.random() < RETURNED:
            rows.append((*what, sale.amount, 0, 1, -sale.amount, -sale.commission, device))
    first = min((str(row[5])[:10] for row in rows), default="")
    return written([(f"Fee-Earnings reports from {first} to {as_of:%Y-%m-%d}",), AMAZON, *rows])


def clicks(ours: Mapping[date, int], low: float, high: float) -> str:
    """Return a network's own count of the clicks we sent it: never quite ours."""
    rows = [
        (day, round(count * dice("clicks", day).uniform(low, high)), count * 7)
        for day, count in sorted(ours.items())
    ]
    return written([CLICKS, *rows])


def known(sales: Iterable[Sale], as_of: datetime) -> list[Sale]:
    """Return what has been sold by then, in the order of the sales."""
    return sorted(
        (sale for sale in sales if sale.sold_at <= as_of), key=lambda sale: (sale.sold_at, sale.number)
    )


def written(rows: Iterable[Cells], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _part(amount: Decimal, sale: Sale, as_of: datetime) -> Decimal:
    return (amount * sale.part(as_of)).quantize(CENT)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
