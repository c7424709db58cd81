from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.reports.periods import Period, compared_with, period_of

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ({}, "2026-04-22", "2026-05-19"),
        ({"period": "7"}, "2026-05-13", "2026-05-19"),
        ({"period": "365"}, "2025-05-20", "2026-05-19"),
        ({"period": "today"}, "2026-05-20", "2026-05-20"),
        ({"period": "own", "from": "2026-01-01", "to": "2026-01-31"}, "2026-01-01", "2026-01-31"),
        ({"period": "own", "from": "2026-01-31", "to": "2026-01-01"}, "2026-01-01", "2026-01-31"),
        ({"period": "own", "from": "2026-01-01", "to": ""}, "2026-04-22", "2026-05-19"),
        ({"period": "own", "from": "0001-01-01", "to": "0001-01-02"}, "2026-04-22", "2026-05-19"),
        ({"period": "own", "from": "2000-01-01", "to": "2026-01-01"}, "2026-04-22", "2026-05-19"),
        ({"period": "-1"}, "2026-04-22", "2026-05-19"),
        ({"period": "9999999"}, "2026-04-22", "2026-05-19"),
    ],
)
def test_the_days_that_are_asked_for(query, start, end):
    assert period_of(query, TODAY) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("query", "start"),
    [
        ({}, "2026-05-06"),
        ({"compare": "previous"}, "2026-05-06"),
        ({"compare": "year"}, "2025-05-14"),
        ({"compare": "own", "cfrom": "2024-02-01", "cto": "2024-02-07"}, "2024-02-01"),
        ({"compare": "own", "cfrom": "x", "cto": "y"}, "2026-05-06"),
    ],
)
def test_the_days_to_compare_with(query, start):
    period = Period(date(2026, 5, 13), date(2026, 5, 19))

    assert compared_with(query, period).start == date.fromisoformat(start)


def test_nothing_need_be_compared():
    assert compared_with({"compare": "none"}, Period(TODAY, TODAY)) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_days_before_are_as_many_and_end_where_these_begin(start, length):
    period = Period(start, start + timedelta(days=length))

    assert len(period.before()) == len(period) == len(list(period))
    assert period.before().end == start - timedelta(days=1)
    assert period.a_year_before().start.weekday() == start.weekday()


def test_it_reads_as_words():
    assert str(Period(TODAY, TODAY)) == "20 May 2026"
    assert str(Period(date(2026, 5, 1), TODAY)) == "1 May to 20 May 2026"
    assert str(Period(date(2025, 12, 1), TODAY)) == "1 December 2025 to 20 May 2026"
