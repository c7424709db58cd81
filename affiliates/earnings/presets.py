"""Choosing how a file is read: a saved mapping of the same columns, else a shipped preset of its network."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from affiliates.earnings.errors import ReportError, UnknownHeader
from affiliates.earnings.guessing import adapted
from affiliates.earnings.rules import load, signature
from affiliates.earnings.tables import Head
from affiliates.models import EarningsMapping, Network

DATA = Path(__file__).parent.parent / "data" / "earnings.yaml"
Entry = Mapping[str, Any]


@cache
def shipped() -> tuple[Entry, ...]:
    document = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return tuple(document["presets"])


def of(network: Network) -> list[Entry]:
    return [entry for entry in shipped() if entry["network"] == network.key]


def named(network: Network, name: str) -> Entry:
    """Return the saved mapping or preset with this name. Raises ReportError."""
    saved = EarningsMapping.objects.filter(network=network, name__iexact=name).first()
    if saved:
        return as_entry(saved)
    for entry in of(network):
        if name.casefold() in (entry["key"], entry["name"].casefold()):
            return entry
    names = [mapping.name for mapping in network.earnings_mappings.all()] + [
        entry["key"] for entry in of(network)
    ]
    raise ReportError(f"{network} has no mapping “{name}”. There are: {', '.join(names) or 'none'}.")


def as_entry(mapping: EarningsMapping) -> Entry:
    return {**mapping.rules, "name": mapping.name, "report": mapping.report_kind}


def choose(network: Network, head: Head) -> Entry:
    """Return the rules for a file by its columns. Raises UnknownHeader with what was found and expected."""
    signatures = {signature(row) for rows in head.rows.values() for row in rows if len(row) > 1}
    saved = EarningsMapping.objects.filter(network=network, header_signature__in=signatures)
    if mapping := saved.order_by("-saved_at").first():
        return as_entry(mapping)
    missing: tuple[str, ...] = ()
    for entry in of(network):
        try:
            head.header(load(entry))
        except UnknownHeader as error:
            missing = error.missing
            continue
        return adapted(entry, head)
    names = ", ".join(entry["name"] for entry in of(network))
    raise UnknownHeader(head.likely()[2], missing, names)
