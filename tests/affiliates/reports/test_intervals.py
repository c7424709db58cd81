import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.reports.groups import group
from affiliates.reports.intervals import Estimate, counted, money, wilson


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [  # R: binom::binom.wilson
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (30, 1_000, 0.0211, 0.0425),
    ],
)
def test_wilson(hits, trials, low, high):
    found = wilson(hits, trials)

    assert found.value == hits / trials
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_without_trials_there_is_no_rate():
    assert wilson(0, 0) is None


def test_more_hits_than_trials_are_all():
    assert wilson(12, 10) == wilson(10, 10)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_rate_lies_between_its_limits(hits, trials):
    found = wilson(hits, trials)

    assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.025, 5.572), (10, 4.795, 18.39), (100, 81.36, 121.63)],  # exact Poisson limits
)
def test_a_count(number, low, high):
    found = counted(number)

    assert found.low == pytest.approx(low, rel=0.02, abs=0.02)
    assert found.high == pytest.approx(high, rel=0.02)


def test_equal_amounts_are_a_count():
    ten = money(100.0, 10 * 10.0**2, 10.0)

    assert (ten.low / 10, ten.high / 10) == pytest.approx((counted(10).low, counted(11).high))


def test_one_large_amount_says_less_than_many_small_ones():
    small, large = money(100, 100, 1), money(100, 100**2, 100)

    assert large.low < small.low < 100 < small.high < large.high


@pytest.mark.parametrize(("total", "squares"), [(0, 0), (-5, 25), (0, 50)])
def test_without_earnings_there_is_no_interval(total, squares):
    assert money(total, squares, 5) is None


@given(st.lists(st.floats(0.01, 10_000), min_size=1, max_size=50))
def test_a_sum_lies_between_its_limits(amounts):
    found = money(sum(amounts), sum(amount**2 for amount in amounts), max(amounts))

    assert 0 <= found.low <= found.value <= found.high


ESTIMATES = st.lists(
    st.none()
    | st.tuples(st.integers(0, 100), st.integers(0, 20), st.integers(0, 20)).map(
        lambda parts: Estimate(parts[0], parts[0] - parts[1], parts[0] + parts[2])
    ),
    max_size=30,
)


@given(ESTIMATES)
def test_rows_of_different_groups_never_overlap(estimates):
    groups = group(estimates)

    rows = [(number, found) for number, found in zip(groups, estimates, strict=True) if found]
    for number, found in rows:
        for other_number, other in rows:
            assert number == other_number or not found.overlaps(other)
            assert not (number < other_number and found.value < other.value)


@given(ESTIMATES)
def test_what_has_no_estimate_has_no_group(estimates):
    assert [number == 0 for number in group(estimates)] == [found is None for found in estimates]


def test_clear_differences_are_told_apart():
    assert group([Estimate(5, 4, 6), None, Estimate(20, 15, 25), Estimate(7, 5, 9)]) == [2, 0, 1, 2]
