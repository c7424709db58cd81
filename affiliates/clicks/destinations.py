"""What a click leads to: everything about one link and one placement."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from affiliates.carriers import insert
from affiliates.clicks import sql
from affiliates.clicks.conditions import EVERYONE, Aim, Reader, best, condition, moment
from affiliates.models import AffiliateLink, LinkTarget, Network, Placement
from affiliates.subids import LONG_LENGTH, Carrier, SubIdRule, encode
from affiliates.targets import TargetError, host_matches, is_servable, parse_target
from articles.models import Edition

# How long a recalled link may still be followed is the sum of both.
FRESH_SECONDS = 0.2
ASKING_SECONDS = 0.05  # while one request asks anew, the others go by what is known
MAX_RECENT = 2_000
LINK_COLUMNS = 9  # of sql.LINK that belong to the link; the others are a target's
_recent: dict[tuple[str, str], tuple[float, Destination]] = {}


@dataclass(frozen=True, slots=True)
class Destination:
    """A link as it is served. `placement_id` is None if the id in the address belongs to no use of this link."""

    link_id: int
    slug: str
    status: str
    ends_at: datetime | None
    fallback_url: str
    fallback_article_id: int | None
    replacement_id: int | None
    is_direct: bool
    sends_token: bool
    approved: tuple[str, ...]
    rule: SubIdRule
    placement_id: int | None
    public_id: str
    edition: int
    aims: tuple[Aim, ...]

    def is_live(self, now: datetime) -> bool:
        return self.status == AffiliateLink.Status.LIVE and (self.ends_at is None or now < self.ends_at)

    @property
    def depends_on_reader(self) -> bool:
        return any(aim.condition is not EVERYONE for aim in self.aims)

    @property
    def can_tell_clicks(self) -> bool:
        """Whether its network is to be told a number for each click; Amazon's tag pool can carry none."""
        return self.sends_token and self.placement_id is not None and self.rule.takes("x" * LONG_LENGTH)

    def meant_for(self, reader: Reader, now: datetime) -> list[Aim]:
        """Return the targets among which chance decides for this reader."""
        return best(self.aims, reader, now)

    def safe(self, aims: Sequence[Aim]) -> list[Aim]:
        """Return those that may be served: somebody may have changed a row of the database by hand."""
        return [aim for aim in aims if _servable(aim.url, aim.url_hash, self.approved, aim.allows_http)]

    def location_of(self, aim: Aim, click_token: str = "") -> str:
        """Return the address with the placement's sub-ID in it, where the network takes one."""
        if self.placement_id is None:
            return aim.url
        if click_token:
            return insert(aim.url, self.rule, encode(self.public_id, self.edition, click_token))
        return _placed(aim.url, self.rule, self.public_id, self.edition)

    def fallback(self) -> str:
        """Return the approved address for a link that is not live, "" if there is none."""
        if self.fallback_article_id and (url := article_url(self.fallback_article_id)):
            return url
        try:
            target = parse_target(self.fallback_url)
        except TargetError:
            return ""
        return target.url if host_matches(target.host, self.approved) else ""


# Both depend on nothing but what they are given, and a rush on one link gives them the same for each click.
@lru_cache(maxsize=MAX_RECENT)
def _servable(url: str, stored_hash: str, approved: tuple[str, ...], allow_http: bool) -> bool:
    return is_servable(url, stored_hash, approved, allow_http=allow_http)


@lru_cache(maxsize=MAX_RECENT)
def _placed(url: str, rule: SubIdRule, public_id: str, edition: int) -> str:
    return insert(url, rule, encode(public_id, edition))


def find_destination(slug: str, public_id: str = "") -> Destination | None:
    """Return the link of a slug with its active targets, its terms and the placement; None if there is none.

    A rush on one link asks the database once in FRESH_SECONDS: asking was half of the cost of a counted redirect.
    """
    if connection.in_atomic_block:  # that transaction may have changed it
        return load_destination(slug, public_id)
    now = time.monotonic()
    until, found = _recent.get((slug, public_id), (0.0, None))
    if found is None or until < now:
        if found is not None:
            _recent[slug, public_id] = (now + ASKING_SECONDS, found)
        found = load_destination(slug, public_id)
        if len(_recent) >= MAX_RECENT:
            _recent.clear()
        if found is not None:
            _recent[slug, public_id] = (now + FRESH_SECONDS, found)
        else:
            _recent.pop((slug, public_id), None)
    return found


def forget() -> None:
    """Drop what was looked up lately."""
    _recent.clear()


def load_destination(slug: str, public_id: str) -> Destination | None:
    """Ask the database, in two small queries."""
    rows = sql.fetch(sql.LINK, slug)
    if not rows:
        return None
    (
        link_id,
        slug,
        status,
        fallback_url,
        fallback_article_id,
        network_id,
        program_id,
        expires_at,
        replacement_id,
    ) = rows[0][:LINK_COLUMNS]
    routing, hosts, short_hosts, *terms = sql.fetch(sql.TERMS, program_id, public_id, link_id, network_id)[0]
    carrier, parameter, max_length, destination, sends_token, *program, placement_id, edition = terms
    domains, own_parameter, forbids_redirect, ends_on = program
    if own_parameter:
        carrier, parameter = Carrier.QUERY, own_parameter
    return Destination(
        link_id=link_id,
        slug=slug,
        status=status,
        ends_at=_first(moment(expires_at), _end_of(ends_on)),
        fallback_url=fallback_url,
        fallback_article_id=fallback_article_id,
        replacement_id=replacement_id,
        is_direct=routing == Network.Routing.DIRECT or bool(forbids_redirect),
        sends_token=bool(sends_token),
        approved=(*_list(hosts), *_list(short_hosts), *_list(domains)),
        rule=SubIdRule(Carrier(carrier), parameter, max_length, destination),
        placement_id=placement_id,
        public_id=public_id,
        edition=edition or 0,
        aims=tuple(_aim(*row[LINK_COLUMNS:]) for row in rows if row[LINK_COLUMNS] is not None),
    )


def _aim(pk: int, url: str, digest: str, weight: int, priority: int, allows_http: bool, *rest: Any) -> Aim:
    return Aim(pk, url, digest, weight, priority, bool(allows_http), condition(*rest))


def _end_of(day: date | None) -> datetime | None:
    """Return when a day is over everywhere: a program that ends on it still pays for its evening."""
    return datetime.combine(day, time_of_day.min, UTC) + timedelta(days=1) if day else None


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


@lru_cache(maxsize=256)
def _list(text: str | None) -> tuple[str, ...]:
    """Return a JSON column of the raw query."""
    return tuple(json.loads(text)) if text else ()


def find_direct(public_id: str) -> tuple[Placement, int | None] | None:
    """Return the placement of a direct link with the target that its page shows; None for anything else."""
    first = LinkTarget.objects.shown().filter(link=OuterRef("link"))
    placements = Placement.objects.select_related("link__network", "link__program")
    found = (
        placements.annotate(target_id=Subquery(first.values("pk")[:1])).filter(public_id=public_id).first()
    )
    if found is None or found.link.routing != Network.Routing.DIRECT:
        return None
    return found, found.target_id


def was_used(slug: str) -> bool:
    """Return whether a link of this slug has existed."""
    return bool(AffiliateLink.history.filter(slug=slug).exists())


def article_to_return_to(link_id: int, public_id: str) -> Edition | None:
    """Return the live article that a link stands in: the one of the placement, else the latest."""
    live = Edition.objects.live().only("title", "slug")
    places = Placement.objects.filter(link=link_id)
    here = live.filter(article__in=places.filter(public_id=public_id).values("article")).first()
    return here or live.filter(article__in=places.filter(is_active=True).values("article")).first()


def article_url(article_id: int) -> str:
    """Return the path of a live article, "" if it is not live."""
    edition = Edition.objects.live().filter(article=article_id).only("slug").first()
    return edition.get_absolute_url() if edition else ""


def replacement_of(destination: Destination) -> AffiliateLink | None:
    """Return the live link that stands in for a recalled one, with its address, None if there is none."""
    if destination.replacement_id is None or destination.status != AffiliateLink.Status.RECALLED:
        return None
    links = AffiliateLink.objects.with_target().select_related("network", "program")
    found = links.filter(pk=destination.replacement_id, status=AffiliateLink.Status.LIVE).first()
    return found if found and found.target_url else None
