"""The gold set of claim language: what it expects and what the checks find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from affiliates.independence import IDENTIFIERS as AFFILIATE_IDENTIFIERS
from affiliates.independence import independence_findings
from articles.compile.parser import parse
from articles.compile.render import render
from claims.checks.run import language_findings
from claims.language.lexicon import shipped
from cms.contracts import Caps, Finding, Lookup, Snapshot, Source
from references.works import CITATION, Work

GOLD = Path(__file__).resolve().parent.parent / "gold" / "language.yaml"


@lru_cache(maxsize=1)
def passages() -> Sequence[Mapping[str, Any]]:
    return yaml.safe_load(GOLD.read_text(encoding="utf-8"))


def snapshot(
    text: str, jurisdictions: Iterable[str] = ("US",), front_matter: Mapping[str, Any] | None = None
) -> Snapshot:
    """Compile without a database; the front matter's references are the library."""
    values = dict(front_matter or {})
    items = [item for item in values.get("references") or () if isinstance(item, dict)]
    works = {
        item["id"]: Work(
            number, item["id"], 1, item, item.get("title", ""), 2020, item.get("study_type", ""), "current"
        )
        for number, item in enumerate(items, start=1)
    }
    source = Source(text, values, jurisdictions=tuple(jurisdictions))
    document = render(parse(source, Caps()), Lookup({CITATION: works}), mode="preview", caps=Caps())
    return Snapshot(source, document)


def findings(text: str, jurisdictions: Iterable[str] = ("US",), **front_matter: Any) -> list[Finding]:
    return list(language_findings(snapshot(text, jurisdictions, front_matter), shipped()))


def ids(text: str, jurisdictions: Iterable[str] = ("US",), **front_matter: Any) -> list[str]:
    return sorted(finding.id for finding in findings(text, jurisdictions, **front_matter))


def quotes(
    text: str, identifier: str, jurisdictions: Iterable[str] = ("US",), **front_matter: Any
) -> list[str]:
    found = findings(text, jurisdictions, **front_matter)
    return [finding.quote for finding in found if finding.id == identifier]


def wide(text: str) -> str:
    """Return small and capital letters in the full width of East Asian fonts."""
    return "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else letter for letter in text)


@dataclass
class Score:
    hits: Counter[str] = field(default_factory=Counter)
    false_alarms: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)

    def precision(self, *identifiers: str) -> float:
        hits = sum(self.hits[name] for name in identifiers or self.hits)
        wrong = sum(self.false_alarms[name] for name in identifiers or self.false_alarms)
        return hits / (hits + wrong) if hits + wrong else 1.0

    def recall(self, *identifiers: str) -> float:
        hits = sum(self.hits[name] for name in identifiers or self.hits)
        missed = sum(self.misses[name] for name in identifiers or self.misses)
        return hits / (hits + missed) if hits + missed else 1.0

    def identifiers(self) -> list[str]:
        return sorted({*self.hits, *self.false_alarms, *self.misses})

    def lines(self) -> Iterator[str]:
        for name in self.identifiers():
            yield (
                f"{name}  precision {self.precision(name):.2f}  recall {self.recall(name):.2f}"
                f"  ({self.hits[name]} found, {self.false_alarms[name]} false alarms, {self.misses[name]} missed)"
            )
        yield f"all    precision {self.precision():.3f}  recall {self.recall():.3f}"


@lru_cache(maxsize=1)
def score() -> Score:
    counted = Score()
    for entry in passages():
        wanted = list(entry["expect"])
        for finding in found_in(entry):
            match = next((one for one in wanted if is_same(finding, one)), None)
            if match is None:
                counted.false_alarms[finding.id] += 1
            else:
                wanted.remove(match)
                counted.hits[finding.id] += 1
        counted.misses.update(one["id"] for one in wanted)
    return counted


def found_in(entry: Mapping[str, Any]) -> list[Finding]:
    page = snapshot(entry["text"], entry.get("jurisdictions") or ["US"], entry.get("front_matter"))
    named = independence_findings(page, is_paid="](aff:" in entry["text"])
    return [*language_findings(page, shipped()), *named]


def is_same(finding: Finding, wanted: Mapping[str, str]) -> bool:
    """A finding is the one that is wanted if its id is the same and the quotes share a word."""
    return finding.id == wanted["id"] and not _words(finding.quote).isdisjoint(_words(wanted["quote"]))


def _words(quote: str) -> set[str]:
    return {word.strip(".,;:!?“”\"'*") for word in quote.lower().split()}


__all__ = [
    "AFFILIATE_IDENTIFIERS",
    "Score",
    "findings",
    "found_in",
    "ids",
    "passages",
    "quotes",
    "score",
    "snapshot",
    "wide",
]
