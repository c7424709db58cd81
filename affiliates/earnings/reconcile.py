"""What a report changes in the ledger: pure, one conversion at a time.

The ledger's rows are summed into balances by (part, status, currency); the report says what these balances are to be;
each difference is one new row. So a row that is there already changes nothing, a changed status moves an amount from
one balance to the other, and undoing is the same sum with the opposite sign.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from affiliates.earnings.rows import Row
from affiliates.earnings.rules import Mode, Rules
from affiliates.models import Conversion, Status

Kind = Conversion.Kind
PART_LENGTH = 64
LATER = 2**31  # rows of the file come after those of the ledger with the same date
COUNTED = (Kind.SALE, Kind.LEAD, Kind.BONUS)
CONFLICT = (
    "Conversion {id} stands in the file more than once, with different values, and no column says which is newer. "
    "Choose a column for the date of the last change, or one that tells its items apart."
)


@dataclass(frozen=True, slots=True)
class Amounts:
    commission: Decimal = Decimal(0)
    sale_amount: Decimal = Decimal(0)
    quantity: int = 0
    count: int = 0

    def plus(self, other: Amounts, sign: int = 1) -> Amounts:
        return Amounts(
            self.commission + sign * other.commission,
            self.sale_amount + sign * other.sale_amount,
            self.quantity + sign * other.quantity,
            self.count + sign * other.count,
        )


NOTHING = Amounts()
Bucket = tuple[str, str]  # status, currency
Balance = dict[Bucket, Amounts]


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed of a row of the ledger."""

    pk: int
    sequence: int
    part: str
    kind: str
    status: str
    currency: str
    amounts: Amounts
    event_at: datetime
    posted_at: datetime | None
    import_file_id: int
    is_undone: bool


@dataclass(frozen=True, slots=True)
class Delta:
    """One row to be written. `row` is the line it comes from; `like` the ledger's row it says something about."""

    part: str
    kind: str
    status: str
    currency: str
    amounts: Amounts
    event_at: datetime
    row: Row | None
    like: int | None


@dataclass(slots=True)
class Outcome:
    """`rejected` are lines with the reason. The three counts are of lines."""

    deltas: list[Delta] = field(default_factory=list)
    new: int = 0
    corrected: int = 0
    known: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)


def reconcile(known: Sequence[Known], rows: Sequence[Row], rules: Rules, import_file_id: int = 0) -> Outcome:
    """Return what `rows`, all that the file says of one conversion, change about the `known` rows of the ledger.

    Rows of `import_file_id` itself are those that a broken-off run has written: their lines count as new again.
    """
    outcome = Outcome()
    parts = _parts(rows, rules, outcome)
    balances = balances_of(known)
    by_part: dict[str, list[Known]] = defaultdict(list)
    for entry in known:
        by_part[entry.part].append(entry)
    wanted = _wanted(known, parts, balances, rules)
    start = min([entry.event_at for entry in known] + [row.event_at for row in rows])
    for part, balance in wanted.items():
        row = parts.get(part)
        deltas = _deltas(part, balances.get(part, {}), balance, row, by_part[part], start)
        outcome.deltas += deltas
        if row is not None:
            own = [entry.import_file_id == import_file_id for entry in by_part[part]]
            _count(outcome, bool(deltas), own)
    gone = sum(part not in parts for part in wanted) if rules.mode is Mode.SNAPSHOT else 0
    replaced = min(gone, outcome.new)  # a changed line of a snapshot: one row gone and one new
    outcome.new, outcome.corrected = outcome.new - replaced, outcome.corrected + replaced
    return outcome


def _count(outcome: Outcome, is_changed: bool, own: Sequence[bool]) -> None:
    if not own or (not is_changed and all(own)):
        outcome.new += 1
    elif is_changed or any(own):
        outcome.corrected += 1
    else:
        outcome.known += 1


def balances_of(known: Sequence[Known]) -> dict[str, Balance]:
    """Return the sums of the ledger's rows by part and bucket; parts whose sums are all zero are there, too."""
    found: dict[str, Balance] = {}
    for entry in known:
        balance = found.setdefault(entry.part, {})
        bucket = entry.status, entry.currency
        balance[bucket] = balance.get(bucket, NOTHING).plus(entry.amounts)
    return found


def _parts(rows: Sequence[Row], rules: Rules, outcome: Outcome) -> dict[str, Row]:
    """Return the rows by what they are about: the one state of a conversion, an event, the nth row of its kind."""
    if rows[0].external_id.startswith("~") and rules.mode is Mode.STATE:
        return {f"{number}": row for number, row in enumerate(_in_order(rows), start=1)}
    if rules.mode is not Mode.STATE and not rows[0].event_id:
        counts: Counter[str] = Counter()
        found = {}
        for row in _in_order(rows):
            counts[digest := row.digest()] += 1
            found[f"{digest}.{counts[digest]}"] = row
        return found
    found = {}
    for event_id, group in groupby(sorted(rows, key=_event_id), key=_event_id):
        same = _in_order(list(group))
        if len({row.digest() for row in same if row.order == same[-1].order}) > 1:
            reason = CONFLICT.format(id=event_id or same[0].external_id)
            outcome.rejected += [(row.line, reason) for row in same]
            continue
        outcome.known += len(same) - 1
        found[event_id] = same[-1]
    return found


def _event_id(row: Row) -> str:
    if len(row.event_id) <= PART_LENGTH:
        return row.event_id
    return hashlib.sha256(row.event_id.encode()).hexdigest()


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.order, row.digest()))


def _wanted(
    known: Sequence[Known], parts: dict[str, Row], balances: dict[str, Balance], rules: Rules
) -> dict[str, Balance]:
    """Return what the balances of each part are to be; parts that are left alone are not there."""
    if rules.follow_status:
        return _following(known, parts, balances)
    newest: dict[str, datetime] = {}
    for entry in known:
        if entry.posted_at and not entry.is_undone:
            newest[entry.part] = max(entry.posted_at, newest.get(entry.part, entry.posted_at))
    wanted = {}
    for part, row in parts.items():
        is_stale = row.posted_at and part in newest and row.posted_at < newest[part]
        wanted[part] = balances[part] if is_stale else _as_told(row, rules)
    if rules.mode is Mode.SNAPSHOT:
        wanted |= {part: {} for part, balance in balances.items() if part not in parts and _live(balance)}
    return wanted


def _as_told(row: Row, rules: Rules) -> Balance:
    if row.status == Status.DECLINED:
        return {}
    count = 1 if row.kind in COUNTED else 0
    if row.kind == Kind.REVERSAL and rules.mode is not Mode.STATE:
        count = -1
    return {
        (row.status, row.currency): Amounts(row.commission, row.sale_amount, row.quantity, count),
    }


def _following(
    known: Sequence[Known], parts: dict[str, Row], balances: dict[str, Balance]
) -> dict[str, Balance]:
    """Rows are deltas: what is known stays as it is, in the status that the network gave last.

    The number of conversions is that of the whole: one, or none when it ended declined.
    """
    told = [
        ((entry.posted_at or entry.event_at), entry.sequence, entry.status)
        for entry in known
        if not entry.is_undone
    ]
    told += [((row.posted_at or row.event_at), LATER + row.line, row.status) for row in parts.values()]
    status = max(told)[2]
    wanted = {part: _moved(balance, status) for part, balance in balances.items()}
    fresh = [part for part in parts if part not in balances or not _live(balances[part])]
    count = sum(entry.amounts.count for entry in known)
    for part in fresh:
        row = parts[part]
        target = 0 if status == Status.DECLINED and part == fresh[-1] else 1
        wanted[part] = {
            (status, row.currency): Amounts(row.commission, row.sale_amount, row.quantity, target - count)
        }
        count = target
    return wanted


def _moved(balance: Balance, status: str) -> Balance:
    moved: Balance = {}
    for (_, currency), amounts in balance.items():
        moved[status, currency] = moved.get((status, currency), NOTHING).plus(amounts)
    return moved


def _live(balance: Balance) -> bool:
    return any(amounts != NOTHING for amounts in balance.values())


def _sum(balance: Balance) -> Amounts:
    total = NOTHING
    for amounts in balance.values():
        total = total.plus(amounts)
    return total


def _deltas(
    part: str,
    before: Balance,
    wanted: Balance,
    row: Row | None,
    known: Sequence[Known],
    start: datetime,
) -> list[Delta]:
    own_kind = row.kind if row else Kind.REVERSAL
    if not known and row is not None:
        # Even a declined sale is written, with zeros, so that the next report finds it known.
        bucket, amounts = next(iter(wanted.items()), ((row.status, row.currency), NOTHING))
        if own_kind in COUNTED and not amounts.count and row.status != Status.DECLINED:
            own_kind = Kind.CORRECTION
        return [Delta(part, own_kind, *bucket, amounts, start, row, None)]
    settled = Kind.REVERSAL if _sum(wanted) == NOTHING else Kind.CORRECTION
    kind = settled if _live(before) else own_kind
    found = []
    for bucket in sorted({*before, *wanted}, key=lambda bucket: (bucket in wanted, bucket)):
        change = wanted.get(bucket, NOTHING).plus(before.get(bucket, NOTHING), -1)
        if change != NOTHING:
            first = known[0]
            found.append(Delta(part, kind, *bucket, change, first.event_at, row, first.pk))
    return found


def unwind(known: Sequence[Known], import_file_id: int) -> list[Delta]:
    """Return the rows that take back what one import wrote about a conversion. A second time: none."""
    by_day: dict[tuple[str, datetime], list[Known]] = defaultdict(list)
    for entry in known:  # by day, since a refund that was moved to the day of its sale goes back to its own
        if entry.import_file_id == import_file_id:
            by_day[entry.part, entry.event_at].append(entry)
    deltas = []
    for (part, event_at), own in by_day.items():
        for (status, currency), amounts in balances_of(own)[part].items():
            if amounts != NOTHING:
                change = NOTHING.plus(amounts, -1)
                pk = own[0].pk
                deltas.append(Delta(part, Kind.REVERSAL, status, currency, change, event_at, None, pk))
    return deltas
