"""Chance that comes out the same each time."""

import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affiliates.demo.chance import dice, number, pick


def test_the_same_words_give_the_same_chance():
    assert [dice("a", 1).random() for _ in range(2)] == [dice("a", 1).random()] * 2


@pytest.mark.parametrize("other", [("a", 2), ("b", 1), ("a",), ("a", 1, "")])
def test_other_words_give_another(other):
    assert dice("a", 1).random() != dice(*other).random()


@pytest.mark.parametrize("mean", [0.3, 4, 29, 31, 400])
def test_a_number_is_that_of_rare_events(mean):
    rng = dice("poisson", mean)

    drawn = [number(rng, mean) for _ in range(3_000)]

    assert statistics.mean(drawn) == pytest.approx(mean, rel=0.08)
    assert statistics.pvariance(drawn) == pytest.approx(mean, rel=0.15)


@settings(max_examples=60)
@given(st.floats(0, 2_000), st.integers())
def test_a_number_is_never_negative(mean, seed):
    drawn = number(dice(seed), mean)

    assert isinstance(drawn, int)
    assert drawn >= 0


def test_nothing_happens_without_a_mean():
    assert {number(dice(seed), 0.0) for seed in range(50)} == {0}


def test_names_are_picked_by_their_share():
    rng = dice("shares")

    picked = [pick(rng, {"often": 0.9, "seldom": 0.1, "never": 0}) for _ in range(2_000)]

    assert 0.87 < picked.count("often") / 2_000 < 0.93
    assert "never" not in picked
