"""What one rendering knows and collects. The only mutable object of a compilation; it never outlives it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cms.contracts import Block, Dependency, Finding, Lookup, Mode, Source

LONGEST_KEY, LONGEST_VERSION = 200, 64  # the columns of EditionDependency


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
        if len(key) > LONGEST_KEY:
            return  # no record has such a name, so none can come to be what the page waits for
        text = str(version)
        if len(text) > LONGEST_VERSION:  # the address of a picture on a CDN, of an article with a long slug
            text = hashlib.sha256(text.encode()).hexdigest()
        self._dependencies[key] = text

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
