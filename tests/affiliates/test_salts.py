from datetime import date, timedelta

import pytest
from django.utils import timezone

from affiliates.clicks import salts
from affiliates.clicks.record import NewSalt, count
from affiliates.models import VisitorSalt
from cms import plugins

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def fresh_process():
    salts.forget()
    yield
    salts.forget()


def store(day):
    return VisitorSalt.objects.create(day=day, salt=b"x" * 16)


def test_a_day_has_one_random_key():
    first = salts.salt_of(TODAY)
    salts.forget()

    assert len(first) == 16
    assert salts.salt_of(TODAY) == first
    assert VisitorSalt.objects.count() == 1


def test_two_days_have_different_keys():
    assert salts.salt_of(TODAY) != salts.salt_of(TODAY + timedelta(days=1))


def test_the_first_use_of_a_day_destroys_the_keys_before_it():
    store(TODAY - timedelta(days=1))
    store(TODAY - timedelta(days=30))

    salts.salt_of(TODAY)

    assert [salt.day for salt in VisitorSalt.objects.all()] == [TODAY]


def test_a_known_key_costs_no_query(django_assert_num_queries):
    salts.salt_of(TODAY)

    with django_assert_num_queries(0):
        salts.salt_of(TODAY)


def test_the_schedule_destroys_keys_when_nobody_clicks(frozen_time):
    store(date(2026, 4, 30))
    today = store(TODAY)
    schedule = plugins.registry().schedules["affiliates.salts"]

    schedule.task()

    assert list(VisitorSalt.objects.all()) == [today]
    assert schedule.every < timedelta(hours=24)


def test_no_key_is_ever_older_than_48_hours(frozen_time):
    for hour in range(0, 96, 5):
        frozen_time.move_to("2026-05-01T00:00:00Z")
        frozen_time.tick(timedelta(hours=hour))
        salts.salt_of(timezone.now().date())
        assert not VisitorSalt.objects.filter(created_at__lt=timezone.now() - timedelta(hours=48)).exists()


def test_without_the_database_nobody_is_recognised(monkeypatch):
    monkeypatch.setattr(salts, "count", lambda item: None)

    assert salts.salt_of(TODAY) is None


def test_of_two_processes_the_first_key_stays():
    first = salts.salt_of(TODAY)

    count(NewSalt(TODAY, b"y" * 16, timezone.now()))
    salts.forget()

    assert salts.salt_of(TODAY) == first
