"""Scoring checks against passages labelled by hand: precision and recall of each check, and what went wrong."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from articles.compile import compile_markdown
from cms.contracts import Snapshot, Source

FOLDER = Path(__file__).parent


@cache
def entries(name):
    """Return the labelled passages of a file in this folder."""
    return tuple(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def snapshot_of(entry):
    """Compile a labelled passage without the database."""
    text = entry["text"]
    source = Source(
        text, entry.get("front_matter", {}), jurisdictions=tuple(entry.get("jurisdictions", ["US"]))
    )
    return Snapshot(source, compile_markdown(text))


@dataclass
class Score:
    """Hits, false alarms and misses, by check."""

    hits: Counter = field(default_factory=Counter)
    alarms: Counter = field(default_factory=Counter)
    misses: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @staticmethod
    def ratio(part, whole):
        return part / whole if whole else 1.0

    def precision(self, check=None):
        hits = self.hits.total() if check is None else self.hits[check]
        alarms = self.alarms.total() if check is None else self.alarms[check]
        return self.ratio(hits, hits + alarms)

    def recall(self, check=None):
        hits = self.hits.total() if check is None else self.hits[check]
        misses = self.misses.total() if check is None else self.misses[check]
        return self.ratio(hits, hits + misses)

    def add(self, entry, findings):
        expected = [(found["id"], _plain(found["quote"])) for found in entry["expect"]]
        for finding in findings:
            quote = _plain(finding.quote)
            match = next((one for one in expected if one[0] == finding.id and _is_same(one[1], quote)), None)
            if match:
                expected.remove(match)
                self.hits[finding.id] += 1
            else:
                self.alarms[finding.id] += 1
                self.wrong.append(f"{entry['id']}: false alarm {finding.id} “{finding.quote}”")
        for check, quote in expected:
            self.misses[check] += 1
            self.wrong.append(f"{entry['id']}: missed {check} “{quote}”")


def _plain(quote):
    return " ".join(quote.replace("*", "").replace("_", "").split())


def _is_same(wanted, quote):
    return wanted in quote or quote in wanted


def score(name, checks):
    """Run `checks` over the passages of one file."""
    total = Score()
    for entry in entries(name):
        snapshot = snapshot_of(entry)
        total.add(entry, [finding for check in checks for finding in check.run(snapshot)])
    return total
