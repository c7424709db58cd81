"""Who is the same visitor, and for how long."""

import pytest
from django.utils import timezone

from affiliates.models import AffiliateLink, Click
from tests.affiliates.factories import LinkFactory
from tests.affiliates.redirects import judged, sums, visit
from tests.affiliates.requests import BROWSER, PHONE, SLACK

pytestmark = pytest.mark.django_db
Status = AffiliateLink.Status


def test_the_same_visitor_counts_once_a_day(client, placement, frozen_time):
    visit(client, "/go/zinc/7k2m9x/")
    frozen_time.tick(5)
    visit(client, "/go/zinc/7k2m9x/")

    day = sums().get()
    assert (day.raw_count, day.unique_count, day.unmeasured_count) == (2, 1, 0)
    assert list(judged().values_list("is_first_of_day", "is_repeat")) == [
        (True, False),
        (False, True),
    ]


def test_a_second_click_after_ten_seconds_is_no_repeat(client, placement, frozen_time):
    visit(client, "/go/zinc/7k2m9x/")
    frozen_time.tick(11)
    visit(client, "/go/zinc/7k2m9x/")

    assert not judged().filter(is_repeat=True).exists()


def test_the_same_visitor_is_new_the_next_day(client, placement, frozen_time):
    visit(client, "/go/zinc/7k2m9x/")
    frozen_time.move_to("2026-05-02T00:00:01Z")
    visit(client, "/go/zinc/7k2m9x/")

    assert list(sums().values_list("unique_count", flat=True)) == [1, 1]
    assert Click.objects.values("day_visitor").distinct().count() == 2


def test_another_address_or_browser_is_another_visitor(client, placement):
    visit(client, "/go/zinc/7k2m9x/", REMOTE_ADDR="203.0.113.9")
    visit(client, "/go/zinc/7k2m9x/", REMOTE_ADDR="203.0.114.9")
    visit(
        client, "/go/zinc/7k2m9x/", {"user-agent": PHONE, "sec-ch-ua-platform": ""}, REMOTE_ADDR="203.0.113.9"
    )

    assert sums().get().unique_count == 3


def test_one_visitor_and_two_links_are_two_uniques(client, link):
    LinkFactory(slug="iron")

    visit(client, "/go/zinc/")
    visit(client, "/go/iron/")

    assert judged().filter(is_first_of_day=True).count() == 2


@pytest.mark.parametrize("header", ["sec-gpc", "dnt"])
def test_who_objects_is_counted_but_not_recognised(client, placement, header):
    visit(client, "/go/zinc/7k2m9x/", {header: "1"})
    visit(client, "/go/zinc/7k2m9x/", {header: "1"})

    day = sums().get()
    assert (day.raw_count, day.unique_count, day.unmeasured_count) == (2, 0, 2)
    assert not Click.objects.filter(day_visitor__isnull=False).exists()


def test_after_thirty_clicks_an_hour_a_visitor_is_suspect(client, placement, frozen_time):
    for _ in range(31):
        assert visit(client, "/go/zinc/7k2m9x/").status_code == 302

    last = judged().last()
    assert (last.click_class, last.reason) == ("suspect", "rate")
    assert dict(sums().values_list("click_class", "raw_count")) == {"human": 30, "suspect": 1}

    frozen_time.tick(3_601)
    visit(client, "/go/zinc/7k2m9x/")
    assert judged().last().click_class == "human"


def test_a_counted_click_takes_three_statements(client, placement, django_assert_num_queries):
    visit(client, "/go/zinc/7k2m9x/")

    with django_assert_num_queries(3):  # link with targets; network, program, placement; insert
        visit(client, "/go/zinc/7k2m9x/")


def test_day_sums_equal_the_clicks(client, placement):
    for agent in (BROWSER["user-agent"], SLACK, PHONE):
        visit(client, "/go/zinc/7k2m9x/", {"user-agent": agent, "sec-ch-ua-platform": ""})
        visit(client, "/go/zinc/", {"user-agent": agent, "sec-ch-ua-platform": ""})

    for day in sums():
        clicks = Click.objects.filter(link=day.link, placement=day.placement, click_class=day.click_class)
        assert clicks.count() == day.raw_count
        assert clicks.filter(is_first_of_day=True).count() == day.unique_count
        assert day.day == timezone.now().date()
    assert sum(sums().values_list("raw_count", flat=True)) == 6
