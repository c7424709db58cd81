"""Sample earnings, imported from files as an editor would import them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from affiliates.demo import reports
from affiliates.demo.plan import Plan
from affiliates.demo.sales import sales_of
from affiliates.demo.traffic import Day
from affiliates.earnings.rules import signature
from affiliates.models import ClickClass, EarningsMapping, ImportFile, Network, ReportKind

EARLIER, LATELY = timedelta(days=31), timedelta(days=3)  # ago
AWIN_COUNTS, AMAZON_COUNTS = (0.86, 0.99), (1.12, 1.5)  # for each click of ours
TO_TRY = "awin-to-try.csv"


def fill(plan: Plan, days: Sequence[Day], folder: Path, now: datetime) -> None:
    """Write the files, import all but the last, which is there to be tried by hand."""
    folder.mkdir(parents=True, exist_ok=True)
    _keep_mapping("direct-merchant", "Vitahaus orders", reports.PARTNER, reports.PARTNER_RULES)
    for network in ("awin", "amazon"):
        name = f"{network.title()} clicks by day"
        _keep_mapping(network, name, reports.CLICKS, reports.CLICKS_RULES, ReportKind.CLICKS)
    for network, name, as_of, text in _files(plan, days, now):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        if name != TO_TRY:
            _import(network, path, as_of)


def _files(plan: Plan, days: Sequence[Day], now: datetime) -> Sequence[tuple[str, str, datetime, str]]:
    """Return network, name, time and text of each file, in the order in which they came."""
    sales = {network: list(sales_of(plan, network, days)) for network in plan.sales}
    earlier, lately, site = now - EARLIER, now - LATELY, settings.SITE_URL
    tags = [tag["tracking_id"] for tag in plan.tags]
    return (
        ("awin", "sample-awin-1.csv", earlier, reports.awin(sales["awin"], earlier, site)),
        ("awin", "sample-awin-2.csv", lately, reports.awin(sales["awin"], lately, site)),
        ("direct-merchant", "sample-vitahaus.csv", lately, reports.partner(sales["direct-merchant"], lately)),
        ("amazon", "sample-amazon.csv", lately, reports.amazon(sales["amazon"], lately, tags)),
        ("awin", "sample-awin-clicks.csv", lately, reports.clicks(_ours("awin", days, now), *AWIN_COUNTS)),
        ("amazon", "sample-amazon-clicks.csv", lately, reports.clicks(_ours("amazon", days, now), *AMAZON_COUNTS)),
        ("awin", TO_TRY, now, reports.awin(sales["awin"], now, site)),
    )  # fmt: skip


def _ours(network: str, days: Sequence[Day], now: datetime) -> Mapping[date, int]:
    """Return our clicks of people for each day that is over."""
    return Counter(
        day.day
        for day in days
        for place, hit in day.hits
        if place.network == network and hit.click_class == ClickClass.HUMAN and day.day < now.date()
    )


def _keep_mapping(
    network: str, name: str, header: Sequence[str], rules: Mapping[str, Any], kind: str = ReportKind.EARNINGS
) -> None:
    values = {"report_kind": kind, "header_signature": signature(header), "rules": dict(rules)}
    EarningsMapping.objects.get_or_create(
        network=Network.objects.get(key=network), name=name, defaults=values
    )


def _import(network: str, path: Path, as_of: datetime) -> None:
    if ImportFile.objects.filter(network__key=network, name=path.name, state=ImportFile.State.DONE).exists():
        return
    call_command("import_earnings", network, str(path), stdout=StringIO(), stderr=StringIO())
    ImportFile.objects.filter(network__key=network, name=path.name).update(
        created_at=as_of, imported_at=as_of
    )
