"""Which of several addresses a reader is sent to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.clicks.conditions import EVERYONE, Aim, Condition, Reader, best, condition, draw, moment

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
codes = st.sampled_from(["", "US", "DE", "FR"])
conditions = st.builds(
    Condition,
    st.frozensets(st.sampled_from(["US", "DE"])),
    st.frozensets(st.sampled_from(["phone", "desktop"])),
    st.frozensets(st.sampled_from(["de", "en"])),
    st.sampled_from([None, NOW - DAY, NOW + DAY]),
    st.sampled_from([None, NOW - DAY, NOW + DAY]),
)
readers = st.builds(
    Reader, codes, st.sampled_from(["", "phone", "desktop", "tablet"]), st.sampled_from(["", "de", "en"])
)


def aim(pk, **values):
    return Aim(pk, f"https://shop.example/{pk}", "", values.pop("weight", 1), **values)


@pytest.mark.parametrize(
    ("made", "reader", "fits"),
    [
        (condition("", "", "", None, None), Reader(), True),
        (condition("US CA", "", "", None, None), Reader("CA"), True),
        (condition("US CA", "", "", None, None), Reader("DE"), False),
        (condition("US", "", "", None, None), Reader(""), False),  # not known is not the US
        (condition("", "phone tablet", "", None, None), Reader(device="tablet"), True),
        (condition("", "phone", "", None, None), Reader(device="desktop"), False),
        (condition("", "", "de", None, None), Reader(language="de"), True),
        (condition("", "", "de", None, None), Reader(language="en"), False),
        (condition("US", "phone", "", None, None), Reader("US", "desktop"), False),
        (condition("", "", "", NOW, None), Reader(), True),
        (condition("", "", "", NOW + DAY, None), Reader(), False),
        (condition("", "", "", None, NOW), Reader(), False),
        (condition("", "", "", None, NOW + DAY), Reader(), True),
        (condition("", "", "", NOW.replace(tzinfo=None), None), Reader(), True),  # as SQLite answers
    ],
)
def test_a_condition_fits_or_not(made, reader, fits):
    assert made.fits(reader, NOW) is fits


def test_the_address_for_such_readers_beats_that_for_everybody():
    general, american = aim(1), aim(2, condition=condition("US", "", "", None, None))

    assert best([general, american], Reader("US"), NOW) == [american]
    assert best([general, american], Reader("DE"), NOW) == [general]


def test_priority_beats_everything():
    general, american = aim(1, priority=1), aim(2, condition=condition("US", "", "", None, None))

    assert best([general, american], Reader("US"), NOW) == [general]


def test_nothing_is_left_for_readers_that_no_address_is_meant_for():
    assert best([aim(1, condition=condition("US", "", "", None, None))], Reader("DE"), NOW) == []
    assert best([], Reader(), NOW) == []


def test_chance_follows_the_weights():
    aims = [aim(1, weight=0), aim(2, weight=3), aim(3, weight=1)]

    drawn = [draw(aims).id for _ in range(2_000)]

    assert drawn.count(1) == 0
    assert 0.65 < drawn.count(2) / 2_000 < 0.85


def test_weights_of_nought_are_all_the_same():
    assert {draw([aim(1, weight=0), aim(2, weight=0)]).id for _ in range(100)} == {1, 2}


@given(
    st.lists(
        st.builds(lambda c, p: aim(1, priority=p, condition=c), conditions, st.integers(0, 2)), max_size=6
    ),
    readers,
)
def test_the_best_fit_and_none_that_fits_is_better(aims, reader):
    chosen = best(aims, reader, NOW)

    fitting = [found for found in aims if found.condition.fits(reader, NOW)]
    assert all(found in fitting for found in chosen)
    assert bool(chosen) == bool(fitting)
    assert all(found.rank >= other.rank for found in chosen for other in fitting)


@given(conditions, readers)
def test_more_conditions_never_let_more_readers_in(made, reader):
    wider = Condition(made.countries, since=made.since, until=made.until)

    assert not made.fits(reader, NOW) or wider.fits(reader, NOW)
    assert EVERYONE.fits(reader, NOW)


def test_times_without_a_zone_are_utc():
    assert moment(datetime(2026, 5, 1, 12)) == NOW  # noqa: DTZ001
    assert moment(NOW) is NOW
    assert moment(None) is None
