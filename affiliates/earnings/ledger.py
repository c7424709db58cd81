"""Reading and appending rows of the ledger, many conversions at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from affiliates.earnings.attribution import UNATTRIBUTED, Clue, Places, Share, attributions, shares_of
from affiliates.earnings.reconcile import Amounts, Delta, Known
from affiliates.earnings.refunds import follow, surest, tells_place
from affiliates.models import Attribution, Conversion, ImportFile

WRITE_BATCH = 1_000
KNOWN = (
    "external_id", "pk", "sequence", "part", "kind", "status", "currency", "commission", "sale_amount", "quantity",
    "conversion_count", "event_at", "posted_at", "import_file_id", "import_file__undone_at",
)  # fmt: skip
COPIED = ("click_at", "sub_id", "tracking_id", "placement_id", "click_id", "merchant", "sku", "row_hash")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to be written, and the shares that it will have."""

    external_id: str
    delta: Delta
    shares: tuple[Share, ...]


def known_rows(network_id: int, external_ids: Collection[str]) -> dict[str, list[Known]]:
    """Return what the ledger holds of these conversions, in the order in which it was written."""
    found: dict[str, list[Known]] = {}
    rows = Conversion.objects.filter(network=network_id, external_id__in=external_ids)
    for row in rows.order_by("external_id", "sequence").values_list(*KNOWN):
        external_id, pk, sequence, part, kind, status, currency, *rest = row
        commission, sale_amount, quantity, count, event_at, posted_at, file_id, undone_at = rest
        amounts = Amounts(commission, sale_amount, quantity, count)
        is_undone = undone_at is not None
        found.setdefault(external_id, []).append(
            Known(
                pk, sequence, part, kind, status, currency, amounts, event_at, posted_at, file_id, is_undone
            )
        )
    return found


def entries(
    planned: Mapping[str, Sequence[Delta]], known: Mapping[str, Sequence[Known]], places: Places
) -> list[Entry]:
    """Join each planned row to its place: a correction to the places of what it corrects, a new row to its own."""
    fresh = [
        (external_id, delta)
        for external_id, deltas in planned.items()
        for delta in deltas
        if delta.like is None
    ]
    shares = places.find([_clue(delta) for _, delta in fresh])
    own = {
        (external_id, delta.part): share for (external_id, delta), share in zip(fresh, shares, strict=True)
    }
    first = {
        external_id: rows[0].pk for external_id, rows in known.items() if rows and planned.get(external_id)
    }
    likes = {delta.like for deltas in planned.values() for delta in deltas if delta.like}
    before = shares_of({*likes, *first.values()})
    found = []
    for external_id, deltas in planned.items():
        group = [own[external_id, delta.part] for delta in deltas if delta.like is None]
        group.append(before.get(first.get(external_id, 0), UNATTRIBUTED))
        lent = surest(group)  # a refund often comes without the sub-ID of its sale
        for delta in deltas:
            is_new = delta.like is None
            share = own[external_id, delta.part] if is_new else before.get(delta.like or 0, UNATTRIBUTED)
            found.append(Entry(external_id, delta, share if tells_place(share) else surest((lent, share))))
    return found


def _clue(delta: Delta) -> Clue:
    row = delta.row
    if row is None:
        return Clue()
    return Clue(row.sub_id, row.tracking_id, row.referrer, delta.event_at)


def clue_of(row: Conversion) -> Clue:
    """Return what the ledger remembers of the way of a conversion."""
    return Clue(row.sub_id, row.tracking_id, "", row.event_at)


def append(import_file: ImportFile, new: Sequence[Entry], known: Mapping[str, Sequence[Known]]) -> None:
    """Write the rows and their shares. Called inside a transaction that holds the network's lock."""
    likes = Conversion.objects.in_bulk({entry.delta.like for entry in new if entry.delta.like})
    sequences = {external_id: rows[-1].sequence for external_id, rows in known.items()}
    rows = []
    for entry in new:
        sequence = sequences[entry.external_id] = sequences.get(entry.external_id, 0) + 1
        rows.append(_conversion(import_file, entry, sequence, likes))
    Conversion.objects.bulk_create(rows, batch_size=WRITE_BATCH)
    Attribution.objects.bulk_create(_shared(rows, new), batch_size=WRITE_BATCH)
    sales = [entry for entry in new if entry.delta.like is None and tells_place(entry.shares)]
    follow({entry.external_id: entry.shares for entry in reversed(sales)}, known)


def _shared(rows: Sequence[Conversion], new: Sequence[Entry]) -> Iterator[Attribution]:
    for row, entry in zip(rows, new, strict=True):
        yield from attributions(row, entry.shares)


def _conversion(
    import_file: ImportFile, entry: Entry, sequence: int, likes: Mapping[int, Conversion]
) -> Conversion:
    delta, source = entry.delta, entry.delta.row
    written = Conversion(
        network_id=import_file.network_id,
        external_id=entry.external_id,
        sequence=sequence,
        part=delta.part,
        kind=delta.kind,
        status=delta.status,
        event_at=delta.event_at,
        posted_at=source.posted_at if source else None,
        sale_amount=delta.amounts.sale_amount,
        commission=delta.amounts.commission,
        currency=delta.currency,
        quantity=delta.amounts.quantity,
        conversion_count=delta.amounts.count,
        import_file=import_file,
    )
    if like := likes.get(delta.like or 0):
        for name in COPIED:
            setattr(written, name, getattr(like, name))
    elif source:
        written.placement_id, written.click_id = entry.shares[0].placement_id, entry.shares[0].click_id
        for name in ("click_at", "sub_id", "tracking_id", "merchant", "sku"):
            setattr(written, name, getattr(source, name))
    if source:
        written.row_hash = source.row_hash
    return written


def attributed(new: Sequence[Entry]) -> Iterator[tuple[Entry, Decimal]]:
    """Yield each entry with the weight of its shares that name an article: the place of a deleted one has none."""
    for entry in new:
        named = (share.weight for share in entry.shares if share.article_id)
        yield entry, sum(named, Decimal(0))
