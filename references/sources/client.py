"""Asking a source. Everything that is not an answer about the work is "unreachable": offline, busy, broken, odd."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.core.cache import cache

from articles.nesting import read_json
from cms import outbound
from cms.outbound import PORTS

State = Literal["answered", "absent", "unreachable"]
KEPT_SECONDS = 3600  # an editor looks a work up, then adds it
ABSENT = frozenset({404, 410})
TOOL = "chelate"
log = structlog.get_logger("chelate.references")


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is what was sent; `why` says for an editor what went wrong."""

    state: State
    text: str = ""
    status: int | None = None
    why: str = ""

    def json(self) -> Any:
        return read_json(self.text)


def ask(
    source: str, path: str, params: Mapping[str, str] | None = None, *, fresh: bool = False, retries: int = 2
) -> Answer:
    """Ask one source, or take what it said within the last hour unless `fresh`. Never raises."""
    if not settings.REFERENCE_LOOKUPS:
        return Answer("unreachable", why="Look-ups are switched off (REFERENCE_LOOKUPS).")
    base = settings.REFERENCE_SOURCES[source]
    asked = {**(params or {}), **_who_asks(source)}
    url = f"{base}{path}" + (f"?{urlencode(asked)}" if asked else "")
    key = f"references:{hashlib.sha256(url.encode()).hexdigest()}"
    if not fresh and (known := cache.get(key)) is not None:
        return Answer(*known)
    answer = _ask(source, url, retries)
    if answer.state != "unreachable":
        cache.set(key, (answer.state, answer.text, answer.status, answer.why), KEPT_SECONDS)
    return answer


def _ask(source: str, url: str, retries: int) -> Answer:
    try:
        found = outbound.get(url, trusted=_trusted(url), timeout_seconds=10, retries=retries)
    except outbound.Failed as failed:
        log.info("source_unreachable", source=source, reason=failed.kind)
        return Answer("unreachable", why=str(failed))
    if found.is_ok:
        return Answer("answered", found.text(), found.status)
    if found.status in ABSENT:
        return Answer("absent", found.text(), found.status)
    log.info("source_unreachable", source=source, status=found.status)
    return Answer("unreachable", status=found.status, why=f"It answered with status {found.status}.")


def _who_asks(source: str) -> dict[str, str]:
    """Return the parameters by which a source knows whom to write to; OpenAlex and NCBI read no header."""
    contact = settings.OUTBOUND_CONTACT
    if source in {"pubmed", "idconv"}:
        return {"tool": TOOL, **({"email": contact} if contact else {})}
    return {"mailto": contact} if contact and source in {"crossref", "openalex"} else {}


def _trusted(url: str) -> frozenset[str]:
    """A source is an address from the settings, so it may be a machine of the operator's own network."""
    parts = urlsplit(url)
    return frozenset({f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}"})
