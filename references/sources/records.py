"""One source's word on one work, in our terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from references.models.states import EditorialStatus

PARSER_VERSION = 1  # counts up when the same payload would be read differently


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was published about the work. A hint is what one source only suspects; it never flags alone."""

    status: EditorialStatus
    label: str
    doi: str = ""
    pmid: str = ""
    on: date | None = None
    is_hint: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """`item` is CSL-JSON, not cleaned yet; `raw` is what was sent: JSON as it came, XML as text."""

    source: str
    source_id: str
    item: Mapping[str, Any]
    notices: tuple[Notice, ...] = ()
    study_type: str = ""
    cited_by: int | None = None
    raw: Any = field(default=None, repr=False)
    http_status: int | None = None
