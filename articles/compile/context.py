"""What one rendering knows and collects. The only mutable object of a compilation; it never outlives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cms.contracts import Block, Dependency, Finding, Lookup, Mode, Source


class Context:
    """Implements cms.contracts.RenderContext."""

    def __init__(self, source: Source, lookup: Lookup, mode: Mode) -> None:
        self.source = source
        self.lookup = lookup
        self.mode: Mode = mode
        self.line: int | None = None
        self.block: Block | None = None
        self.blocks: Sequence[Block] = ()
        self.findings: list[Finding] = []
        self.first_paid_block: int | None = None
        self._records: dict[str, list[Any]] = {}
        self._dependencies: dict[str, str] = {}

    def finding(self, finding: Finding) -> None:
        self.findings.append(finding if finding.line else replace(finding, line=self.line))

    def record(self, kind: str, value: object) -> None:
        self._records.setdefault(kind, []).append(value)

    def records(self, kind: str) -> Sequence[Any]:
        return tuple(self._records.get(kind, ()))

    def depend(self, key: str, version: object) -> None:
        self._dependencies[key] = str(version)

    def mark_paid(self) -> None:
        if self.first_paid_block is None:
            self.first_paid_block = self.block.index if self.block else 0

    @property
    def is_paid(self) -> bool:
        return self.first_paid_block is not None

    @property
    def all_records(self) -> dict[str, tuple[Any, ...]]:
        return {kind: tuple(found) for kind, found in self._records.items()}

    @property
    def dependencies(self) -> tuple[Dependency, ...]:
        return tuple(Dependency(key, version) for key, version in sorted(self._dependencies.items()))
