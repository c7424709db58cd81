"""The whole sample ledger, in the order in which a publisher's would have come about."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from affiliates.demo import counting, earnings, links
from affiliates.demo.places import bare, live_places
from affiliates.demo.plan import load
from affiliates.demo.traffic import Traffic


def fill(plan_file: Path, folder: Path) -> None:
    """Fill an empty ledger; what is there stays as it is, so a run that broke off is simply run again.

    The networks' reports are left in `folder`, with one more to try an import with.
    """
    plan, now = load(plan_file), timezone.now()
    links.fill(plan, now)
    days = list(Traffic(plan, live_places(), bare(plan.ended.link), now).days())
    if not counting.is_counted():
        counting.count(days)
    earnings.fill(plan, days, folder, now)
