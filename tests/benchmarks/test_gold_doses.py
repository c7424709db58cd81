"""How well the dose checks read, and what they cost beside rendering."""

import pytest

from articles.compile import compile_markdown
from claims.contradictions import elsewhere, statements
from claims.doses import groups, parse, roles
from claims.doses.checks import CHECKS
from cms.contracts import Snapshot, Source
from tests.benchmarks.test_writing import milliseconds
from tests.claims.gold.score import entries, score

pytestmark = pytest.mark.bench

PARAGRAPH = (
    "Adults need about 8 to 11 mg of zinc a day, and most people get it from food. In one trial, 46 volunteers "
    "received 30 mg of zinc daily for twelve weeks. If your diet falls short, take 10 mg of elemental zinc (as "
    "citrate) with dinner; the upper limit is 40 mg in the United States and 25 mg in Europe. Number {} says so, "
    "too.\n\n"
)
WORDS = 3_000


@pytest.mark.parametrize("name", ["doses", "doses_unseen"])
def test_precision_and_recall(name, say):
    result = score(name, CHECKS)

    say(f"Gold set {name}: {len(entries(name))} passages")
    for check in CHECKS:
        found = result.hits[check.id] + result.misses[check.id]
        say(
            f"  {check.id}  precision {result.precision(check.id):.2f}  recall {result.recall(check.id):.2f}"
            f"  ({found} to find)"
        )
    say(f"  all    precision {result.precision():.3f}  recall {result.recall():.3f}\n")


def test_speed(say):
    text = "".join(PARAGRAPH.format(number) for number in range(WORDS // len(PARAGRAPH.split()) + 1))
    document = compile_markdown(text)
    snapshot = Snapshot(Source(text, jurisdictions=("US", "EU")), document)

    def check():
        return [found for one in (*CHECKS, elsewhere.CHECK) for found in one.run(snapshot)]

    def check_anew():
        for function in (parse.doses, statements.of_passage, groups.of_phrase, roles.of_phrase, roles.cues):
            function.cache_clear()
        return check()

    rendered, warm, anew = (milliseconds(one) for one in (lambda: compile_markdown(text), check, check_anew))

    say(
        f"Dose checks on {len(text.split()):,} words and {len(document.passages)} passages, median CPU of 30 runs"
    )
    say(f"  rendering           {rendered:6.1f} ms")
    say(
        f"  checks, text known  {warm:6.1f} ms, ratio {warm / rendered:.2f} (what an editor waits for while typing)"
    )
    say(f"  checks, text new    {anew:6.1f} ms, ratio {anew / rendered:.2f}\n")
