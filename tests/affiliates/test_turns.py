"""Long work leaves the database to others in between: what each turn wrote is seen by another connection at once."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.models import Sum
from django.utils import timezone

from affiliates import sums, turns
from affiliates.earnings import days, importing, services
from affiliates.models import (
    Attribution,
    Conversion,
    CountedDay,
    CountMark,
    EarningsDay,
    EarningsTally,
    Tally,
    ViewDay,
)
from affiliates.tallies import seen as views
from affiliates.tallies import store
from affiliates.tallies.increments import count_new
from cms import plugins
from cms.work import schedules
from tests.affiliates.clicking import click
from tests.affiliates.earnings.reports import AWIN, awin, new_file, put_awin, sub_id, text_of
from tests.affiliates.factories import LinkFactory, PlacementFactory

in_turns = pytest.mark.django_db(transaction=True)


def from_outside(look):
    """Return what `look` finds over a connection of its own."""

    def call():
        try:
            return look()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


@pytest.fixture
def watch(monkeypatch):
    """Return a function that notes, at each turn of one module, what another connection sees by then."""

    def begin(module, look):
        seen = []

        def turn():
            assert not connection.in_atomic_block
            seen.append(from_outside(look))

        monkeypatch.setattr(module, "give_way", turn)
        return seen

    return begin


@pytest.fixture
def counting():
    return plugins.registry().schedules["affiliates.sums"]


@in_turns
def test_the_worker_counts_a_rush_in_slices_that_are_each_committed(counting, watch, monkeypatch):
    link = LinkFactory()
    clicks = [click(link, timezone.now() - timedelta(minutes=1)).pk for _ in range(5)]
    monkeypatch.setattr(sums, "SLICE", 2)
    seen = watch(sums, lambda: CountMark.objects.get().last_click)

    started = schedules.run_due([counting])

    assert started == ["affiliates.sums"]
    assert seen == [clicks[1], clicks[3], clicks[4]]


@in_turns
def test_a_rush_that_breaks_off_keeps_the_slices_before(counting, monkeypatch):
    link = LinkFactory()
    for _ in range(5):
        click(link, timezone.now() - timedelta(minutes=1))
    monkeypatch.setattr(sums, "SLICE", 2)
    calls = []

    def dies_at_the_second(limit):
        calls.append(limit)
        if len(calls) == 2:
            raise RuntimeError("killed on purpose")
        return count_new(limit)

    monkeypatch.setattr(sums, "count_new", dies_at_the_second)
    assert schedules.run_due([counting]) == []
    monkeypatch.setattr(sums, "count_new", count_new)

    kept = Tally.objects.get(dimension="total", span=1).clicks
    sums.tick()

    assert (kept, Tally.objects.get(dimension="total", span=1).clicks) == (2, 5)


@in_turns
def test_one_tick_leaves_a_long_queue_of_clicks_to_the_next(monkeypatch):
    link = LinkFactory()
    for _ in range(7):
        click(link, timezone.now() - timedelta(minutes=1))
    monkeypatch.setattr(sums, "SLICE", 2)
    monkeypatch.setattr(sums, "MOST_A_TICK", 4)

    counted = []
    for _ in range(3):
        sums.tick()
        counted.append(Tally.objects.get(dimension="total", span=1).clicks)

    assert counted == [4, 7, 7]


@in_turns
def test_an_import_shows_its_rows_a_batch_at_a_time(watch):
    rows = 2 * importing.AT_ONCE + 7
    seen = watch(importing, lambda: (Conversion.objects.count(), Attribution.objects.count()))

    put_awin(*(awin(number) for number in range(rows)))

    assert seen == [(count, count) for count in (importing.AT_ONCE, 2 * importing.AT_ONCE, rows)]


@in_turns
def test_an_import_that_only_looks_takes_no_turns(watch):
    seen = watch(importing, Conversion.objects.count)

    put_awin(awin(1))
    looked = len(seen)
    services.preview(*preview_of(awin(2)))

    assert (looked, len(seen)) == (1, 1)


def preview_of(*rows):
    record, data = new_file(), text_of(AWIN, rows).encode()
    services.recognise(record, services.head_of(io.BytesIO(data)))
    return record, [io.BytesIO(data)]


@in_turns
def test_an_undoing_shows_its_rows_a_batch_at_a_time(watch):
    rows = importing.AT_ONCE + 7
    record = put_awin(*(awin(number) for number in range(rows)))
    seen = watch(services, Conversion.objects.filter(kind="reversal").count)

    services.undo(record)

    assert seen == [importing.AT_ONCE, rows]


@in_turns
def test_shares_are_worked_out_again_a_batch_at_a_time(watch, monkeypatch):
    monkeypatch.setattr(services, "REATTRIBUTED", 2)
    put_awin(*(awin(number) for number in range(5)))
    network = Conversion.objects.first().network
    Conversion.objects.update(tracking_id="ours")
    Attribution.objects.all().delete()
    seen = watch(services, Attribution.objects.count)

    assert services.reattribute(network, ["ours"]) == 5

    assert seen == [2, 4, 5]


@in_turns
def test_days_are_rebuilt_one_at_a_time_each_with_its_longer_sums(watch):
    code = sub_id(PlacementFactory())
    put_awin(*(awin(number, sub_id=code, day=f"2026-03-{number:02d}") for number in range(2, 9)))
    EarningsDay.objects.all().delete()
    EarningsTally.objects.all().delete()

    def look():
        by_span = EarningsTally.objects.filter(dimension="total").values_list("span")
        sums_by_span = dict(by_span.annotate(Sum("conversions")).order_by())
        return EarningsDay.objects.count(), sums_by_span

    seen = watch(days, look)

    days.rebuild([date(2026, 3, number) for number in range(2, 9)])

    assert seen == [(count, dict.fromkeys((1, 7, 28), count)) for count in range(1, 8)]


@pytest.mark.django_db
def test_views_of_a_day_are_written_all_or_none(placement, monkeypatch):
    ViewDay.objects.create(day=date(2026, 5, 1), article=placement.article, count=3)

    def breaks(day, found):
        raise RuntimeError("killed on purpose")

    monkeypatch.setattr(store, "set_seen", breaks)

    with pytest.raises(RuntimeError):
        views.sync(date(2026, 5, 1))

    assert not CountedDay.objects.exists()


@in_turns
def test_the_gap_is_for_sqlite_alone_and_never_inside_a_transaction(monkeypatch):
    waits = []
    monkeypatch.setattr(turns.time, "sleep", waits.append)

    turns.give_way()
    outside = list(waits)
    with transaction.atomic():
        turns.give_way()

    wanted = [turns.GAP_SECONDS] if connection.vendor == "sqlite" else []
    assert outside == waits == wanted
