"""For whom one of several addresses of a link is meant, and which of those that fit is taken."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.http import HttpRequest

from affiliates.clicks.classify import device_of
from affiliates.clicks.country import country_of, language_of


@dataclass(frozen=True, slots=True)
class Reader:
    """What conditions may ask of a reader. "" is not known, and fits no condition."""

    country: str = ""
    device: str = ""
    language: str = ""


def reader_of(request: HttpRequest) -> Reader:
    device = str(device_of(request.META.get("HTTP_USER_AGENT", "")))
    return Reader(country_of(request), device, language_of(request))


@dataclass(frozen=True, slots=True)
class Condition:
    """Empty parts hold for everybody; `until` is the first moment at which it no longer holds."""

    countries: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None

    def fits(self, reader: Reader, now: datetime) -> bool:
        if self is EVERYONE:
            return True
        if (self.since and now < self.since) or (self.until and now >= self.until):
            return False
        pairs = (
            (self.countries, reader.country),
            (self.devices, reader.device),
            (self.languages, reader.language),
        )
        return all(not wanted or given in wanted for wanted, given in pairs)


EVERYONE = Condition()


@lru_cache(maxsize=512)
def condition(
    countries: str, devices: str, languages: str, since: datetime | None, until: datetime | None
) -> Condition:
    """Return the condition of a row as the database holds it; EVERYONE itself if it has none."""
    found = Condition(
        frozenset(countries.split()),
        frozenset(devices.split()),
        frozenset(languages.split()),
        moment(since),
        moment(until),
    )
    return EVERYONE if found == EVERYONE else found


def moment(value: datetime | None) -> datetime | None:
    """Return a time of a raw query with its zone; SQLite keeps none and means UTC."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


@dataclass(frozen=True, slots=True)
class Aim:
    """One active target of a link."""

    id: int
    url: str
    url_hash: str
    weight: int
    priority: int = 0
    allows_http: bool = False
    condition: Condition = EVERYONE

    @property
    def rank(self) -> tuple[int, bool]:
        """Higher ones win: by priority, then one that was made for such readers before one for everybody."""
        return self.priority, self.condition is not EVERYONE


def best(aims: Sequence[Aim], reader: Reader, now: datetime) -> list[Aim]:
    """Return the aims among which chance decides for this reader; none if no aim is meant for them."""
    fitting = [aim for aim in aims if aim.condition.fits(reader, now)]
    if len(fitting) < 2:
        return fitting
    top = max(aim.rank for aim in fitting)
    return [aim for aim in fitting if aim.rank == top]


def draw(aims: Sequence[Aim]) -> Aim:
    """Return one of the aims by weight. Nothing of the reader is looked at, so nothing need be remembered."""
    if len(aims) == 1:
        return aims[0]
    weights = [aim.weight for aim in aims]
    return random.choices(aims, weights if any(weights) else None)[0]  # noqa: S311 (no secret)
