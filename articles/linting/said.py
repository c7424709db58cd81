"""One finding about one file, as every output format writes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cms.contracts import Finding, Severity


@dataclass(frozen=True, slots=True)
class Said:
    """`line` always lies in the file; `quote` are words that stand there, or nothing."""

    id: str
    severity: Severity
    critical: bool
    file: Path
    line: int
    quote: str
    message: str
    fix: str

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "severity": self.severity,
            "critical": self.critical,
            "file": self.file.as_posix(),
            "line": self.line,
            "quote": self.quote,
            "message": self.message,
            "fix": self.fix,
        }


def said(finding: Finding, file: Path, line: int, quote: str) -> Said:
    """Return a finding of one file. What somebody lets pass is a note that says who did."""
    passed = f" Let pass by {finding.overridden}" if finding.overridden else ""
    return Said(
        id=finding.id,
        severity="info" if passed else finding.severity,
        critical=finding.critical,
        file=file,
        line=line,
        quote=quote,
        message=f"{finding.message}{passed}",
        fix=finding.fix,
    )
