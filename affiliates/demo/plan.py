"""What the sample ledger is made from, as its file says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Spike:
    """Some days on which an article was read more often than usual."""

    article: str
    days_ago: int
    days: int
    factor: float

    def covers(self, article: str, days_ago: int) -> bool:
        return article == self.article and self.days_ago >= days_ago > self.days_ago - self.days


@dataclass(frozen=True, slots=True)
class Ended:
    """An offer that has expired: used outside of articles before, still asked for afterwards."""

    link: str
    days_ago: int
    clicks: float
    clicks_after: float


@dataclass(frozen=True, slots=True)
class Selling:
    """How clicks of one network become sales; `program` leaves the links of its others out."""

    rate: float
    low: float
    high: float
    share: float
    currency: str
    program: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`views` are those of an ordinary day at the end; `rates` are clicks for each sight of a kind of placement."""

    seed: str
    days: int
    views: Mapping[str, int]
    rates: Shares
    objecting: float
    countries: Mapping[str, Mapping[str, Any]]
    devices: Shares
    referrers: Shares
    bots: Shares
    suspects: Shares
    drops: Shares
    spikes: Sequence[Spike]
    ended: Ended
    recalled: Mapping[str, str]
    tags: Sequence[Mapping[str, str]]
    health: Mapping[str, str]
    sales: Mapping[str, Selling]

    @property
    def length(self) -> timedelta:
        return timedelta(days=self.days - 1)


def load(path: Path) -> Plan:
    entry: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    entry["spikes"] = [Spike(**one) for one in entry["spikes"]]
    entry["ended"] = Ended(**entry["ended"])
    entry["sales"] = {network: Selling(**one) for network, one in entry["sales"].items()}
    return Plan(**entry)
