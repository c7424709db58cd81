from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiliates import sums
from affiliates.models import Click, ClickClass, ClickDay
from cms import plugins
from tests.affiliates.factories import LinkFactory, PlacementFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = date(2026, 5, 1)


def click(link, moment=NOON, **fields):
    return Click.objects.create(
        link=link, time=moment, channel="redirect", **{"click_class": "human", **fields}
    )


def rows():
    columns = ("day", "link", "placement", "click_class", "raw_count", "unique_count", "unmeasured_count")
    return set(ClickDay.objects.values_list(*columns))


def test_people_uniques_and_unmeasured_are_told_apart():
    placement = PlacementFactory()
    click(placement.link, placement=placement, day_visitor=1)
    click(placement.link, placement=placement, day_visitor=1)
    click(placement.link, placement=placement)
    click(placement.link, placement=placement, click_class="bot")
    click(placement.link)

    sums.count_day(DAY)

    link = placement.link_id
    assert rows() == {
        (DAY, link, placement.pk, "human", 3, 1, 1),
        (DAY, link, placement.pk, "bot", 1, 0, 0),
        (DAY, link, None, "human", 1, 0, 1),
    }


def flags(**filters):
    found = Click.objects.filter(**filters).order_by("time", "pk")
    return list(found.values_list("is_first_of_day", "is_repeat", "click_class"))


def test_the_first_click_of_a_visitor_on_a_link_is_unique():
    link, other = LinkFactory(), LinkFactory()
    for seconds, visitor, where in [(0, 1, link), (60, 1, link), (120, 2, link), (180, 1, other)]:
        click(where, NOON + timedelta(seconds=seconds), day_visitor=visitor)

    sums.judge_day(DAY)

    assert [first for first, _, _ in flags()] == [True, False, True, True]


def test_a_click_that_arrives_late_takes_the_place_of_the_first():
    link = LinkFactory()
    click(link, NOON, day_visitor=1)
    sums.judge_day(DAY)

    click(link, NOON - timedelta(minutes=1), day_visitor=1)
    sums.judge_day(DAY)

    assert [first for first, _, _ in flags()] == [True, False]


@pytest.mark.parametrize(("seconds", "is_repeat"), [(0, True), (10, True), (11, False)])
def test_a_repeat_comes_within_ten_seconds(seconds, is_repeat):
    link = LinkFactory()
    click(link, NOON, day_visitor=1)
    click(link, NOON + timedelta(seconds=seconds), day_visitor=1)

    sums.judge_day(DAY)

    assert [repeat for _, repeat, _ in flags()] == [False, is_repeat]


def test_a_repeat_is_one_on_the_same_placement():
    one = PlacementFactory()
    two = PlacementFactory(link=one.link, article=one.article)
    click(one.link, placement=one, day_visitor=1)
    click(one.link, placement=two, day_visitor=1)

    sums.judge_day(DAY)

    assert [repeat for _, repeat, _ in flags()] == [False, False]


def test_the_thirty_first_click_of_an_hour_is_suspect_however_often_it_is_judged():
    link = LinkFactory()
    for minute in range(33):
        click(link, NOON + timedelta(minutes=minute), day_visitor=1)
    click(link, NOON + timedelta(hours=3), day_visitor=1)

    sums.judge_day(DAY)
    sums.judge_day(DAY)

    classes = [click_class for _, _, click_class in flags()]
    assert classes == ["human"] * 30 + ["suspect"] * 3 + ["human"]
    assert set(Click.objects.filter(click_class="suspect").values_list("reason", flat=True)) == {"rate"}


def test_who_is_not_recognised_is_never_judged():
    link = LinkFactory()
    for _ in range(40):
        click(link)

    sums.judge_day(DAY)

    assert set(flags()) == {(False, False, "human")}


def test_counting_again_changes_nothing():
    click(LinkFactory())
    sums.count_day(DAY)
    before = rows()

    sums.count_day(DAY)

    assert rows() == before


def test_a_row_keeps_its_identity_when_its_numbers_change():
    link = LinkFactory()
    click(link)
    sums.count_day(DAY)
    before = ClickDay.objects.get().pk

    click(link)
    sums.count_day(DAY)

    assert ClickDay.objects.values_list("pk", "raw_count").get() == (before, 2)


def test_a_late_click_is_added():
    link = LinkFactory()
    click(link)
    sums.count_day(DAY)

    click(link, NOON - timedelta(hours=3))
    sums.count_day(DAY)

    assert ClickDay.objects.get().raw_count == 2


def test_a_day_ends_at_midnight_utc():
    link = LinkFactory()
    for moment in (
        "2026-04-30T23:59:59",
        "2026-05-01T00:00:00",
        "2026-05-01T23:59:59",
        "2026-05-02T00:00:00",
    ):
        click(link, datetime.fromisoformat(f"{moment}+00:00"))

    sums.count_day(DAY)

    assert ClickDay.objects.get().raw_count == 2


def test_a_day_whose_clicks_were_deleted_keeps_its_sums():
    click(LinkFactory())
    sums.count_day(DAY)
    Click.objects.all().delete()

    sums.count_day(DAY)

    assert ClickDay.objects.get().raw_count == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ClickClass.values), st.booleans(), st.integers(0, 2)), max_size=20))
def test_no_click_is_lost_or_counted_twice(clicks):
    Click.objects.all().delete()
    ClickDay.objects.all().delete()
    link = LinkFactory()
    for click_class, measured, day in clicks:
        click(link, NOON + timedelta(days=day), click_class=click_class, day_visitor=1 if measured else None)

    for day in range(3):
        sums.count_day(DAY + timedelta(days=day))

    assert sum(ClickDay.objects.values_list("raw_count", flat=True)) == len(clicks)
    unmeasured = sum(click_class == "human" and not measured for click_class, measured, _ in clicks)
    assert sum(ClickDay.objects.values_list("unmeasured_count", flat=True)) == unmeasured


def test_it_is_scheduled():
    schedule = plugins.registry().schedules["affiliates.sums"]

    assert schedule.task is sums.tick
    assert schedule.every <= timedelta(minutes=5)


@pytest.mark.parametrize("clicks", [1, 40])
def test_counting_a_day_takes_a_fixed_number_of_queries(clicks, django_assert_num_queries):
    for number in range(clicks):
        click(LinkFactory(), day_visitor=number)
    sums.count_day(DAY)

    with django_assert_num_queries(6):  # firsts, no longer firsts, repeats, suspects; clicks; sums
        sums.count_day(DAY)
