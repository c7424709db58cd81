"""Who came on a day of the sample ledger."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from affiliates.clicks.conditions import Aim, Condition
from affiliates.demo.plan import Spike
from affiliates.demo.traffic import RUSH_CLICKS, RUSH_DAYS_AGO
from affiliates.models import Channel, ClickClass
from tests.affiliates.demo.samples import NOW, ended, hits, place, plan, traffic

TODAY = NOW.date()
PEOPLE, BOTS = ClickClass.HUMAN, ClickClass.BOT


def people(days):
    return [hit for hit in hits(days) if hit.click_class == PEOPLE]


def test_the_same_plan_gives_the_same_days():
    assert list(traffic().days()) == list(traffic().days())


def test_another_seed_gives_others():
    assert hits(traffic(days=3).days()) != hits(traffic(days=3, seed="other").days())


def test_a_day_does_not_change_as_time_goes_on():
    """An interrupted load draws its days again, minutes later."""
    yesterday = TODAY - timedelta(days=1)

    later = traffic(now=NOW + timedelta(hours=2)).day(yesterday)

    assert later == traffic().day(yesterday)


def test_the_days_end_today_and_are_as_many_as_planned():
    days = [day.day for day in traffic(days=5).days()]

    assert days == [TODAY - timedelta(days=ago) for ago in (4, 3, 2, 1, 0)]


def test_nobody_clicks_in_the_future():
    early = datetime(2026, 11, 22, 7, 10, tzinfo=UTC)

    found = hits(traffic(now=early, days=2).days())

    assert found
    assert max(hit.time for hit in found) <= early


def test_the_views_of_today_are_those_of_its_hours():
    morning, evening = (
        traffic(now=datetime(2026, 11, 22, hour, tzinfo=UTC)).readers("magnesium-forms-compared", TODAY)
        for hour in (6, 23)
    )

    assert 0 < morning < evening / 5


def test_more_people_come_from_month_to_month():
    days = list(traffic(spikes=[]).days())

    first, last = (sum(sum(day.views.values()) for day in part) for part in (days[:28], days[-28:]))

    assert last > first * 1.25


def test_saturdays_are_the_quietest():
    by_weekday = Counter()
    for day in list(traffic(spikes=[]).days())[:-6]:  # whole weeks
        by_weekday[day.day.weekday()] += sum(day.views.values())

    assert min(by_weekday, key=by_weekday.get) == 5


def test_a_spike_lifts_its_article_on_its_days_only():
    spike = Spike("magnesium-forms-compared", days_ago=4, days=2, factor=10)

    lifted = traffic(days=6, spikes=[spike])

    plain = traffic(days=6, spikes=[])
    ratios = [
        round(
            lifted.readers("magnesium-forms-compared", day) / plain.readers("magnesium-forms-compared", day)
        )
        for day in (TODAY - timedelta(days=ago) for ago in (5, 4, 3, 2))
    ]
    assert ratios == [1, 10, 10, 1]
    assert lifted.readers("zinc-and-immunity", TODAY - timedelta(days=4)) == plain.readers(
        "zinc-and-immunity", TODAY - timedelta(days=4)
    )


def test_an_article_without_a_plan_has_no_readers():
    day = traffic([place(article="unheard-of")]).day(TODAY - timedelta(days=1))

    assert sum(day.views.values()) == 0
    assert [hit for found, hit in day.hits if found.article] == []


def test_fewer_readers_see_what_stands_further_down():
    top, bottom = place(1, depth=0.05), place(2, depth=0.95)

    day = traffic([top, bottom]).day(TODAY - timedelta(days=1))

    assert day.sights[1, "000001"] > day.sights[1, "000002"] * 1.5
    assert day.sights[1, "000001"] < day.views[1]


def test_the_share_of_readers_who_object_is_not_recognised():
    found = people(traffic().days())

    share = sum(hit.day_visitor is None for hit in found) / len(found)
    assert share == pytest.approx(plan().objecting, abs=0.03)


def test_only_people_are_recognised():
    others = [hit for hit in hits(traffic().days()) if hit.click_class != PEOPLE]

    assert {hit.click_class for hit in others} == {ClickClass.BOT, ClickClass.SUSPECT}
    assert {hit.day_visitor for hit in others} == {None}
    assert {hit.reason for hit in others if hit.click_class == BOTS} == set(plan().bots)
    assert {hit.reason for hit in others} - set(plan().bots) == set(plan().suspects)


def test_visitors_are_those_of_one_day():
    seen = [{hit.day_visitor for _, hit in day.hits} - {None} for day in traffic(days=20).days()]

    assert sum(map(len, seen)) == len(set().union(*seen))


def test_some_people_click_again_elsewhere():
    days = list(traffic([place(1), place(2), place(3)], days=30).days())

    links = {}
    for hit in people(days):
        links.setdefault((hit.time.date(), hit.day_visitor), set()).add(hit.link_id)
    assert any(len(found) > 1 for (_, visitor), found in links.items() if visitor is not None)


def test_some_people_click_twice_within_seconds():
    by_visitor = {}
    for hit in people(traffic(days=30).days()):
        by_visitor.setdefault((hit.time.date(), hit.day_visitor, hit.link_id), []).append(hit.time)

    gaps = [
        (later - sooner).total_seconds()
        for times in by_visitor.values()
        for sooner, later in zip(sorted(times), sorted(times)[1:], strict=False)
    ]
    assert any(gap < 10 for gap in gaps)


def test_direct_links_are_counted_by_script_which_programs_do_not_run():
    day = list(traffic([place(is_direct=True)], days=30).days())

    found = [hit for one in day for where, hit in one.hits if where.article]
    assert {hit.channel for hit in found} == {Channel.BEACON}
    assert {hit.click_class for hit in found} == {PEOPLE}


def test_a_reader_is_led_where_the_link_leads_such_readers():
    american = Aim(7, "https://shop.example/us", "", 1, condition=Condition(countries=frozenset({"US"})))
    everybody = Aim(8, "https://shop.example/", "", 1)

    found = [
        hit
        for day in traffic([place(aims=(american, everybody))], days=20).days()
        for where, hit in day.hits
        if where.article
    ]

    assert {hit.target_id for hit in found if hit.country == "US"} == {7}
    assert {hit.target_id for hit in found if hit.country != "US"} == {8}


def test_a_click_in_an_article_mostly_comes_from_this_site():
    found = [hit for hit in people(traffic().days()) if hit.placement_id]

    assert 0.8 < sum(hit.referrer_host == "" for hit in found) / len(found) < 0.98
    assert {hit.referrer_host for hit in found} - {""} <= set(plan().referrers)


def test_the_offer_that_ended_is_still_asked_for():
    by_day = {day.day: [hit for where, hit in day.hits if where == ended()] for day in traffic().days()}

    end = TODAY - timedelta(days=plan().ended.days_ago)
    before = [hit for day, found in by_day.items() if day <= end for hit in found]
    after = [hit for day, found in by_day.items() if day > end for hit in found]
    assert {(hit.reason, hit.placement_id) for hit in before} == {("", None)}
    assert {(hit.reason, hit.target_id) for hit in after} == {("fallback", None)}
    assert all(hit.target_id for hit in before)


def test_one_visitor_clicks_all_the_time_on_one_day():
    day = traffic().day(TODAY - timedelta(days=RUSH_DAYS_AGO))

    visitor, clicks = Counter(hit.day_visitor for _, hit in day.hits if hit.day_visitor).most_common(1)[0]
    own = sorted(hit.time for _, hit in day.hits if hit.day_visitor == visitor)
    assert clicks >= RUSH_CLICKS
    assert own[RUSH_CLICKS - 1] - own[0] < timedelta(hours=1)


def test_a_site_of_direct_links_alone_has_no_such_visitor():
    day = traffic([place(is_direct=True)]).day(TODAY - timedelta(days=RUSH_DAYS_AGO))

    assert max(Counter(hit.day_visitor for _, hit in day.hits if hit.day_visitor).values()) < 10


def test_what_was_no_click_has_a_reason():
    drops = [drop for day in traffic(days=40).days() for drop in day.drops]

    assert {drop.reason for drop in drops} == set(plan().drops)
    assert all(drop.link_id is None for drop in drops)


def test_a_site_without_places_has_views_of_nothing():
    day = traffic([]).day(date(2026, 11, 20))

    assert (day.views, day.sights) == ({}, {})


def test_a_person_has_what_the_plan_gives_to_the_country():
    for hit in people(traffic(days=30).days()):
        assert hit.language in plan().countries[hit.country]["languages"]
        assert hit.device in plan().devices
