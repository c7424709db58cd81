"""What an import did, article by article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from cms.contracts import Finding


class Status(Enum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # an editor has changed it here; the file's text was not taken over
    FAILED = "failed"


@dataclass(slots=True)
class Entry:
    """One article of one file. `publication` says in words what `--publish` did."""

    source: Path
    status: Status
    slug: str = ""
    title: str = ""
    article_id: int | None = None
    references: int = 0
    pins: int = 0
    callouts: int = 0
    disclaimers: int = 0
    findings: Sequence[Finding] = ()
    not_understood: Sequence[str] = ()
    publication: str = ""
    is_refused: bool = False

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]

    def as_json(self) -> dict[str, Any]:
        return {
            "source": str(self.source),
            "slug": self.slug,
            "title": self.title,
            "references": self.references,
            "pins": self.pins,
            "callouts": self.callouts,
            "disclaimers": self.disclaimers,
            "findings": [finding_as_json(finding) for finding in self.findings],
            "not_understood": list(self.not_understood),
            "status": self.status.value,
            "publication": self.publication,
        }


@dataclass(slots=True)
class Report:
    is_dry_run: bool = False
    entries: list[Entry] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)

    def count(self, status: Status) -> int:
        return Counter(entry.status for entry in self.entries)[status]

    @property
    def failed(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.status is Status.FAILED]

    def as_json(self) -> dict[str, Any]:
        return {
            "created": self.count(Status.CREATED),
            "updated": self.count(Status.UPDATED),
            "unchanged": self.count(Status.UNCHANGED) + self.count(Status.KEPT),
            "articles": [entry.as_json() for entry in self.entries],
        }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "severity": finding.severity,
        "critical": finding.critical,
        "line": finding.line,
        "quote": finding.quote,
        "message": finding.message,
        "fix": finding.fix,
    }
