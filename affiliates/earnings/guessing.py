"""What a preset cannot know: the country whose spelling a file follows. Told by its first lines, never guessed.

A European export of a report has decimal commas or the day first, an American one points or the month first. Only what
can be read in one way alone counts as told; 05/03 and 1,234 tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from affiliates.earnings.rules import DATES, Rules, load
from affiliates.earnings.tables import Head
from affiliates.earnings.values import is_amount, is_moment, other_way_round

OTHER_MARK = {".": ",", ",": "."}


def adapted(entry: Mapping[str, Any], head: Head) -> Mapping[str, Any]:
    """Return the rules of a preset as the first lines of a file say that it is written."""
    rules = load(entry)
    delimiter, index, header = head.header(rules)
    lines = head.rows[delimiter][index + 1 :]
    changed: dict[str, Any] = {}
    other = OTHER_MARK[rules.decimal]
    amounts = _cells(lines, header, rules, ("commission", "sale_amount"))
    if _is_told((is_amount(cell, rules.decimal), is_amount(cell, other)) for cell in amounts):
        changed["decimal"] = other
    swapped = other_way_round(rules.dates)
    dates = _cells(lines, header, rules, DATES)
    zone = rules.zone
    if _is_told((is_moment(cell, rules.dates, zone), is_moment(cell, swapped, zone)) for cell in dates):
        changed["dates"] = list(swapped)
    return {**entry, **changed}


def columns_told(
    header: Sequence[str], lines: Sequence[Sequence[str]], formats: Iterable[str]
) -> dict[str, str]:
    """Return what the first lines of an unknown report tell a form: how dates and amounts look, where a date stands.

    The first format that reads every cell of a column counts, so "iso" before "%d/%m/%Y" before "%m/%d/%Y".
    """
    told: dict[str, str] = {}
    columns = [[line[at] for line in lines if at < len(line) and line[at]] for at in range(len(header))]
    for name, cells in zip(header, columns, strict=True):
        found = next((form for form in formats if cells and _are_moments(cells, form)), "")
        if found and "dates" not in told:
            told |= {"dates": found, "column_event_at": name}
    amounts = [cell for cells in columns for cell in cells]
    if _is_told((is_amount(cell, "."), is_amount(cell, ",")) for cell in amounts):
        told["decimal"] = ","
    return told


def _are_moments(cells: Iterable[str], form: str) -> bool:
    """Return whether all cells are dates of a form; the ISO format also reads numbers such as 20260305."""
    return all(is_moment(cell, (form,), "UTC") and not cell.isdecimal() for cell in cells)


def _is_told(readable: Iterable[tuple[bool, bool]]) -> bool:
    """Return whether some cells can be read the other way only, and none the one way only."""
    found = set(readable)
    return (False, True) in found and (True, False) not in found


def _cells(
    lines: Sequence[Sequence[str]], header: Sequence[str], rules: Rules, meanings: Iterable[str]
) -> Iterator[str]:
    places = rules.positions(header)
    for meaning in meanings:
        at = places.get(meaning, ())
        if len(at) == 1:
            yield from (line[at[0]] for line in lines if at[0] < len(line))
