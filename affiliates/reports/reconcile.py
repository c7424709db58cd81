"""Our clicks beside the network's own count of them, on the days that it reported."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from affiliates.models import Dimension, Network, NetworkClickDay, Tally
from affiliates.reports.periods import Period

# A network leaves out bots of its own kinds and repeated clicks, and counts what our filter held for a bot. Beyond
# this band one of the two counts is wrong: links without a tag, a blocked script, a redirect that never arrives.
LOW, HIGH = 0.8, 1.25
LEAST = 50


@dataclass(frozen=True, slots=True)
class Comparison:
    """One network. `ratio` is theirs for each of ours; None for too few to say."""

    name: str
    days: int
    ours: int
    theirs: int
    ratio: float | None
    is_lower_bound: bool

    @property
    def verdict(self) -> str:
        if self.ratio is None:
            return f"fewer than {LEAST} clicks: too few to compare"
        if self.ratio < LOW:
            return "they count fewer than expected: do readers reach the shop, and with our tag?"
        if self.ratio > HIGH:
            if self.is_lower_bound:
                return "they count more, as expected of links that we count by script"
            return "they count more than expected: are there links that do not go through this site?"
        return "as expected"

    @property
    def is_alert(self) -> bool:
        if self.ratio is None:
            return False
        return self.ratio < LOW or (self.ratio > HIGH and not self.is_lower_bound)


def reconcile(period: Period) -> list[Comparison]:
    """Compare network by network, the alerts first. Two queries and one for the names."""
    reported: dict[int, dict[date, int]] = defaultdict(dict)
    theirs = NetworkClickDay.objects.filter(day__range=(period.start, period.end)).order_by()
    for network, day, number in theirs.values_list("network", "day", "click_count"):
        reported[network][day] = number
    if not reported:
        return []
    ours: dict[int, int] = defaultdict(int)
    days = Tally.objects.filter(
        dimension=Dimension.NETWORK, span=1, start__range=(period.start, period.end)
    ).order_by()
    for key, day, clicks in days.values_list("key", "start", "clicks"):
        if key and day in reported.get(int(key), ()):
            ours[int(key)] += clicks
    found = [
        _compare(network, reported[network.pk], ours[network.pk])
        for network in Network.objects.filter(pk__in=reported)
    ]
    return sorted(found, key=lambda one: (not one.is_alert, -one.ours, one.name))


def _compare(network: Network, days: dict[date, int], ours: int) -> Comparison:
    theirs = sum(days.values())
    return Comparison(
        name=network.name,
        days=len(days),
        ours=ours,
        theirs=theirs,
        ratio=theirs / ours if ours >= LEAST else None,
        is_lower_bound=network.routing == Network.Routing.DIRECT,
    )
