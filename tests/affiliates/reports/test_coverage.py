"""The intervals keep their word: in simulations with known truth about 95 of 100 hold it."""

import random

import pytest

from affiliates.reports.intervals import LEAST_SALES, counted, money, wilson

RUNS = 2_000


def poisson(draw, mean):
    number, at = 0, draw.expovariate(1)
    while at < mean:
        number, at = number + 1, at + draw.expovariate(1)
    return number


def share_covered(estimates, truth):
    found = [estimate for estimate in estimates if estimate is not None]
    return sum(estimate.low <= truth <= estimate.high for estimate in found) / len(found)


@pytest.mark.parametrize(("trials", "rate"), [(50, 0.05), (200, 0.05), (1_000, 0.01), (300, 0.4)])
def test_wilson_covers(trials, rate):
    draw = random.Random(1)
    estimates = [wilson(sum(draw.random() < rate for _ in range(trials)), trials) for _ in range(RUNS // 4)]

    assert share_covered(estimates, rate) >= 0.92


@pytest.mark.parametrize("mean", [1, 5, 40])
def test_counts_cover(mean):
    draw = random.Random(2)

    assert share_covered([counted(poisson(draw, mean)) for _ in range(RUNS)], mean) >= 0.95


@pytest.mark.parametrize("sales", [5, 20, 100, 400])
@pytest.mark.parametrize("sigma", [0.5, 1.0, 1.3])
def test_money_covers_with_few_sales_and_heavy_tails(sales, sigma):
    """Commissions as lognormal amounts, the largest of a hundred 13 times the median with sigma 1."""
    draw = random.Random(3)
    mean = 2.718281828 ** (sigma**2 / 2)
    estimates = []
    for _ in range(RUNS // 2):
        amounts = [draw.lognormvariate(0, sigma) for _ in range(poisson(draw, sales))]
        if len(amounts) >= LEAST_SALES:
            estimates.append(money(sum(amounts), sum(amount**2 for amount in amounts), max(amounts)))

    covered = share_covered(estimates, sales * mean)

    assert 0.92 <= covered <= 0.995, covered
