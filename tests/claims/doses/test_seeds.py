"""The sample articles: every finding on doses that the rules demand, and no other."""

import pytest

from articles.compile import compile_markdown
from claims.contradictions.statements import clash, gather
from claims.doses.checks import CHECKS
from cms.contracts import Snapshot, Source

pytestmark = pytest.mark.shared
# By hand, sentence by sentence: a range above both limits, two recommended intakes as doses, two compound masses.
DEMANDED = {
    "000_338fa158736e5317.txt": {
        ("DOS01", "200–400 mg of elemental magnesium per day"),
        ("DOS06", "8–11 mg per day"),
        ("DOS06", "55 mcg per day"),
    },
    "001_1f28004ccf86e38c.txt": {
        ("DOS02", "80–100 mg magnesium glycinate"),
        ("DOS02", "10–15 mg zinc lozenge"),
    },
    "003_8a7cf4c4e42cbd4e.txt": set(),
}


@pytest.fixture
def snapshot(shared_dir):
    def read(name, *jurisdictions):
        text = (shared_dir / "seeds" / name).read_text(encoding="utf-8")
        return Snapshot(Source(text, jurisdictions=jurisdictions), compile_markdown(text))

    return read


@pytest.mark.parametrize("jurisdictions", [("US",), ("US", "EU"), ("UK",)])
@pytest.mark.parametrize("name", DEMANDED)
def test_the_findings_are_those_that_the_rules_demand(name, jurisdictions, snapshot):
    seed = snapshot(name, *jurisdictions)

    found = {(finding.id, finding.quote) for check in CHECKS for finding in check.run(seed)}

    expected = DEMANDED[name]
    if jurisdictions == ("UK",):  # zinc 8-11 mg and selenium 55 mcg are American intakes
        expected = {one for one in expected if one[0] != "DOS06"}
    assert found == expected


def test_findings_stand_on_their_lines(snapshot):
    seed = snapshot("000_338fa158736e5317.txt", "US")

    lines = seed.source.text.split("\n")
    for check in CHECKS:
        for finding in check.run(seed):
            assert finding.quote in lines[finding.line - 1]


def test_the_two_articles_on_magnesium_glycinate_contradict_each_other(snapshot):
    first, second = (
        list(gather(seed.document.passages, seed.source.text, ""))
        for seed in (snapshot("000_338fa158736e5317.txt", "US"), snapshot("001_1f28004ccf86e38c.txt", "US"))
    )

    found = [
        (one.quote, other.quote) for one in first for other in second if clash(one.statement, other.statement)
    ]

    assert ("200–400 mg of elemental magnesium per day", "80–100 mg magnesium glycinate") in found
