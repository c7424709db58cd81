import pytest

from claims.doses.checks import CHECKS
from cms.contracts import Finding
from tests.claims.gold.score import Score, entries, score

IDS = [check.id for check in CHECKS]


FILES = ("doses", "doses_unseen")


@pytest.fixture(scope="module", params=FILES)
def result(request):
    return score(request.param, CHECKS)


def test_half_of_the_passages_are_clean():
    clean = [entry for entry in entries("doses") if not entry["expect"]]

    assert len(entries("doses")) >= 80
    assert 0.4 <= len(clean) / len(entries("doses")) <= 0.65


def test_passages_have_names_of_their_own():
    names = [entry["id"] for name in FILES for entry in entries(name)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("check", IDS)
def test_every_check_is_measured(check):
    assert sum(found["id"] == check for entry in entries("doses") for found in entry["expect"]) >= 5


def test_precision_and_recall_over_all(result):
    assert result.precision() >= 0.95, result.wrong
    assert result.recall() >= 0.95, result.wrong


@pytest.mark.parametrize("check", IDS)
def test_precision_and_recall_of_each_check(result, check):
    assert result.precision(check) >= 0.85, result.wrong
    assert result.recall(check) >= 0.85, result.wrong


def test_a_miss_and_a_false_alarm_are_counted():
    total = Score()

    total.add({"id": "silent", "expect": [{"id": "DOS01", "quote": "400 mg"}]}, [])
    total.add({"id": "loud", "expect": []}, [Finding("DOS01", "error", "Above.", quote="400 mg")])

    assert (total.misses["DOS01"], total.alarms["DOS01"]) == (1, 1)
    assert total.recall() == total.precision() == 0
