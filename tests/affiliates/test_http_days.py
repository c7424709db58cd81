"""A visitor, a day, the next day, over real connections: what is told apart, for how long, and what cannot be again."""

from datetime import UTC, datetime, timedelta

import pytest

from affiliates.clicks import salts
from affiliates.clicks.record import writer
from affiliates.models import Click, ClickDay, VisitorSalt
from affiliates.sums import add_up
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.requests import BROWSER

pytestmark = pytest.mark.django_db(transaction=True)
PLACED = "/go/zinc/7k2m9x/"
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def placement():
    salts.forget()
    yield PlacementFactory(link=LinkFactory(slug="zinc"), public_id="7k2m9x")
    salts.forget()


@pytest.fixture
def at(monkeypatch):
    """Set the clock of the running server. Only Django's: its sockets and locks go on waiting in real time."""

    def set_to(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to(NOON)
    return set_to


def counted():
    writer.stop()
    add_up()
    return Click.objects.order_by("pk")


def hashes():
    writer.stop()
    return list(Click.objects.order_by("pk").values_list("day_visitor", flat=True))


def test_twice_in_five_seconds_and_once_the_next_day(ask, at):
    ask("GET", PLACED)
    at(NOON + timedelta(seconds=5))
    ask("GET", PLACED)
    assert list(counted().values_list("is_first_of_day", "is_repeat")) == [(True, False), (False, True)]

    at(NOON + timedelta(hours=12, seconds=1))
    ask("GET", PLACED)

    assert counted().filter(is_first_of_day=True).count() == 2
    days = ClickDay.objects.filter(click_class="human").order_by("day")
    assert list(days.values_list("raw_count", "unique_count")) == [(2, 1), (1, 1)]


def test_another_day_is_another_hash(ask, at):
    ask("GET", PLACED)
    at(NOON + timedelta(days=1))
    ask("GET", PLACED)

    first, second = hashes()
    assert None not in (first, second)
    assert first != second


def test_after_its_salt_is_gone_a_hash_cannot_be_made_again(ask, at):
    ask("GET", PLACED)
    at(NOON + timedelta(days=1))
    ask("GET", PLACED)
    writer.stop()
    assert [salt.day for salt in VisitorSalt.objects.all()] == [(NOON + timedelta(days=1)).date()]

    at(NOON)
    salts.forget()
    ask("GET", PLACED)

    first, _, again = hashes()
    assert first != again


def test_the_sums_of_today_know_the_visitor_as_long_as_the_day_lasts(ask, at):
    ask("GET", PLACED)
    counted()
    salts.forget()  # another process, with the salt of the table
    ask("GET", PLACED)

    first, second = hashes()
    assert first == second


def test_who_objects_is_recognised_nowhere(ask, at):
    """Not in the clicks, and not in any other table that has learned to know a visitor within a day."""
    from django.apps import apps

    ask("GET", PLACED, {**BROWSER, "sec-gpc": "1"})
    ask("GET", PLACED, {**BROWSER, "dnt": "1"})

    assert counted().count() == 2
    tables = [
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if "visitor" in field.name
    ]
    assert (Click, "day_visitor") in tables
    for model, name in tables:
        assert not model.objects.filter(**{f"{name}__isnull": False}).exists(), model
    day = ClickDay.objects.get()
    assert (day.raw_count, day.unique_count, day.unmeasured_count) == (2, 0, 2)
