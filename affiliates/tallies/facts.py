"""What one click adds to which sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from affiliates.models import AffiliateLink, ClickClass, Dimension, Layout, Placement

Key = tuple[str, str]  # dimension, key
REPEAT_SECONDS = 10
SUSPECT_PER_HOUR = 30
LATE_HOURS = 1  # clicks that waited in memory may arrive after midnight
NO_PLACE, NO_ARTICLE = "none", "none"
OTHER = "(other)"
# How many values of one day get a row of their own; a visitor can send any host and any language.
CAPS: Mapping[str, int] = {Dimension.REFERRER: 50, Dimension.LANGUAGE: 20}
COLUMN = {
    ClickClass.HUMAN: "clicks",
    ClickClass.BOT: "bots",
    ClickClass.SUSPECT: "suspects",
    ClickClass.SELF: "own",
}
THIRDS = 3


@dataclass(slots=True)
class Numbers:
    """The columns of a Tally, in their order."""

    clicks: int = 0
    unique_clicks: int = 0
    unmeasured: int = 0
    bots: int = 0
    suspects: int = 0
    own: int = 0
    views: int = 0
    impressions: int = 0

    def add(self, other: Numbers) -> None:
        self.clicks += other.clicks  # written out: reports add up thousands
        self.unique_clicks += other.unique_clicks
        self.unmeasured += other.unmeasured
        self.bots += other.bots
        self.suspects += other.suspects
        self.own += other.own
        self.views += other.views
        self.impressions += other.impressions


COLUMNS = tuple(Numbers.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Place:
    """What a placement belongs to."""

    article: str
    position: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One click, judged."""

    day: date
    link: int
    placement: int | None
    click_class: str
    reason: str
    country: str
    device: str
    language: str
    referrer: str
    is_first: bool
    is_measured: bool

    def numbers(self) -> Numbers:
        found = Numbers(**{COLUMN.get(ClickClass(self.click_class), "bots"): 1})
        if self.click_class == ClickClass.HUMAN:
            found.unique_clicks, found.unmeasured = int(self.is_first), int(not self.is_measured)
        return found


class Places:
    """Which article, position and network placements and links belong to; asks for what it does not know yet."""

    def __init__(self) -> None:
        self._places: dict[int, Place] = {}
        self._links: dict[int, int] = {}
        self._networks: dict[int, str] = {}

    def learn(self, placements: Iterable[int | None], links: Iterable[int] = ()) -> None:
        """Look up in at most three queries what is missing."""
        wanted = {pk for pk in placements if pk is not None} - self._places.keys()
        if wanted:
            self._learn_places(wanted)
        if missing := set(links) - self._networks.keys():
            found = AffiliateLink.objects.filter(pk__in=missing).values_list("pk", "network")
            self._networks.update((link, str(network)) for link, network in found)

    def _learn_places(self, wanted: set[int]) -> None:
        columns = ("pk", "article", "kind", "block_index", "link", "link__network")
        rows = list(Placement.objects.filter(pk__in=wanted).order_by().values_list(*columns))
        lengths = block_counts({row[1] for row in rows})
        for pk, article, kind, index, link, network in rows:
            position = position_of(kind, index, lengths.get(article, 0))
            self._places[pk] = Place(str(article) if article else NO_ARTICLE, position)
            self._links[pk] = link
            self._networks[link] = str(network)

    def keys_of(self, placement: int | None, link: int | None = None) -> Iterator[Key]:
        """Yield the sums of a place and its link; without a link the one that the placement is for."""
        place = self._places.get(placement) if placement is not None else None
        known = link if link is not None else self._links.get(placement or 0)
        yield Dimension.TOTAL, ""
        yield Dimension.PLACEMENT, str(placement) if place else NO_PLACE
        yield Dimension.ARTICLE, place.article if place else NO_ARTICLE
        yield Dimension.POSITION, place.position if place else NO_PLACE
        if known is not None:
            yield Dimension.LINK, str(known)
            yield Dimension.NETWORK, self._networks.get(known, "")


def block_counts(articles: Iterable[int | None]) -> dict[int, int]:
    """Return how many blocks articles have, as last published."""
    rows = Layout.objects.filter(pk__in=[pk for pk in articles if pk]).values_list("pk", "block_keys")
    return {article: len(keys) for article, keys in rows}


def position_of(kind: str, index: int, length: int) -> str:
    """Return the kind of a placement, with the third of the text that it stands in: "inline:1"."""
    if kind == Placement.Kind.END_CALL or length <= 0:
        return kind
    return f"{kind}:{min(THIRDS, index * THIRDS // length + 1)}"


def keys_of(fact: Fact, places: Places) -> Iterator[Key]:
    """Yield each sum that a click belongs to. Bots come from anywhere: country and the like are people's only."""
    yield from places.keys_of(fact.placement, fact.link)
    if fact.reason or fact.click_class != ClickClass.HUMAN:
        yield Dimension.REASON, f"{fact.click_class}:{fact.reason}"
    if fact.click_class == ClickClass.HUMAN:
        yield Dimension.COUNTRY, fact.country
        yield Dimension.DEVICE, fact.device
        yield Dimension.LANGUAGE, fact.language
        yield Dimension.REFERRER, fact.referrer


def add_up(facts: Iterable[Fact], places: Places) -> dict[Key, Numbers]:
    """Return the sums of clicks of one day."""
    sums: dict[Key, Numbers] = {}
    for fact in facts:
        numbers = fact.numbers()
        for key in keys_of(fact, places):
            if key in sums:
                sums[key].add(numbers)
            else:
                sums[key] = replace(numbers)
    return sums


def cap(sums: dict[Key, Numbers], known: Mapping[str, set[str]], room: int = 1) -> dict[Key, Numbers]:
    """Fold the values beyond the cap of each dimension into one, the smallest first.

    `known` values keep their rows. A running count has `room` for several times as many, since the day's largest are
    only known when it is over.
    """
    kept: dict[Key, Numbers] = {}
    left = {dimension: limit * room - len(known.get(dimension, ())) for dimension, limit in CAPS.items()}
    for (dimension, found), numbers in sorted(sums.items(), key=lambda item: (-item[1].clicks, item[0])):
        value = found
        if dimension in left and value not in known.get(dimension, ()) and value != OTHER:
            left[dimension] -= 1
            if left[dimension] < 0:
                value = OTHER
        kept.setdefault((dimension, value), Numbers()).add(numbers)
    return kept
