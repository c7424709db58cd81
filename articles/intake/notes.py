"""What preparing one article has to say; collected on the way, put into its entry at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.importers.draft import told
from cms.contracts import Finding, Severity


@dataclass(slots=True)
class Notes:
    findings: list[Finding] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)

    def tell(self, identifier: str, message: str, *, fix: str = "", severity: Severity = "info") -> None:
        finding = told(identifier, message, fix=fix, severity=severity)
        if finding not in self.findings:
            self.findings.append(finding)

    def wonder(self, message: str) -> None:
        if message not in self.not_understood:
            self.not_understood.append(message)
