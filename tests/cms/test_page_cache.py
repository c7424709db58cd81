"""The memory of rendered pages: the right page or none, within its bounds, made once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms import page_cache
from cms.page_cache import LONGEST_SECONDS, OVERHEAD_BYTES, PageCache, bytes_of


@dataclass
class Sheet:
    text: str
    size: int = 0


class Maker:
    """Makes pages and counts them."""

    def __init__(self, size=0, may_be_kept=True):
        self.size, self.may_be_kept, self.count = size, may_be_kept, 0

    def __call__(self):
        self.count += 1
        return Sheet(f"page {self.count}", self.size), self.may_be_kept


@pytest.fixture
def cache():
    return PageCache()


def test_an_equal_page_is_made_once(cache):
    make = Maker()

    first = cache.page("zinc", (1, "Zinc"), make)
    second = cache.page("zinc", (1, str(b"Zinc", "ascii")), make)

    assert first is second
    assert make.count == 1


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.tuples(st.integers(0, 2), st.sampled_from(["", "x"]))),
        max_size=30,
    )
)
def test_whoever_asks_gets_what_would_be_made_now(asked):
    cache = PageCache()

    for address, made_from in asked:
        text = f"{address} {made_from}"
        assert cache.page(address, made_from, lambda text=text: (Sheet(text), True)).text == text


def test_a_new_page_takes_the_place_of_the_old(cache):
    for version in range(50):
        cache.page("zinc", (version,), Maker(size=1_000))

    assert len(cache) == 1
    assert cache.size < 2_500


def test_what_comes_back_is_made_again(cache):
    make = Maker()

    pages = [cache.page("zinc", made_from, make).text for made_from in [(1,), (2,), (1,)]]

    assert pages == ["page 1", "page 2", "page 3"]


def test_addresses_do_not_mix(cache):
    cache.page(("article", "zinc"), (1,), Maker())
    make = Maker()

    cache.page(("topic", "zinc"), (1,), make)

    assert make.count == 1


def test_a_page_that_cannot_be_kept_is_made_for_everybody(cache):
    make = Maker(may_be_kept=False)

    pages = [cache.page("zinc", (1,), make).text for _ in range(3)]

    assert pages == ["page 1", "page 2", "page 3"]


def test_memory_stays_within_its_bound(cache, settings):
    settings.PAGE_CACHE_MB = 1

    for number in range(100):
        cache.page(number, ("x" * 10_000,), Maker(size=20_000))

    assert cache.size <= 1_000_000
    assert 30 <= len(cache) <= 33


def test_what_nobody_reads_goes_first(cache, settings):
    settings.PAGE_CACHE_MB = 1
    often = Maker(size=400_000)

    for number in range(5):
        cache.page("often", (1,), often)
        cache.page(number, (1,), Maker(size=400_000))

    assert often.count == 1


def test_a_page_beyond_the_bound_costs_no_other_its_place(cache, settings):
    settings.PAGE_CACHE_MB = 1
    small = Maker()
    cache.page("small", (1,), small)

    cache.page("large", (1,), Maker(size=1_000_001))
    cache.page("small", (1,), small)

    assert small.count == 1
    assert len(cache) == 1


def test_no_megabytes_keep_nothing(cache, settings):
    settings.PAGE_CACHE_MB = 0
    make = Maker()

    cache.page("zinc", (1,), make)
    cache.page("zinc", (1,), make)

    assert make.count == 2
    assert (len(cache), cache.size) == (0, 0)


def test_what_cannot_be_seen_from_outside_is_late_by_a_minute_at_most(cache, monkeypatch):
    make, clock, counts = Maker(), chain([0.0, LONGEST_SECONDS - 0.1], repeat(LONGEST_SECONDS)), []
    monkeypatch.setattr("cms.page_cache.time.monotonic", lambda: next(clock))

    for _ in range(3):
        cache.page("zinc", (1,), make)
        counts.append(make.count)

    assert counts == [1, 1, 2]
    assert LONGEST_SECONDS <= 60


def test_those_who_ask_at_once_wait_for_one_page(cache):
    started, go_on = threading.Event(), threading.Event()
    made = []

    def make():
        started.set()
        assert go_on.wait(10)
        made.append(1)
        return Sheet("page"), True

    with ThreadPoolExecutor(8) as pool:
        pages = [pool.submit(cache.page, "zinc", (1,), make) for _ in range(8)]
        assert started.wait(10)
        go_on.set()
        texts = {page.result().text for page in pages}

    assert texts == {"page"}
    assert len(made) == 1


def test_nobody_waits_for_ever(cache, monkeypatch):
    monkeypatch.setattr(page_cache, "TURN_SECONDS", 0.01)
    started, go_on = threading.Event(), threading.Event()

    def slow():
        started.set()
        assert go_on.wait(10)
        return Sheet("slow"), True

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(cache.page, "zinc", (1,), slow)
        assert started.wait(10)
        quick = cache.page("zinc", (1,), Maker()).text
        go_on.set()

    assert (quick, waiting.result().text) == ("page 1", "slow")


def test_a_page_that_fails_is_tried_again(cache):
    def fail():
        raise ValueError("no template")

    with pytest.raises(ValueError, match="no template"):
        cache.page("zinc", (1,), fail)

    assert cache.page("zinc", (1,), Maker()).text == "page 1"
    assert cache._turns == {}


def test_what_is_cleared_is_made_again(cache):
    make = Maker()
    cache.page("zinc", (1,), make)

    cache.clear()
    cache.page("zinc", (1,), make)

    assert make.count == 2
    assert cache.size > 0


def test_size_counts_what_a_page_was_made_from(cache):
    cache.page("zinc", (("x" * 5_000,), None, 7), Maker(size=100))

    assert 5_100 + OVERHEAD_BYTES <= cache.size <= 5_500 + OVERHEAD_BYTES


def test_rows_within_rows_are_measured():
    assert bytes_of((("a" * 1_000,),)) > 1_000 > bytes_of(((), None))
