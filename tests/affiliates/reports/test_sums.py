"""The order of rows, their groups and their sum, without a database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.reports.earned import NO_AMOUNTS, Earned, total
from affiliates.reports.intervals import LEAST_SALES
from affiliates.reports.pages import PAGES
from affiliates.reports.question import SORTS
from affiliates.reports.sums import RATES, Sums
from affiliates.tallies.facts import COLUMNS, Numbers

KEYS = st.sampled_from(["1", "2", "3", "4", "5", "none"])
COUNTS = st.tuples(*[st.integers(0, 2_000)] * len(COLUMNS))
CLICKS = st.dictionaries(KEYS, st.integers(0, 500))
AMOUNTS = st.dictionaries(
    KEYS,
    st.tuples(
        st.integers(-50_000, 900_000),
        st.integers(0, 9_000),
        st.integers(-2, 40),
        st.floats(0, 9_999),
        st.floats(0, 99),
    ),
)
EVERYTHING = {"now": st.dictionaries(KEYS, COUNTS), "before": CLICKS, "earned": AMOUNTS}


def counts(**numbers):
    return tuple(numbers.get(name, 0) for name in COLUMNS)


def sums(now=(), before=(), earned=(), page="article"):
    return Sums(PAGES[page], dict(now), dict(before), dict(earned), {})


def keys(found, sort):
    return list(found.order(sort).keys)


@given(sort=st.sampled_from(SORTS), **EVERYTHING)
def test_every_key_with_a_number_is_shown_once(sort, now, before, earned):
    found = keys(sums(now, before, earned), sort)

    assert sorted(found) == sorted({*now, *before, *earned})


@given(**EVERYTHING)
def test_counts_fall_from_row_to_row(now, before, earned):
    made = sums(now, before, earned)
    rows = {
        sort: [made.row(key) for key in keys(made, sort)]
        for sort in ("clicks", "unique", "seen", "commission")
    }

    for name, values in {
        "clicks": [row.now.clicks for row in rows["clicks"]],
        "unique": [row.now.unique_clicks for row in rows["unique"]],
        "seen": [row.now.views for row in rows["seen"]],
        "commission": [row.earned.commission for row in rows["commission"]],
    }.items():
        assert values == sorted(values, reverse=True), name


@given(sort=st.sampled_from(RATES), **EVERYTHING)
def test_rows_of_one_group_stand_together_and_better_groups_first(sort, now, before, earned):
    made = sums(now, before, earned)
    order = made.order(sort)
    groups = [order.groups[key] for key in order.keys]

    assert groups == sorted(groups, key=lambda number: (number == 0, number))
    assert sum(order.sizes().values()) == len(order.keys)


@given(sort=st.sampled_from(RATES), **EVERYTHING)
def test_rows_of_two_groups_never_overlap(sort, now, before, earned):
    made = sums(now, before, earned)
    order = made.order(sort)
    rows = [made.row(key, order.groups[key]).work_out() for key in order.keys]

    for one in rows:
        for other in rows:
            if 0 < one.group < other.group:
                assert not getattr(one, sort).overlaps(getattr(other, sort))


@given(sort=st.sampled_from(RATES), **EVERYTHING)
def test_only_what_has_an_interval_has_a_group(sort, now, before, earned):
    made = sums(now, before, earned)
    order = made.order(sort)

    for key in order.keys:
        row = made.row(key).work_out()
        assert (order.groups[key] == 0) == (getattr(row, sort) is None)


@given(sort=st.sampled_from(["clicks", "unique", "seen", "commission"]), **EVERYTHING)
def test_counts_have_no_groups(sort, now, before, earned):
    order = sums(now, before, earned).order(sort)

    assert order.groups == order.sizes() == {}


@given(**EVERYTHING)
def test_the_sum_is_that_of_the_rows(now, before, earned):
    made = sums(now, before, earned)
    rows = [made.row(key) for key in keys(made, "clicks")]

    whole = made.total()

    added = Numbers()
    for row in rows:
        added.add(row.now)
    assert whole.now == added
    assert whole.before == sum(row.before for row in rows)
    assert whole.earned.commission == sum((row.earned.commission for row in rows), Decimal(0))
    assert whole.earned.conversions == sum(row.earned.conversions for row in rows)
    assert whole.earned.largest == max((row.earned.largest for row in rows), default=0.0)


def test_equal_counts_come_in_the_order_of_their_keys():
    found = sums({"b": counts(clicks=1), "c": counts(clicks=2), "a": counts(clicks=1)})

    assert keys(found, "clicks") == ["c", "a", "b"]


def test_equal_money_comes_in_the_order_of_clicks():
    same = (10, 0, 1, 1.0, 1.0)
    found = sums({"a": counts(clicks=1), "b": counts(clicks=9)}, earned={"a": same, "b": same})

    assert keys(found, "commission") == ["b", "a"]


def test_a_row_of_the_other_days_only_has_no_clicks_now():
    (key,) = keys(sums(before={"9": 4}), "clicks")

    row = sums(before={"9": 4}).row(key)

    assert (row.now, row.before, row.earned) == (Numbers(), 4, Earned())


def test_an_empty_report_adds_up_to_nothing():
    whole = sums().total()

    assert (whole.now, whole.before, whole.earned, whole.rate, whole.epc) == (
        Numbers(),
        0,
        Earned(),
        None,
        None,
    )


@pytest.mark.parametrize(("page", "seen"), [("article", 70), ("link", 90), ("country", 0)])
def test_each_page_divides_by_what_it_knows(page, seen):
    row = sums({"1": counts(views=70, impressions=90)}, page=page).row("1")

    assert row.seen == seen


def test_few_sales_come_after_those_that_can_be_told():
    many = (10_000, 0, LEAST_SALES, 1.0, 0.5)
    lucky = (9_000_000, 0, LEAST_SALES - 1, 90.0, 60.0)
    found = sums(
        {"many": counts(clicks=100), "lucky": counts(clicks=1)}, earned={"many": many, "lucky": lucky}
    )

    order = found.order("epc")

    assert list(order.keys) == ["many", "lucky"]
    assert order.groups == {"many": 1, "lucky": 0}


def test_money_is_told_in_whole_cents():
    assert Earned.of((123_456, -1, 2, 3.5, 4.5)) == Earned(
        Decimal("12.3456"), Decimal("-0.0001"), 2, 3.5, 4.5
    )


def test_nothing_adds_up_to_nothing():
    assert total([]) == total([NO_AMOUNTS, NO_AMOUNTS]) == NO_AMOUNTS


def test_the_largest_sale_is_not_added_up():
    assert total([(1, 2, 3, 4.0, 5.0), (10, 20, 30, 40.0, 4.0)]) == (11, 22, 33, 44.0, 5.0)
