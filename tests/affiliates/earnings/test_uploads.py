"""Uploads between upload and import, and the day sums."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from affiliates.earnings import days, uploads
from affiliates.models import Conversion, EarningsDay, FileChunk, ImportFile
from tests.affiliates.earnings.reports import awin, day_sums, new_file, put_awin, sub_id
from tests.affiliates.factories import PlacementFactory

pytestmark = pytest.mark.django_db


def test_a_kept_file_comes_back_byte_by_byte(monkeypatch):
    monkeypatch.setattr(uploads, "CHUNK", 1_000)
    record = new_file()
    data = bytes(range(256)) * 40

    size = uploads.keep(record, [data[:2_500], data[2_500:]])

    assert size == len(data)
    assert uploads.files_of(record)[0].read() == data
    assert FileChunk.objects.count() == 11


def test_the_files_of_a_report_stay_apart():
    record = new_file()
    uploads.keep(record, [b"one"], 0)
    uploads.keep(record, [b"two"], 1)

    assert [file.read() for file in uploads.files_of(record)] == [b"one", b"two"]


@pytest.mark.parametrize(
    ("state", "age_days", "is_kept"),
    [
        ("uploaded", 8, False),
        ("checked", 8, False),
        ("failed", 8, False),
        ("checked", 6, True),
        ("writing", 8, True),
    ],
)
def test_uploads_that_nobody_imports_are_given_up_after_a_week(state, age_days, is_kept):
    record = new_file()
    uploads.keep(record, [b"one"])
    created_at = timezone.now() - timedelta(days=age_days)
    ImportFile.objects.update(state=state, created_at=created_at)

    uploads.forget_old()

    assert ImportFile.objects.exists() is FileChunk.objects.exists() is is_kept


def test_imports_without_a_kept_file_stay():
    put_awin(awin(1))
    ImportFile.objects.update(created_at=timezone.now() - timedelta(days=400))

    assert uploads.forget_old() == 0
    assert ImportFile.objects.count() == 1


def test_rebuilding_a_day_twice_changes_nothing_and_repairs_what_is_wrong():
    placement = PlacementFactory()
    put_awin(awin(1, sub_id=sub_id(placement)), awin(2, "2.00", "approved"))
    before, keys = day_sums(), set(EarningsDay.objects.values_list("pk", flat=True))
    EarningsDay.objects.filter(article=placement.article).update(commission=99)
    EarningsDay.objects.create(
        key="nonsense",
        day=date(2026, 3, 5),
        network=placement.link.network,
        currency="EUR",
        method="click_token",
        commission=5,
    )

    assert days.rebuild([date(2026, 3, 5), date(2026, 3, 5)]) == 1

    assert day_sums() == before
    assert set(EarningsDay.objects.values_list("pk", flat=True)) == keys


def test_a_day_is_utc_whatever_the_clock_of_the_site(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    record = put_awin(awin(1))
    Conversion.objects.update(event_at=datetime(2026, 3, 5, 23, 30, tzinfo=UTC))

    with timezone.override("Asia/Tokyo"):
        assert days.days_of(record) == [date(2026, 3, 5)]
        days.rebuild(days.days_of(record))

    assert day_sums()[0][0] == "2026-03-05"


def test_the_days_of_a_place_and_currency_are_added_up():
    put_awin(awin(1), awin(2), awin(3, currency="GBP"), awin(4, day="2026-03-06"))

    assert day_sums() == [
        ("2026-03-05", None, "EUR", "20.00", "20.00", 2),
        ("2026-03-05", None, "GBP", "10.00", "10.00", 1),
        ("2026-03-06", None, "EUR", "10.00", "10.00", 1),
    ]
