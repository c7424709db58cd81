"""Chance that comes out the same each time."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

KNUTH_UP_TO = 30.0


def dice(*words: object) -> random.Random:
    """Return a source of chance that the words decide."""
    return random.Random("/".join(map(str, words)))  # noqa: S311 (no secret)


def pick(rng: random.Random, shares: Mapping[str, float]) -> str:
    """Return one of the names by its share."""
    return rng.choices(list(shares), list(shares.values()))[0]


def number(rng: random.Random, mean: float) -> int:
    """Return how often something happened that happens `mean` times on average (Poisson)."""
    if mean > KNUTH_UP_TO:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
