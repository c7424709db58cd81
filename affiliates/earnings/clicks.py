"""The network's own click counts: a report of days, replaced by a newer one."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from affiliates.models import ImportFile, NetworkClickDay

if TYPE_CHECKING:
    from affiliates.earnings.results import Result
    from affiliates.earnings.staging import Staging

AT_ONCE = 1_000


def settle(import_file: ImportFile, staging: Staging, result: Result, *, commit: bool) -> None:
    """Add the clicks of each day up, over links and merchants, and keep the sum as the network's word on that day."""
    counts: Counter[date] = Counter()
    lines: Counter[date] = Counter()
    for batch in staging.conversions(AT_ONCE):
        for rows in batch.values():
            for row in rows:
                counts[row.event_at.date()] += row.quantity
                lines[row.event_at.date()] += 1
    stored = dict(
        NetworkClickDay.objects.filter(network=import_file.network_id, day__in=list(counts)).values_list(
            "day", "click_count"
        )
    )
    for day, count in counts.items():
        if day not in stored:
            result.new += lines[day]
        elif stored[day] != count:
            result.corrected += lines[day]
        else:
            result.known += lines[day]
            continue
        if commit:
            NetworkClickDay.objects.update_or_create(
                network_id=import_file.network_id,
                day=day,
                defaults={"click_count": count, "import_file": import_file},
            )
