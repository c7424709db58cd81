"""Findings as SARIF 2.1.0, which code hosts show beside the changed lines.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, section 3.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from articles.linting.run import Result
from articles.linting.said import Said
from cms import plugins
from cms.contracts import Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
RANK: Sequence[Severity] = ("error", "warning", "info")


def as_sarif(result: Result, base: Path) -> dict[str, Any]:
    """Return the log of one run; addresses of files are relative to `base`."""
    ids = sorted({finding.id for finding in result.findings})
    places = {identifier: place for place, identifier in enumerate(ids)}
    run = {
        "tool": {"driver": {"name": "Chelate", "rules": [_rule(name, result.findings) for name in ids]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not result.unreadable}],
        "results": [_result(finding, places[finding.id], base) for finding in result.findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(identifier: str, findings: Sequence[Said]) -> dict[str, Any]:
    """Describe a rule: its level is the registered check's, else the worst that was found."""
    check = plugins.registry().checks.get(identifier)
    own = [finding for finding in findings if finding.id == identifier]
    severity = check.severity if check else min((one.severity for one in own), key=RANK.index)
    critical = check.critical if check else any(one.critical for one in own)
    return {
        "id": identifier,
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {"critical": critical},
    }


def _result(finding: Said, rule: int, base: Path) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": finding.line}
    if finding.quote:
        region["snippet"] = {"text": finding.quote}
    place = {"artifactLocation": {"uri": _relative(finding.file, base)}, "region": region}
    return {
        "ruleId": finding.id,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": " ".join(filter(None, (finding.message, finding.fix)))},
        "locations": [{"physicalLocation": place}],
        "properties": {"critical": finding.critical},
    }


def _relative(path: Path, base: Path) -> str:
    return quote(os.path.relpath(path, base).replace(os.sep, "/"))
