"""Periods are read in the fewest rows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.tallies.spans import MONDAY, cover, ranges, start_of

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_spans_begin_on_mondays():
    assert date.fromordinal(MONDAY).weekday() == 0
    assert start_of(date(2026, 5, 1), 7) == date(2026, 4, 27)


@given(DAYS, st.integers(0, 800), st.sets(st.integers(0, 800), max_size=3))
def test_every_day_is_covered_once(start, length, running):
    end = start + timedelta(days=length)
    unsettled = {start + timedelta(days=number) for number in running}

    found = [
        first + timedelta(days=number)
        for span, first in cover(start, end, unsettled)
        for number in range(span)
    ]

    assert found == [start + timedelta(days=number) for number in range(length + 1)]


@given(DAYS, st.integers(0, 800), st.integers(0, 800))
def test_a_day_that_is_not_settled_is_read_as_a_day(start, length, number):
    unsettled = start + timedelta(days=number)

    spans = list(cover(start, start + timedelta(days=length), [unsettled]))

    assert all(span == 1 for span, first in spans if first <= unsettled < first + timedelta(days=span))


@given(DAYS)
def test_a_year_takes_few_spans(start):
    assert len(list(cover(start, start + timedelta(days=364)))) <= 12 + 6 + 12 + 1


@pytest.mark.parametrize("span", [7, 28])
@given(day=DAYS)
def test_a_day_lies_in_its_span(span, day):
    assert start_of(day, span) <= day < start_of(day, span) + timedelta(days=span)


@given(DAYS, st.integers(0, 800), st.sets(st.integers(0, 800), max_size=3))
def test_ranges_name_the_spans_that_fill_a_period(start, length, running):
    end = start + timedelta(days=length)
    unsettled = {start + timedelta(days=number) for number in running}

    found = [
        (span, first + timedelta(days=number))
        for span, first, last in ranges(start, end, unsettled)
        for number in range(0, (last - first).days + 1, span)
    ]

    assert found == list(cover(start, end, unsettled))


@given(DAYS)
def test_a_year_takes_few_ranges(start):
    assert len(ranges(start, start + timedelta(days=364))) <= 5
