"""How well the checks of claim language find what they should, and what they cost on 3,000 words."""

import time

import pytest

from articles.compile.parser import parse
from articles.compile.render import render
from claims.checks import run
from claims.language import sentences
from claims.language.lexicon import shipped
from claims.language.reading import whose
from cms.contracts import EMPTY_LOOKUP, Caps, Snapshot, Source
from tests.benchmarks.test_writing import milliseconds
from tests.claims.language import gold

pytestmark = pytest.mark.bench

WORDS, WARM_MILLISECONDS = 3_000, 200


@pytest.fixture(scope="module")
def article():
    """The texts of the gold set, one after the other: every check has work in it."""
    pieces, words = [], 0
    for entry in gold.passages():
        pieces.append(entry["text"].strip())
        words += len(entry["text"].split())
        if words >= WORDS:
            return Source("\n\n".join(pieces), jurisdictions=("US", "EU"))
    raise AssertionError("The gold set is too short.")


def compiled(source):
    return render(parse(source, Caps()), EMPTY_LOOKUP, mode="preview", caps=Caps())


def forget():
    for cached in (run.passage_findings, sentences.read, whose):
        cached.cache_clear()


def test_precision_and_recall(say):
    found = gold.score()

    say(f"Claim language, {len(gold.passages())} passages\n  " + "\n  ".join(found.lines()) + "\n")


def test_speed(article, say):
    snapshot = Snapshot(article, compiled(article))
    rendering = milliseconds(lambda: compiled(article), runs=10)

    def cold():
        forget()
        run.language_findings(snapshot, shipped())

    first = milliseconds(cold, runs=10)
    warm = milliseconds(lambda: run.language_findings(snapshot, shipped()))
    start = time.perf_counter()
    run.language_findings(snapshot, shipped())
    elapsed = (time.perf_counter() - start) * 1000

    say(f"Lint {len(article.text.split()):,} words, median CPU: {first:.0f} ms at first, {warm:.1f} ms again")
    say(
        f"  rendering {rendering:.0f} ms; ratio {first / rendering:.2f} at first, {warm / rendering:.2f} again\n"
    )
    assert elapsed < WARM_MILLISECONDS
