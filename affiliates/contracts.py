"""What other plugins may hand to this one: networks, through the hook `networks()` in their `chelate_hooks.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Network:
    """One affiliate network as data, with the names of affiliates.models.Network, which says what each means.

    `source` and `checked_on` are required: a fact that nobody can look up again is a rumour. Our own networks keep
    their keys; a row that somebody changed in the admin is left alone.
    """

    key: str
    name: str
    source: str
    checked_on: date
    routing: str = "redirect"
    store_name: str = ""
    hosts: tuple[str, ...] = ()
    short_hosts: tuple[str, ...] = ()
    path_pattern: str = ""
    marker_parameter: str = ""
    account_parameter: str = ""
    account_pattern: str = ""
    destination_parameter: str = ""
    sub_id_carrier: str = "none"
    sub_id_parameter: str = ""
    sub_id_max_length: int | None = None
    sub_id_alphabet: str = ""
    required_sentence: str = ""
    price_rule: str = ""
    notes: str = ""
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.key

    def facts(self) -> dict[str, Any]:
        """Return the columns of its row."""
        values = {**asdict(self), "sources": dict(self.sources)}
        return {**values, "hosts": list(self.hosts), "short_hosts": list(self.short_hosts)}
