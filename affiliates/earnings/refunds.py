"""Refunds that tell less than their sale, or are read before it: they belong to its place and to its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from django.db.models import Q

from affiliates.earnings.attribution import UNATTRIBUTED, Share, attributions, shares_of
from affiliates.earnings.reconcile import NOTHING, Amounts, Bucket, Delta, Known
from affiliates.models import Attribution, Conversion, Method

Shares = tuple[Share, ...]
Place = tuple[str, datetime, Bucket]  # part, moment, and status with currency


def tells_place(shares: Shares) -> bool:
    """Return whether shares name an article or a place: a tracking ID of the whole site does not."""
    return any(share.article_id or share.placement_id for share in shares)


def surest(group: Iterable[Shares]) -> Shares:
    """Return the first of the shares of one conversion's rows that name a place, else the first that name a method."""
    found = list(group)
    named = (shares for shares in found if shares[0].method != Method.UNATTRIBUTED)
    return next((shares for shares in found if tells_place(shares)), next(named, UNATTRIBUTED))


def brought_forward(known: Sequence[Known], deltas: Sequence[Delta]) -> list[Delta]:
    """Return the rows that move what stands of a conversion to the day of a sale that comes to be known only now."""
    start = min((delta.event_at for delta in deltas), default=None)
    before = _standing(known)
    if not before or start is None or start >= min(event_at for _, event_at, _ in before):
        return []
    first = {entry.part: entry.pk for entry in reversed(known)}
    kind = Conversion.Kind.CORRECTION
    moved = []
    for (part, event_at, bucket), amounts in _standing([*known, *deltas]).items():
        if _day(event_at) != _day(start):
            taken = NOTHING.plus(amounts, -1)
            moved.append(Delta(part, kind, *bucket, taken, event_at, None, first[part]))
            moved.append(Delta(part, kind, *bucket, amounts, start, None, first[part]))
    return moved


def _standing(rows: Iterable[Known | Delta]) -> dict[Place, Amounts]:
    found: dict[Place, Amounts] = defaultdict(Amounts)
    for row in rows:
        place = row.part, row.event_at, (row.status, row.currency)
        found[place] = found[place].plus(row.amounts)
    return {place: amounts for place, amounts in found.items() if amounts != NOTHING}


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def follow(homes: Mapping[str, Shares], known: Mapping[str, Sequence[Known]]) -> None:
    """Let rows of the ledger that name no place follow the sales of theirs whose place is known now."""
    rows = {entry.pk: shares for number, shares in homes.items() for entry in known.get(number, ())}
    if not rows:
        return
    held = shares_of(rows)
    lost = [pk for pk in rows if not tells_place(held.get(pk, UNATTRIBUTED))]
    Attribution.objects.filter(conversion__in=lost).delete()
    found = Conversion.objects.in_bulk(lost).values()
    new = [share for row in found for share in attributions(row, rows[row.pk])]
    Attribution.objects.bulk_create(new)


def told_otherwise(rows: Sequence[Conversion]) -> Mapping[str, Shares]:
    """Return by conversion the place that is known by other means than tracking IDs, which change hands."""
    places = Attribution.objects.filter(
        Q(article__isnull=False) | Q(placement__isnull=False),
        conversion__network__in={row.network_id for row in rows},
        conversion__external_id__in={row.external_id for row in rows},
    ).exclude(method=Method.TAG_POOL)
    return {
        row.conversion.external_id: (
            Share(row.method, row.article_id, row.placement_id, row.link_id, row.weight, row.confidence),
        )
        for row in places.select_related("conversion").order_by("-pk")
    }
