"""The verdict on one reference against one record. Pure: what was claimed, what was found, what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from references import csl
from references.models.states import VerificationState as State
from references.verification import titles

YEARS_APART = 1  # print and online may fall into two years


@dataclass(frozen=True, slots=True)
class Verdict:
    """`details` say what was compared, for the editor who decides."""

    state: State
    score: float | None
    details: Mapping[str, Any]


def judge(claimed: Mapping[str, Any], found: Mapping[str, Any]) -> Verdict:
    """Compare two cleaned CSL items: what the library holds and what the identifier leads to."""
    compared = titles.compare(str(claimed.get("title", "")), str(found.get("title", "")))
    year = _agree_on_year(csl.year(claimed), csl.year(found))
    author = _agree_on_author(csl.first_author(claimed), csl.first_author(found))
    details = {
        "claimed": _summary(claimed),
        "found": _summary(found),
        "year_agrees": year,
        "author_agrees": author,
    }
    if not found.get("title") or not claimed.get("title"):
        return Verdict(State.RESOLVED, None, details)
    return Verdict(_state(compared.likeness, year, author), round(compared.score, 3), details)


def _state(likeness: titles.Likeness, year: bool | None, author: bool | None) -> State:
    if likeness == "different":
        return State.MISMATCH
    if year is False and author is False:  # "Editorial" and "Magnesium" are the titles of many works
        return State.MISMATCH
    if likeness == "truncated":
        return State.TRUNCATED
    if likeness == "unsure":
        return State.RESOLVED
    # One that agrees is enough; a reference that names neither has nothing but its title.
    return State.MATCHED if year or author or year is author is None else State.RESOLVED


def _agree_on_year(claimed: int | None, found: int | None) -> bool | None:
    return abs(claimed - found) <= YEARS_APART if claimed and found else None


def _agree_on_author(claimed: str, found: str) -> bool | None:
    ours, theirs = titles.fold(claimed), titles.fold(found)
    if not ours or not theirs:
        return None
    # "van den Berg" and "Berg"; a middle initial that a source put into the family name
    return ours == theirs or bool(
        {*ours.split()[-1:], *theirs.split()[-1:]} & {*ours.split()} & {*theirs.split()}
    )


def _summary(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": str(item.get("title", "")), "year": csl.year(item), "author": csl.first_author(item)}
