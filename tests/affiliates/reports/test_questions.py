"""What an address asks."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.reports.pages import OVERVIEW, PAGES
from affiliates.reports.question import MAX_QUERY, PARAMETERS, SORTS, ask

TODAY = date(2026, 5, 20)
PAGE = st.sampled_from([OVERVIEW, *PAGES.values()])
MONEY = {"commission", "epc", "rpm"}


@given(
    page=PAGE,
    query=st.dictionaries(st.one_of(st.sampled_from([*PARAMETERS, "page"]), st.text()), st.text()),
    sees_money=st.booleans(),
)
def test_any_address_asks_something_sensible(page, query, sees_money):
    question = ask(page, query, TODAY, sees_money=sees_money)

    assert question.period.start <= question.period.end <= TODAY or query.get("period") == "own"
    assert question.sort in SORTS
    assert question.number >= 0
    assert len(question.query) <= MAX_QUERY
    assert set(question.parameters) <= set(PARAMETERS)


@given(page=PAGE, query=st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=20)))
def test_a_saved_question_asks_the_same_again(page, query):
    question = ask(page, query, TODAY, sees_money=True)

    again = ask(page, dict(parse_qsl(question.query)), TODAY, sees_money=True)

    if len(question.query) < MAX_QUERY:
        assert (again.period, again.before, again.sort, again.currency) == (
            question.period,
            question.before,
            question.sort,
            question.currency,
        )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sort", SORTS)
def test_a_table_is_sorted_by_what_it_shows(page, sort):
    found = ask(PAGES[page], {"sort": sort}, TODAY, sees_money=True).sort

    can = {"clicks", "unique"}
    if PAGES[page].seen:
        can |= {"seen", "rate"}
    if PAGES[page].has_money:
        can |= MONEY
    assert found == (sort if sort in can else "clicks")


@pytest.mark.parametrize("sort", sorted(MONEY))
def test_the_order_tells_nothing_about_money_to_who_may_not_see_it(sort):
    assert ask(PAGES["link"], {"sort": sort}, TODAY, sees_money=False).sort == "clicks"


def test_a_link_changes_one_parameter_and_keeps_the_others():
    question = ask(PAGES["link"], {"period": "90", "sort": "rate", "page": "3"}, TODAY, sees_money=True)

    assert question.link(sort="epc") == "period=90&sort=epc"
    assert question.link(page="4") == "period=90&sort=rate&page=4"
    assert question.link(period="") == "sort=rate"


def test_the_page_number_is_no_part_of_a_saved_view():
    question = ask(PAGES["link"], {"page": "3", "period": "7"}, TODAY, sees_money=True)

    assert (question.number, question.query) == (3, "period=7")


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "999999", "²", "\u0663"])
def test_a_page_number_that_is_none_is_the_first(number):
    assert ask(PAGES["link"], {"page": number}, TODAY, sees_money=True).number == 1


def test_both_periods_are_asked_for_unless_nothing_is_compared():
    compared = ask(PAGES["link"], {}, TODAY, sees_money=True)
    alone = ask(PAGES["link"], {"compare": "none"}, TODAY, sees_money=True)

    assert compared.periods == [compared.period, compared.before]
    assert alone.periods == [alone.period]
