"""How the columns of one report are read: the same shape in a shipped preset and in a saved mapping."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from affiliates.earnings.errors import RulesError, UnknownHeader
from affiliates.models import Conversion, ReportKind, Status

# What a column may mean. Those with several columns: a date may be parted into day and time, a number made of two.
FIELDS = {
    "event_at": "Date of the sale",
    "commission": "Commission",
    "external_id": "Conversion or order number",
    "status": "Status",
    "sub_id": "Sub-ID",
    "sale_amount": "Sale amount",
    "currency": "Currency",
    "posted_at": "Date of the last change",
    "click_at": "Date of the click",
    "merchant": "Merchant",
    "tracking_id": "Tracking ID",
    "referrer": "Referring page",
    "sku": "Product number",
    "quantity": "Quantity",
    "kind": "Kind of event",
    "event_id": "Number of the row itself",
    "clicks": "Clicks",
}
REQUIRED = {ReportKind.EARNINGS: ("event_at", "commission"), ReportKind.CLICKS: ("event_at", "clicks")}
DATES = ("event_at", "click_at", "posted_at")
ALTERNATIVES = (
    "sub_id",
)  # of several columns the first that is filled counts; elsewhere they are put together
IDENTITY = ("external_id", "event_id", "tracking_id")  # a report without them is another report
_SIGN_IN_HEADER = re.compile(r"\(([^()]{1,4})\)\s*\Z")


class Mode(StrEnum):
    """What a row is. Decides what a second row about the same conversion means."""

    STATE = "state"  # the conversion as it stands now: what differs is corrected
    EVENTS = "events"  # one thing that happened: added once
    SNAPSHOT = "snapshot"  # one of the rows that a day consists of: rows that are gone are taken back


@dataclass(frozen=True, slots=True)
class Rules:
    """`columns` holds for each meaning a list of columns, each a tuple of accepted spellings.

    `follow_status`: rows are deltas, and the last status of a conversion holds for all of it (eBay).
    `second`: a second file that adds columns to the first by a common key (Rakuten).
    """

    columns: Mapping[str, tuple[tuple[str, ...], ...]]
    name: str = ""
    report: str = ReportKind.EARNINGS
    mode: Mode = Mode.STATE
    delimiter: str = ""
    decimal: str = "."
    dates: tuple[str, ...] = ("iso",)
    zone: str = "UTC"
    currency: str = ""
    default_status: str = Status.APPROVED
    statuses: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    follow_status: bool = False
    second: Rules | None = None
    source: str = ""

    @property
    def required(self) -> tuple[str, ...]:
        return () if self.report == "second" else REQUIRED[ReportKind(self.report)]

    def positions(self, header: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """Return where each meaning stands in the header. Raises UnknownHeader if a needed one is missing."""
        places = {plain(name): index for index, name in reversed(list(enumerate(header)))}
        found: dict[str, tuple[int, ...]] = {}
        missing = []
        for meaning, columns in self.columns.items():
            at = [
                next((places[plain(name)] for name in names if plain(name) in places), None)
                for names in columns
            ]
            if meaning in ALTERNATIVES or meaning not in {*self.required, *IDENTITY}:
                known = tuple(index for index in at if index is not None)
                if known and (meaning in ALTERNATIVES or len(known) == len(at)):
                    found[meaning] = known
                continue
            missing += [names[0] for names, index in zip(columns, at, strict=True) if index is None]
            found[meaning] = tuple(index for index in at if index is not None)
        missing += [FIELDS[meaning] for meaning in self.required if meaning not in self.columns]
        if missing:
            raise UnknownHeader(header, missing, self.name)
        return found


def plain(name: str) -> str:
    """Return a column's name without case, blanks, marks and the currency in it: Price($) is price."""
    return re.sub(r"[\W_]+", "", _SIGN_IN_HEADER.sub("", name.strip()).casefold())


def sign_of(name: str) -> str:
    """Return what stands in brackets at the end of a column's name, for example $ of Price($)."""
    found = _SIGN_IN_HEADER.search(name.strip())
    return found[1].strip() if found else ""


def signature(header: Sequence[str]) -> str:
    """Return what files with the same columns have in common, in any order."""
    return hashlib.sha256("\x1f".join(sorted(map(plain, header))).encode()).hexdigest()


def load(entry: Mapping[str, Any]) -> Rules:
    """Return the rules of a preset or saved mapping. Raises RulesError."""
    columns = {meaning: _columns(value) for meaning, value in (entry.get("columns") or {}).items() if value}
    unknown = set(columns) - set(FIELDS)
    if unknown:
        raise RulesError(f"Nobody knows the meaning {', '.join(sorted(unknown))} of a column.")
    second = entry.get("second")
    try:
        rules = Rules(
            columns=columns,
            name=str(entry.get("name", "")),
            report=str(entry.get("report", ReportKind.EARNINGS)),
            mode=Mode(entry.get("mode", Mode.STATE)),
            delimiter=str(entry.get("delimiter", "")),
            decimal=str(entry.get("decimal", ".")),
            dates=tuple(map(str, entry.get("dates") or ["iso"])),
            zone=str(entry.get("zone") or "UTC"),
            currency=str(entry.get("currency", "")).upper(),
            default_status=Status(entry.get("default_status", Status.APPROVED)),
            statuses=_words(entry.get("statuses"), Status),
            kinds=_words(entry.get("kinds"), Conversion.Kind),
            follow_status=bool(entry.get("follow_status")),
            second=replace(load({**second, "report": ReportKind.EARNINGS}), report="second")
            if second
            else None,
            source=str(entry.get("source", "")),
        )
        ZoneInfo(rules.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise RulesError(f"These rules cannot be used: {error}") from error
    if rules.decimal not in (".", ","):
        raise RulesError("The decimal mark is a point or a comma.")
    if rules.mode is Mode.SNAPSHOT and "tracking_id" not in rules.columns:
        raise RulesError("A report that replaces days needs a column with the tracking ID.")
    return rules


def _columns(value: Any) -> tuple[tuple[str, ...], ...]:
    given = value if isinstance(value, list | tuple) else [value]
    return tuple(tuple(part.strip() for part in str(column).split("|")) for column in given)


def _words(given: Any, choices: Any) -> dict[str, str]:
    return {str(word).strip().casefold(): choices(meaning).value for word, meaning in (given or {}).items()}
