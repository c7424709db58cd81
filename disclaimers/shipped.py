"""The texts that come with the software, read from a data file. Pure; disclaimers/sync.py makes records of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from disclaimers import rules

DATA = Path(__file__).resolve().parent / "data" / "disclaimers.yaml"


class DataError(ValueError):
    """The data file is wrong. The message names the record."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """One record of the data file."""

    id: str
    family: str
    kind: str
    title: str
    jurisdiction: list[str]
    locale: str
    when: dict[str, Any]
    slot: str
    priority: int
    text: str
    verbatim: bool
    source: str
    source_status: str
    heading: str = ""
    text_short: str = ""
    accepted_variants: list[str] = field(default_factory=list)
    notes: str = ""

    @property
    def wording(self) -> tuple[str, str, str]:
        return self.heading, self.text, self.text_short

    def columns(self) -> dict[str, Any]:
        return {
            "family": self.family,
            "kind": self.kind,
            "title": self.title,
            "jurisdictions": self.jurisdiction,
            "locale": self.locale,
            "when": self.when,
            "slot": self.slot,
            "priority": self.priority,
            "is_verbatim": self.verbatim,
            "accepted_variants": self.accepted_variants,
            "source": self.source,
            "source_status": self.source_status,
            "notes": self.notes,
        }


@lru_cache(maxsize=1)
def shipped() -> tuple[Shipped, ...]:
    """Return the records of the data file. Raises DataError."""
    return parse(DATA.read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Shipped, ...]:
    """Read a data file. Raises DataError if a record cannot be placed or does not say where it comes from."""
    records = []
    for row in yaml.safe_load(text):
        try:
            record = Shipped(**row)
        except TypeError as error:
            raise DataError(f"{row.get('id')}: {error}") from None
        problems = rules.rule_problems(record.when)
        if record.family not in rules.FAMILIES or record.slot not in rules.SLOTS:
            problems.append("unknown family or slot.")
        if not (record.source and record.source_status and record.text):
            problems.append("text, source and source_status are required.")
        if problems:
            raise DataError(f"{record.id}: {' '.join(problems)}")
        records.append(record)
    if len({record.id for record in records}) < len(records):
        raise DataError("Two records have the same id.")
    return tuple(records)


@lru_cache(maxsize=1)
def amazon_sentences() -> frozenset[str]:
    """Return every accepted wording of the Amazon statement, in the form of rules.normalised."""
    return frozenset(
        rules.normalised(text)
        for record in shipped()
        if record.kind == rules.NETWORK_STATEMENT
        for text in (record.text, *record.accepted_variants)
    )
