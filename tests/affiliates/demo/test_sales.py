"""Which sample clicks were followed by a sale, and what became of it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from affiliates.demo.sales import DECLINED, JUDGED_DAYS, LATEST_HOURS, sales_of
from affiliates.models import ClickClass
from affiliates.subids import decode
from tests.affiliates.demo.samples import ended, place, plan, traffic

AWIN = plan().sales["awin"]


@pytest.fixture(scope="module")
def days():
    return list(traffic([place(), place(2, is_direct=True, network="amazon")]).days())


def test_the_same_clicks_give_the_same_sales(days):
    assert list(sales_of(plan(), "awin", days)) == list(sales_of(plan(), "awin", days))


def test_about_as_many_buy_as_planned(days):
    people = [
        hit
        for day in days
        for where, hit in day.hits
        if hit.click_class == ClickClass.HUMAN and where.network == "awin" and not hit.reason
    ]

    sales = list(sales_of(plan(), "awin", days))

    assert len(sales) / len(people) == pytest.approx(AWIN.rate, rel=0.35)


def test_only_clicks_of_people_on_links_of_the_network_sell(days):
    sold = {sale.clicked_at for sale in sales_of(plan(), "awin", days)}

    of_people = {
        hit.time
        for day in days
        for where, hit in day.hits
        if hit.click_class == ClickClass.HUMAN and where.network == "awin"
    }
    assert sold
    assert sold <= of_people


def test_readers_who_were_sent_to_the_fallback_do_not_buy(days):
    late = {hit.time for day in days for _, hit in day.hits if hit.reason == "fallback"}

    everybody = replace(AWIN, rate=1.0)

    sold = {sale.clicked_at for sale in sales_of(plan(sales={"awin": everybody}), "awin", days)}
    assert late
    assert not sold & late


def test_a_report_of_one_shop_leaves_the_others_of_its_network_out():
    both = [place(1, program="vitahaus"), place(2, program="other")]
    days = list(traffic(both, days=30).days())
    selling = replace(AWIN, program="vitahaus", rate=0.5)

    sales = list(sales_of(plan(sales={"awin": selling}), "awin", days))

    assert {sale.place.program for sale in sales} == {"vitahaus"}


def test_people_buy_after_they_clicked_and_networks_judge_after_that(days):
    for sale in sales_of(plan(), "awin", days):
        assert timedelta(0) < sale.sold_at - sale.clicked_at <= timedelta(hours=LATEST_HOURS)
        assert timedelta(JUDGED_DAYS[0]) <= sale.judged_at - sale.sold_at <= timedelta(JUDGED_DAYS[1])


def test_amounts_are_cents_within_the_plan(days):
    for sale in sales_of(plan(), "awin", days):
        assert Decimal(str(AWIN.low)) <= sale.amount <= Decimal(str(AWIN.high))
        assert sale.amount == round(sale.amount, 2)
        assert abs(sale.commission - sale.amount * Decimal(str(AWIN.share))) <= Decimal("0.005")


def test_numbers_are_those_of_one_sale(days):
    numbers = [sale.number for sale in sales_of(plan(), "awin", days)]

    assert len(numbers) == len(set(numbers))


def test_a_sale_names_its_placement_and_one_outside_of_articles_none(days):
    sales = list(sales_of(plan(sales={"awin": replace(AWIN, rate=1.0)}), "awin", days))

    inside = {decode(sale.sub_id).placement for sale in sales if sale.place != ended()}
    outside = {sale.sub_id for sale in sales if sale.place == ended()}
    assert inside == {"000001"}
    assert outside == {""}


def test_some_sales_are_declined_and_some_become_smaller(days):
    sales = list(sales_of(plan(sales={"awin": replace(AWIN, rate=1.0)}), "awin", days))

    assert sum(sale.is_declined for sale in sales) / len(sales) == pytest.approx(DECLINED, abs=0.03)
    assert any(0 < sale.left < 1 for sale in sales)


def test_what_is_left_of_a_sale_shows_once_it_is_judged(days):
    sales = list(sales_of(plan(sales={"awin": replace(AWIN, rate=1.0)}), "awin", days))
    sale = next(found for found in sales if 0 < found.left < 1)

    before, after = sale.judged_at - timedelta(seconds=1), sale.judged_at

    assert (sale.part(before), sale.part(after)) == (1, sale.left)
