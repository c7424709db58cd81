"""Rows are never ranked where their intervals overlap: they are put into groups."""

from __future__ import annotations

from collections.abc import Sequence

from affiliates.reports.intervals import Estimate


def group(estimates: Sequence[Estimate | None]) -> list[int]:
    """Return the number of each one's group, 1 for the best; 0 for what has no estimate.

    A group ends where no interval in it reaches the next one, so two of different groups never overlap.
    """
    order = sorted(
        (index for index, found in enumerate(estimates) if found is not None),
        key=lambda i: -_at(estimates, i).high,
    )
    groups = [0] * len(estimates)
    number, lowest = 0, -1.0
    for index in order:
        found = _at(estimates, index)
        if number == 0 or found.high < lowest:
            number, lowest = number + 1, found.low
        groups[index] = number
        lowest = min(lowest, found.low)
    return groups


def _at(estimates: Sequence[Estimate | None], index: int) -> Estimate:
    found = estimates[index]
    if found is None:
        raise ValueError("Only rows with an estimate are grouped.")
    return found
