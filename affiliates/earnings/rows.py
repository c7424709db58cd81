"""From the cells of a line to one plain row."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from affiliates.earnings.errors import RowError
from affiliates.earnings.rules import DATES, Mode, Rules, sign_of
from affiliates.earnings.values import (
    AMBIGUOUS,
    currency_of,
    is_moment,
    other_way_round,
    parse_amount,
    parse_count,
    parse_currency,
    parse_moment,
)
from affiliates.models import Conversion, ReportKind, Status
from affiliates.subids import decode

LIMITS = {"external_id": 120, "event_id": 120, "tracking_id": 80, "sku": 120, "merchant": 120, "sub_id": 255}
_MANGLED = re.compile(r"\d(?:[.,]\d+)?E\+\d+")  # two numbers become one this way, and one sale would be lost
_TOTAL = re.compile(r"(?:grand |sub)?(?:totals?|sum|summe|gesamt\w*|totaal|totale|suma)\b", re.IGNORECASE)
_told = attrgetter(
    "kind", "status", "event_at", "click_at", "posted_at", "sub_id", "tracking_id", "sale_amount", "commission",
    "currency", "quantity", "sku",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report in our words. `external_id` is made up, with ~ in front, where the report has none."""

    line: int
    external_id: str
    event_id: str
    kind: str
    status: str
    event_at: datetime
    click_at: datetime | None
    posted_at: datetime | None
    sub_id: str
    tracking_id: str
    referrer: str
    sale_amount: Decimal
    commission: Decimal
    currency: str
    quantity: int
    merchant: str
    sku: str
    row_hash: str

    @property
    def order(self) -> str:
        """Sort key among the rows of one conversion: what the network wrote last comes last."""
        return (self.posted_at or self.event_at).isoformat()

    def digest(self) -> str:
        """Return the same text for rows that say the same, whatever else the report has columns for."""
        return _hash("\x1f".join(map(str, _told(self))))[:24]

    def pack(self) -> str:
        return json.dumps(
            [getattr(self, name) for name in self.__slots__], default=str, separators=(",", ":")
        )

    @classmethod
    def unpack(cls, text: str) -> Row:
        values: dict[str, Any] = dict(zip(cls.__slots__, json.loads(text), strict=True))
        for name in DATES:
            if values[name] is not None:
                values[name] = datetime.fromisoformat(values[name])
        for name in ("sale_amount", "commission"):
            values[name] = Decimal(values[name])
        return cls(**values)


class Reader:
    """Reads the lines of one file by rules and the places of its columns."""

    def __init__(self, rules: Rules, header: Sequence[str]) -> None:
        self.rules = rules
        self.places = rules.positions(header)
        self.header_currency = self._currency_in_header(header)

    def _currency_in_header(self, header: Sequence[str]) -> str:
        for meaning in ("commission", "sale_amount"):
            for index in self.places.get(meaning, ()):
                if currency := currency_of(sign := sign_of(header[index])):
                    return self._meant(sign, currency)
        return ""

    def _meant(self, sign: str, currency: str) -> str:
        """Let the rules say which dollar it is."""
        return self.rules.currency or currency if sign.strip() in AMBIGUOUS else currency

    def text(self, cells: Sequence[str], meaning: str, glue: str = " ") -> str:
        parts = [cells[index].strip() for index in self.places.get(meaning, ()) if index < len(cells)]
        return glue.join(part for part in parts if part).replace("\x00", "")

    def row(self, line: int, cells: Sequence[str], added: Mapping[str, str]) -> Row:
        """Return the row of a line. `added` comes from a second file. Raises RowError."""
        rules = self.rules
        if rules.report == ReportKind.CLICKS:
            return self._clicks(line, cells)
        texts = {name: added.get(name) or self.text(cells, name) for name in ("merchant", "sku", "referrer")}
        moments = {name: parse_moment(self.text(cells, name), rules.dates, rules.zone) for name in DATES}
        if moments["event_at"] is None:
            raise RowError("The date of the sale is empty.")
        sale_amount, sale_sign = parse_amount(self.text(cells, "sale_amount"), rules.decimal)
        commission, sign = parse_amount(self._commission(cells), rules.decimal)
        status = self._word(cells, "status", rules.statuses, rules.default_status)
        kind = self._word(cells, "kind", rules.kinds, Conversion.Kind.SALE)
        if kind == Conversion.Kind.REVERSAL and rules.mode is Mode.EVENTS:
            commission, sale_amount = -abs(commission), -abs(sale_amount)
        elif commission < 0 and kind != Conversion.Kind.CORRECTION:
            kind = Conversion.Kind.CORRECTION if rules.mode is Mode.STATE else Conversion.Kind.REVERSAL
        if status == Status.DECLINED and not rules.follow_status:
            commission = sale_amount = Decimal(0)
        event_at = moments["event_at"]
        row = Row(
            line=line,
            external_id=self._limited("external_id", self._id(cells)),
            event_id=self._limited("event_id", self.text(cells, "event_id", "-")),
            kind=kind,
            status=status,
            event_at=event_at,
            click_at=moments["click_at"],
            posted_at=moments["posted_at"],
            sub_id=(added.get("sub_id") or self._sub_id(cells))[: LIMITS["sub_id"]],
            tracking_id=self._limited("tracking_id", self.text(cells, "tracking_id")),
            referrer=texts["referrer"],
            sale_amount=sale_amount,
            commission=commission,
            currency=self._currency(cells, sign or sale_sign),
            quantity=parse_count(self.text(cells, "quantity")),
            merchant=texts["merchant"][: LIMITS["merchant"]],
            sku=texts["sku"][: LIMITS["sku"]],
            row_hash=_hash("\x1f".join(cells)),
        )
        if rules.mode is Mode.SNAPSHOT:
            return replace(row, external_id=self.bucket(cells))
        return row if row.external_id else replace(row, external_id=_synthetic(row))

    def _clicks(self, line: int, cells: Sequence[str]) -> Row:
        moment = parse_moment(self.text(cells, "event_at"), self.rules.dates, self.rules.zone)
        count = parse_count(self.text(cells, "clicks"))
        if moment is None or count < 0:
            raise RowError("The day is empty or the clicks are negative.")
        words = dict.fromkeys(
            ("event_id", "sub_id", "tracking_id", "referrer", "currency", "merchant", "sku"), ""
        )
        return Row(
            line=line,
            external_id=str(moment.date()),
            kind=Conversion.Kind.SALE,
            status=Status.APPROVED,
            event_at=moment,
            click_at=None,
            posted_at=None,
            sale_amount=Decimal(0),
            commission=Decimal(0),
            quantity=count,
            row_hash=_hash("\x1f".join(cells)),
            **words,
        )

    def bucket(self, cells: Sequence[str]) -> str:
        """Return what a snapshot replaces: the tracking ID and the day. Raises RowError."""
        tag = self.text(cells, "tracking_id")
        moment = parse_moment(self.text(cells, "event_at"), self.rules.dates, self.rules.zone)
        if not tag or moment is None:
            raise RowError("The tracking ID or the day is empty.")
        return f"{tag}/{moment.date()}"

    def is_total(self, cells: Sequence[str]) -> bool:
        """Return whether a line that cannot be read sums others up: it says so and has neither day nor number."""
        first = next((cell.strip() for cell in cells if cell.strip()), "")
        told = self.text(cells, "event_at"), self.text(cells, "external_id")
        return bool(_TOTAL.match(first)) and all(not text or _TOTAL.match(text) for text in told)

    def swapped_date(self, cells: Sequence[str]) -> str:
        """Return a date of the line that can only be read with day and month exchanged, "" if there is none."""
        swapped = other_way_round(self.rules.dates)
        for name in DATES if swapped != self.rules.dates else ():
            text = self.text(cells, name)
            if not is_moment(text, self.rules.dates, self.rules.zone) and is_moment(
                text, swapped, self.rules.zone
            ):
                return text
        return ""

    def _commission(self, cells: Sequence[str]) -> str:
        text = self.text(cells, "commission")
        if not text:
            raise RowError("The commission is empty.")
        return text

    def _id(self, cells: Sequence[str]) -> str:
        columns = self.places.get("external_id", ())
        parts = [cells[index].strip() if index < len(cells) else "" for index in columns]
        if columns and not all(parts):
            raise RowError("The number of the conversion is empty.")
        if any(map(_MANGLED.fullmatch, parts)):
            raise RowError(
                f"A spreadsheet program has changed the number {' '.join(parts)[:40]}. Download the report anew."
            )
        return "/".join(parts).replace("\x00", "")

    def _limited(self, name: str, text: str) -> str:
        if len(text) > LIMITS[name]:
            raise RowError(f"“{text[:40]}…” is longer than {LIMITS[name]} characters.")
        return text

    def _sub_id(self, cells: Sequence[str]) -> str:
        """Return the first sub-ID that is ours, else the first that is filled."""
        columns = self.places.get("sub_id", ())
        given = [cells[index].strip().replace("\x00", "") for index in columns if index < len(cells)]
        filled = [text for text in given if text]
        return next((text for text in filled if is_ours(text)), filled[0] if filled else "")

    def _word(self, cells: Sequence[str], meaning: str, words: Mapping[str, str], default: str) -> str:
        text = self.text(cells, meaning).casefold()
        if not text or not words:
            return default
        if text not in words:
            name = "status" if meaning == "status" else "kind of event"
            raise RowError(f"“{text[:40]}” is not a known {name}. Known: {', '.join(words)}.")
        return words[text]

    def _currency(self, cells: Sequence[str], in_cell: str) -> str:
        text = self.text(cells, "currency")
        currency = self._meant(text, parse_currency(text)) or self.header_currency
        if not currency:
            currency = self.rules.currency if self.rules.currency else in_cell
        if not currency:
            raise RowError("The currency is not told: by no column, no header and no rule.")
        return currency


def is_ours(sub_id: str) -> bool:
    try:
        decode(sub_id)
    except ValueError:
        return False
    return True


def _synthetic(row: Row) -> str:
    """Make up the number of a conversion from what does not change about it."""
    steady = [row.event_at, row.click_at, row.sub_id, row.tracking_id, row.merchant, row.sku]
    return "~" + _hash("\x1f".join(map(str, steady)))[:32]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
