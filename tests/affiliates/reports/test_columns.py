"""What stands in the cells of a table."""

from datetime import date
from decimal import Decimal

import pytest

from affiliates.reports.answer import Answer
from affiliates.reports.columns import SCALE, cells, change_cell, columns_of, digits, file_rows, total_cells
from affiliates.reports.earned import Currencies, Earned
from affiliates.reports.intervals import Estimate
from affiliates.reports.pages import PAGES
from affiliates.reports.question import ask
from affiliates.reports.rows import Row
from affiliates.tallies.facts import Numbers

TODAY = date(2026, 5, 20)


def answered(*rows, page="article", sees_money=True, **query):
    question = ask(PAGES[page], query, TODAY, sees_money=sees_money)
    for row in rows:
        row.look(question.page)
        row.work_out()
    currencies = Currencies({"EUR": Decimal(1)}) if sees_money else None
    return Answer(question, rows, Row("", Numbers()), len(rows), currency="EUR", currencies=currencies)


def shown(row, column, **options):
    found = answered(row, **options)
    columns = columns_of(found)
    (line,) = cells(found, columns)
    return line[[one.id for one in columns].index(column)]


def ids(**options):
    return [column.id for column in columns_of(answered(**options))]


def test_an_articles_columns_hold_everything():
    assert ids() == ["clicks", "unique", "change", "seen", "rate", "commission", "epc", "rpm", "bots"]


def test_without_the_right_there_is_no_money():
    assert not {"commission", "epc", "rpm"} & set(ids(sees_money=False))


def test_without_a_comparison_there_is_no_change():
    assert "change" not in ids(compare="none")


@pytest.mark.parametrize("page", ["country", "device", "language", "referrer"])
def test_of_readers_only_clicks_are_known(page):
    assert ids(page=page) == ["clicks", "unique", "change"]


def test_reasons_count_requests():
    assert ids(page="reason") == ["clicks", "change"]


@pytest.mark.parametrize(
    ("earned", "text", "note"),
    [
        (Earned(), "0.00", ""),
        (Earned(Decimal(5), conversions=1), "5.00", "1 sale"),
        (Earned(Decimal("1234.5"), Decimal("4.5"), 1_200), "1,234.50", "1,200 sales, 4.50 pending"),
        (Earned(Decimal(5), Decimal(5), 2), "5.00", "2 sales, all pending"),
        (Earned(Decimal(-5), conversions=-1), "-5.00", "-1 sales"),
    ],
)
def test_commission_says_how_many_sales_and_what_may_go(earned, text, note):
    cell = shown(Row("1", Numbers(clicks=9), earned=earned), "commission")

    assert (cell.text, cell.note) == (text, note)


@pytest.mark.parametrize(
    ("earned", "text", "note"),
    [
        (Earned(), "", ""),
        (Earned(Decimal(5), conversions=0), "", ""),
        (Earned(Decimal(-5), conversions=3), "", ""),
        (Earned(Decimal(5), conversions=2), "0.50", "under 5 sales"),
        (Earned(Decimal(100), conversions=5, squares=2_000.0, largest=20.0), "10.00", "3.22 to 26.12"),
    ],
)
def test_epc_has_an_interval_or_says_why_not(earned, text, note):
    cell = shown(Row("1", Numbers(clicks=10), earned=earned), "epc")

    assert (cell.text, cell.note) == (text, note)
    assert (cell.whisker is not None) == (" to " in note)


def test_a_rate_is_that_of_unique_clicks():
    cell = shown(Row("1", Numbers(clicks=90, unique_clicks=50, views=1_000)), "rate")

    assert cell.text == "5.0 %"
    assert cell.note == "3.8 to 6.5 %"


def test_nothing_seen_is_no_rate():
    assert shown(Row("1", Numbers(clicks=9, unique_clicks=5)), "rate").text == ""


def test_what_is_not_measured_stands_below_unique_clicks():
    cell = shown(Row("1", Numbers(clicks=1_500, unique_clicks=1_000, unmeasured=300)), "unique")

    assert (cell.text, cell.note) == ("1,000", "300 not measured")


def test_everything_that_is_no_person_is_one_number():
    assert shown(Row("1", Numbers(bots=1_000, suspects=200, own=30)), "bots").text == "1,230"


def test_a_lower_bound_is_called_one():
    row = Row("1", Numbers(clicks=7), is_lower_bound=True)

    assert shown(row, "clicks").note == "lower bound"


@pytest.mark.parametrize(
    ("now", "before", "text", "tone"),
    [
        (0, 0, "", ""),
        (105, 100, "no clear difference", "quiet"),
        (900, 100, "+800 %", "up"),
        (100, 900, "-89 %", "down"),
        (500, 0, "new", "up"),
        (1, 0, "no clear difference", "quiet"),
        (0, 1_000, "-100 %", "down"),
    ],
)
def test_a_change_is_told_where_it_is_clear(now, before, text, tone):
    cell = change_cell(answered(), now, before)

    assert (cell.text, cell.tone) == (text, tone)


def test_a_change_is_a_day_for_a_day():
    week_after_four = answered(period="7", compare="own", cfrom="2026-04-15", cto="2026-05-12")

    assert change_cell(week_after_four, 1_000, 4_000).text == "no clear difference"


def test_whiskers_of_a_column_share_one_scale():
    wide = Row("1", Numbers(unique_clicks=5, views=10))
    narrow = Row("2", Numbers(unique_clicks=500, views=10_000))
    found = answered(wide, narrow)
    index = [column.id for column in columns_of(found)].index("rate")

    first, second = (line[index].whisker for line in cells(found, columns_of(found)))

    assert float(first.high) == SCALE
    assert float(second.high) < float(first.low)


def test_the_row_of_sums_has_the_columns_of_the_others():
    found = answered(Row("1", Numbers(clicks=9)))

    assert len(total_cells(found, columns_of(found))) == len(columns_of(found))


@pytest.mark.parametrize(("high", "number"), [(0.2, 3), (0.999, 3), (1.0, 2), (900.0, 2)])
def test_small_amounts_have_more_digits(high, number):
    assert digits(Estimate(high / 2, 0.0, high)) == number


@pytest.mark.parametrize("page", ["article", "country", "reason", "day"])
@pytest.mark.parametrize("sees_money", [True, False])
def test_every_line_of_a_file_is_as_long_as_its_heading(page, sees_money):
    found = answered(Row("1", Numbers(clicks=9)), page=page, sees_money=sees_money)

    head, line = file_rows(found)

    assert len(head) == len(line)
    assert ("commission" in head) == (sees_money and page in ("article", "day"))


def test_a_file_has_amounts_as_numbers_of_the_ledger():
    earned = Earned(Decimal("-0.5"), Decimal(7), 2)
    head, line = file_rows(answered(Row("1", Numbers(clicks=9), 3, earned, Earned(Decimal("1.23456")))))

    values = dict(zip(head, line, strict=True))

    assert (values["commission"], values["pending"]) == (Decimal("-0.5000"), Decimal("7.0000"))
    assert str(values["commission_before"]) == "1.2346"
    assert (values["clicks_before"], values["epc"]) == (3, "")


@pytest.mark.parametrize(
    "query",
    [
        {"period": "today"},
        {"period": "own", "from": "2026-05-18", "to": "2026-05-20"},
        {"period": "own", "from": "2026-05-18", "to": "2026-05-25"},
    ],
)
def test_days_that_go_on_are_not_held_against_days_that_are_over(query):
    found = answered(Row("", Numbers()), **query)

    cell = change_cell(found, 12, 80)

    assert (cell.text, cell.note, cell.tone) == ("not over yet", "80 before", "quiet")


def test_days_that_are_over_are_compared():
    found = answered(Row("", Numbers()), period="own", **{"from": "2026-05-18", "to": "2026-05-19"})

    assert change_cell(found, 12, 80).text == "-85 %"


def test_two_periods_that_both_go_on_are_compared():
    query = {"from": "2026-05-18", "to": "2026-05-20", "cfrom": "2026-05-20", "cto": "2026-05-20"}

    found = answered(Row("", Numbers()), period="own", compare="own", **query)

    assert change_cell(found, 12, 80).text == "-95 %"


@pytest.mark.parametrize(("day", "text"), [("2026-05-19", "-85 %"), ("2026-05-20", "not over yet")])
def test_of_the_days_of_a_period_only_the_last_goes_on(day, text):
    row = Row(day, Numbers(clicks=12), before=80)
    query = {"period": "own", "from": "2026-05-19", "to": "2026-05-20"}

    assert shown(row, "change", page="day", **query).text == text


def test_a_day_is_held_against_one_day_however_long_the_periods_are():
    row = Row("2026-05-11", Numbers(clicks=80), before=80)
    days = {"from": "2026-05-10", "to": "2026-05-12", "cfrom": "2026-04-01", "cto": "2026-04-30"}

    assert shown(row, "change", page="day", period="own", compare="own", **days).text == "no clear difference"


def test_a_day_with_none_beside_it_is_not_called_new():
    row = Row("2026-05-12", Numbers(clicks=80))
    days = {"from": "2026-05-10", "to": "2026-05-12", "cfrom": "2026-04-01", "cto": "2026-04-02"}

    assert shown(row, "change", page="day", period="own", compare="own", **days).text == ""
