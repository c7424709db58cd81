"""The bars of the gold set. The benchmark prints what is measured."""

import pytest

from tests.claims.language import gold

BAR, BAR_OF_EACH = 0.95, 0.85


def test_the_set_is_large_and_half_of_it_clean():
    clean = [entry for entry in gold.passages() if not entry["expect"]]

    assert len(gold.passages()) >= 300
    assert 0.4 <= len(clean) / len(gold.passages()) <= 0.6


def test_every_name_in_the_set_is_there_once():
    names = [entry["id"] for entry in gold.passages()]

    assert len(names) == len(set(names))


def test_every_expected_quote_stands_in_its_text():
    missing = [
        (entry["id"], one["quote"])
        for entry in gold.passages()
        for one in entry["expect"]
        if one["quote"].lower() not in entry["text"].lower().replace("*", "")
    ]

    assert missing == []


def test_precision_over_all_checks():
    assert gold.score().precision() >= BAR


def test_recall_over_all_checks():
    assert gold.score().recall() >= BAR


@pytest.mark.parametrize("identifier", gold.score().identifiers())
def test_precision_and_recall_of_each_check(identifier):
    found = gold.score()

    assert found.precision(identifier) >= BAR_OF_EACH
    assert found.recall(identifier) >= BAR_OF_EACH
