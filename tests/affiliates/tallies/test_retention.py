"""Clicks go after 90 days, their sums stay."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from affiliates.models import Click, ClickDay, CountedDay, Tally
from affiliates.tallies import retention
from affiliates.tallies.retention import delete_old_clicks, first_day_kept
from affiliates.tallies.settling import settle_day
from cms import plugins
from tests.affiliates.clicking import click

pytestmark = pytest.mark.django_db


def days_ago(days):
    return datetime.combine(timezone.now().date() - timedelta(days=days), time(12), UTC)


def test_clicks_of_ninety_days_are_kept(link):
    for days in (0, 89, 90, 400):
        click(link, days_ago(days))

    assert delete_old_clicks.call() == 2
    assert set(Click.objects.values_list("time", flat=True)) == {days_ago(0), days_ago(89)}


def test_the_sums_stay(link, settings):
    click(link, days_ago(3))
    settle_day(days_ago(3).date())
    settings.CLICK_RETENTION_DAYS = 2

    delete_old_clicks.call()

    assert not Click.objects.exists()
    assert ClickDay.objects.get().raw_count == 1
    assert Tally.objects.filter(dimension="total", span=1).get().clicks == 1


def test_a_day_that_was_never_settled_keeps_its_clicks(link):
    for days in (200, 150):
        click(link, days_ago(days))
    CountedDay.objects.create(day=days_ago(150).date())

    delete_old_clicks.call()

    assert Click.objects.get().time == days_ago(150)


def test_many_are_deleted_in_small_transactions(link, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        click(link, days_ago(100))

    assert delete_old_clicks.call() == 5


def test_the_setting_counts_today(settings):
    settings.CLICK_RETENTION_DAYS = 2

    assert first_day_kept() == timezone.now().date() - timedelta(days=1)


def test_it_is_scheduled():
    assert plugins.registry().schedules["affiliates.retention"].every <= timedelta(days=1)
