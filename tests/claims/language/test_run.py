"""One run for all checks of a page, remembered paragraph by paragraph."""

from types import SimpleNamespace

import pytest

from claims.checks import run
from claims.checks.example import example_of
from claims.language.lexicon import EDITABLE, shipped
from claims.language.reading import readings
from tests.claims.language.gold import snapshot

ARTICLE = "\n\n".join(f"Magnesium prevents migraines number {number}. It is a metal." for number in range(40))


def missed(function):
    """Return how many passages `function` had to read anew."""
    before = run.passage_findings.cache_info().misses
    function()
    return run.passage_findings.cache_info().misses - before


def test_typing_reads_one_paragraph_and_its_neighbours_anew():
    run.language_findings(snapshot(ARTICLE), shipped())
    changed = snapshot(ARTICLE.replace("number 20.", "number twenty."))

    count = missed(lambda: run.language_findings(changed, shipped()))

    assert 1 <= count <= 3


def test_a_new_line_at_the_top_moves_findings_and_reads_nothing_else_anew():
    first = run.language_findings(snapshot(ARTICLE), shipped())
    moved = snapshot(f"Hello.\n\n{ARTICLE}")

    count = missed(lambda: run.language_findings(moved, shipped()))

    assert count <= 2
    assert [one.line + 2 for one in first] == [one.line for one in run.language_findings(moved, shipped())]


def test_all_checks_of_a_page_share_one_run(monkeypatch):
    page, runs = snapshot("Zinc cures colds."), []
    monkeypatch.setattr(run, "current_lexicon", lambda: runs.append(1) or shipped())

    found = [finding for check in run.CHECKS for finding in check.run(page)]

    assert [finding.id for finding in found] == ["CLM01"]
    assert len(runs) == 1


def test_another_page_is_read_anew(monkeypatch):
    monkeypatch.setattr(run, "current_lexicon", shipped)
    check = next(check for check in run.CHECKS if check.id == "CLM01")

    found = [len(list(check.run(snapshot(text)))) for text in ("Zinc cures colds.", "Zinc is grey.")]

    assert found == [1, 0]


def test_a_check_tells_its_own_findings_only():
    assert {check.id for check in run.CHECKS} == set(run.SEVERITIES)
    assert all(check.severity == run.SEVERITIES[check.id] for check in run.CHECKS)


def test_passages_of_one_callout_share_a_group():
    page = snapshot(":::statistic\nOne.\n\nTwo.\n:::\n\nThree.")

    groups = [reading.group for _, reading in readings(page)]

    assert groups[0] == groups[1]


def test_equal_words_at_other_places_are_equal_readings():
    one = [reading for _, reading in readings(snapshot("Zinc is grey."))]
    other = [reading for _, reading in readings(snapshot("\n\n   Zinc is grey."))]

    assert one == other


@pytest.mark.parametrize("references", [None, "x", 7, [None], [{"custom": 3}], [{"custom": {"insight": 3}}]])
def test_odd_front_matter_is_passed_over(references):
    page = snapshot("Zinc is grey.")
    odd = SimpleNamespace(source=SimpleNamespace(**{**{name: getattr(page.source, name) for name in ("text", "jurisdictions")}, "front_matter": {"references": references, "title": 3}}), document=page.document)  # fmt: skip  # noqa: E501

    assert len(list(readings(odd))) == 1


@pytest.mark.parametrize("name", EDITABLE)
@pytest.mark.parametrize("phrase", ["wobble", "keep * at bay"])
def test_every_list_has_an_example(name, phrase):
    sentence, found = example_of(name, phrase, shipped())

    assert phrase.split(" * ")[0] in sentence.lower()
    assert isinstance(found, tuple)
