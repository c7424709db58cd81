"""Who came, on one day: people, programs and what was no click at all. Nothing is written here."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from affiliates.clicks.conditions import Reader
from affiliates.clicks.record import Drop, Hit
from affiliates.demo.chance import dice, number, pick
from affiliates.demo.places import Place
from affiliates.demo.plan import Plan
from affiliates.models import Channel, Click, ClickClass

WEEK = (1.09, 1.06, 1.03, 1.0, 0.92, 0.84, 1.06)  # from Monday: readers of health pages have Sunday evenings
HOURS = (2, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 10, 11, 12, 11, 8, 5)  # UTC
GROWTH = 0.45  # of the last day's readers came in this time
BOTS, SUSPECTS = 0.24, 0.03  # for each click of a person
AGAIN, TWICE = 0.07, 0.04  # a reader who clicks elsewhere, too; who clicks twice within seconds
TOP_SIGHTS, LOST_ON_THE_WAY = 0.88, 0.5  # how many readers reach the first line, and how many fewer the last
OVERSHOOT = 1.25  # readers without script and those who object are in the clicks, not in the views
RUSH_DAYS_AGO, RUSH_CLICKS, RUSH_SECONDS = 12, 44, 24


@dataclass(slots=True)
class Day:
    """What happened on one day. `views` by article, `sights` by placement."""

    day: date
    hits: list[tuple[Place, Hit]] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    views: dict[int, int] = field(default_factory=dict)
    sights: dict[tuple[int, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Draws the days up to `now`, one by one and always the same."""

    plan: Plan
    places: Sequence[Place]
    ended: Place
    now: datetime

    def days(self) -> Iterator[Day]:
        first = self.now.date() - self.plan.length
        return (self.day(first + timedelta(days=index)) for index in range(self.plan.days))

    def day(self, day: date) -> Day:
        ago = (self.now.date() - day).days
        found = Day(day)
        for place in self.places:
            if place.article_id not in found.views:
                rng = dice(self.plan.seed, ago, place.article)
                found.views[place.article_id] = number(rng, self.readers(place.article, day))
            self._add_place(found, place, found.views[place.article_id], ago)
        self._add_ended(found, ago)
        self._add_rush(found, ago)
        rng = dice(self.plan.seed, ago, "drops")
        for reason, mean in self.plan.drops.items():
            found.drops += [Drop(day, reason)] * number(rng, mean * self.part_of(day))
        found.hits = [(place, hit) for place, hit in found.hits if hit.time <= self.now]
        return found

    def part_of(self, day: date) -> float:
        """Return how much of a day is over."""
        if day < self.now.date():
            return 1.0
        return sum(HOURS[: self.now.hour]) / sum(HOURS)

    def readers(self, article: str, day: date) -> float:
        """Return how many views an article has on a day, on average."""
        ago = (self.now.date() - day).days
        grown = GROWTH + (1 - GROWTH) * (1 - ago / self.plan.days)
        factor = WEEK[day.weekday()] * grown * self.part_of(day)
        for spike in self.plan.spikes:
            factor *= spike.factor if spike.covers(article, ago) else 1.0
        return self.plan.views.get(article, 0) * factor

    def _add_place(self, found: Day, place: Place, views: int, ago: int) -> None:
        rng = dice(self.plan.seed, ago, place.key)
        sights = min(
            views, round(views * (TOP_SIGHTS - LOST_ON_THE_WAY * place.depth) * rng.uniform(0.95, 1.05))
        )
        found.sights[place.article_id, place.destination.public_id] = sights
        clicks = number(rng, sights * self.plan.rates.get(place.kind, 0.0) * OVERSHOOT)
        self._add_people(found, place, clicks, rng)
        if not place.destination.is_direct:  # programs run no script
            self._add_others(found, place, clicks, rng)

    def _add_people(self, found: Day, place: Place, clicks: int, rng: random.Random, note: str = "") -> None:
        known = [
            hit
            for _, hit in found.hits
            if hit.day_visitor is not None and hit.click_class == ClickClass.HUMAN
        ]
        for _ in range(clicks):
            hit = self._person(found.day, place, rng, note)
            if known and hit.day_visitor is not None and rng.random() < AGAIN:
                hit = _by_the_same(hit, rng.choice(known))
            found.hits.append((place, hit))
            if rng.random() < TWICE:
                found.hits.append((place, _moved(hit, seconds=rng.randint(1, 9))))

    def _person(self, day: date, place: Place, rng: random.Random, note: str = "") -> Hit:
        country = pick(rng, {code: entry["share"] for code, entry in self.plan.countries.items()})
        reader = Reader(
            country, pick(rng, self.plan.devices), pick(rng, self.plan.countries[country]["languages"])
        )
        objects = rng.random() < self.plan.objecting
        return Hit(
            time=_moment(day, rng),
            link_id=place.destination.link_id,
            target_id=None if note else self._target(place, reader, rng),
            placement_id=place.destination.placement_id,
            click_class=ClickClass.HUMAN,
            reason=note,
            channel=Channel.BEACON if place.destination.is_direct else Channel.REDIRECT,
            day_visitor=None if objects else rng.getrandbits(63),
            referrer_host="" if place.article_id and rng.random() < 0.93 else pick(rng, self.plan.referrers),
            device=reader.device,
            country=country,
            language=reader.language,
        )

    def _target(self, place: Place, reader: Reader, rng: random.Random) -> int | None:
        aims = place.destination.meant_for(reader, self.now)
        return rng.choices(aims, [aim.weight for aim in aims])[0].id if aims else None

    def _add_others(self, found: Day, place: Place, clicks: int, rng: random.Random) -> None:
        for click_class, share, reasons in (
            (ClickClass.BOT, BOTS, self.plan.bots),
            (ClickClass.SUSPECT, SUSPECTS, self.plan.suspects),
        ):
            for _ in range(number(rng, clicks * share)):
                hit = self._person(found.day, place, rng)
                device = Click.Device.UNKNOWN if click_class == ClickClass.BOT else hit.device
                found.hits.append((place, _as(hit, click_class, pick(rng, reasons), device)))

    def _add_ended(self, found: Day, ago: int) -> None:
        ended, rng = self.plan.ended, dice(self.plan.seed, ago, "ended")
        is_over = ago < ended.days_ago
        clicks = number(rng, (ended.clicks_after if is_over else ended.clicks) * self.part_of(found.day))
        self._add_people(found, self.ended, clicks, rng, "fallback" if is_over else "")

    def _add_rush(self, found: Day, ago: int) -> None:
        """One visitor who clicks all the time: the counting finds out by itself."""
        place = next((place for place in self.places if not place.destination.is_direct), None)
        if ago != RUSH_DAYS_AGO or place is None:
            return
        rng = dice(self.plan.seed, "rush")
        person = self._person(found.day, place, rng)
        first = replace(person, day_visitor=rng.getrandbits(63), time=_at(found.day, 3, 7, 0))
        found.hits += [(place, _moved(first, seconds=RUSH_SECONDS * index)) for index in range(RUSH_CLICKS)]


def _at(day: date, hour: int, minute: int, second: int) -> datetime:
    return datetime.combine(day, time(hour, minute, second), UTC)


def _moment(day: date, rng: random.Random) -> datetime:
    return _at(day, rng.choices(range(24), HOURS)[0], rng.randrange(60), rng.randrange(60))


def _moved(hit: Hit, *, seconds: int) -> Hit:
    return replace(hit, time=hit.time + timedelta(seconds=seconds))


def _as(hit: Hit, click_class: str, reason: str, device: str) -> Hit:
    """Return the click of something else than a person: nobody is recognised."""
    return replace(
        hit, click_class=click_class, reason=reason, day_visitor=None, device=device, referrer_host=""
    )


def _by_the_same(hit: Hit, other: Hit) -> Hit:
    """Return a click of somebody who has clicked on another link that day."""
    return replace(
        hit,
        day_visitor=other.day_visitor,
        country=other.country,
        language=other.language,
        device=other.device,
    )
