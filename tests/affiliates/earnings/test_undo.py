"""Taking an import back: by further rows, once, and never under a later correction."""

import pytest

from affiliates.earnings import services
from affiliates.earnings.errors import ReportError
from affiliates.models import Conversion, ImportFile, NetworkClickDay
from tests.affiliates.earnings.reports import (
    AWIN,
    amazon,
    awin,
    balance,
    counts,
    day_sums,
    ebay,
    put,
    put_amazon,
    put_awin,
    put_ebay,
    sub_id,
    text_of,
)
from tests.affiliates.factories import PlacementFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_undone_import_leaves_its_rows_and_their_opposites():
    record, person = put_awin(awin(1), awin(2, "2.00", "approved")), UserFactory()

    assert services.undo(record, by=person) == 2

    assert Conversion.objects.count() == 4
    assert balance() == {}
    assert day_sums() == []
    assert (record.state, record.undone_by) == (ImportFile.State.UNDONE, person)
    assert record.undone_at is not None


def test_undoing_a_correction_brings_back_what_was_there():
    placement = PlacementFactory()
    put_awin(awin(1, sub_id=sub_id(placement)))
    before = day_sums()
    second = put_awin(awin(1, "7.00", "approved", sub_id=sub_id(placement)))

    services.undo(second)

    assert balance() == {("EUR", "pending"): "10.00"}
    assert day_sums() == before


def test_an_import_under_a_later_correction_is_refused():
    first = put_awin(awin(1), awin(2))
    second = put_awin(awin(1, "7.00"))

    with pytest.raises(ReportError, match=second.name):
        services.undo(first)
    services.undo(second)
    services.undo(first)

    assert balance() == {}


def test_later_imports_of_other_conversions_are_no_hindrance():
    first = put_awin(awin(1))
    put_awin(awin(2))

    services.undo(first)

    assert balance() == {("EUR", "pending"): "10.00"}


def test_undoing_twice_is_refused():
    record = put_awin(awin(1))
    services.undo(record)

    with pytest.raises(ReportError, match="Only an import that was written"):
        services.undo(record)


def test_a_broken_off_undoing_goes_on_where_it_stopped(monkeypatch):
    record = put_awin(*(awin(number) for number in range(5)))
    monkeypatch.setattr(services, "AT_ONCE", 2)
    services._unwind(record, ["0", "1"])
    record.state = ImportFile.State.UNDOING

    assert services.undo(record) == 3

    assert Conversion.objects.count() == 10
    assert balance() == {}


def test_an_undone_report_can_be_imported_again():
    services.undo(put_awin(awin(1), awin(2, status="declined")))

    record = put_awin(awin(1), awin(2, status="declined"))

    assert counts(record)[2:] == (1, 0)
    assert balance() == {("EUR", "pending"): "10.00"}
    assert day_sums() == [("2026-03-05", None, "EUR", "10.00", "10.00", 1)]


@pytest.mark.parametrize(
    ("report", "rows"),
    [
        (put_amazon, [amazon("B1", "1.00"), amazon("B1", "1.00"), amazon("B2", "-0.50")]),
        (put_ebay, [ebay(1, "1.00"), ebay(1, "0.50", "Approved", "2026-03-08 10:00:00")]),
    ],
)
def test_every_kind_of_report_can_be_undone_and_imported_again(report, rows):
    record = report(*rows)
    before = balance(), day_sums()
    services.undo(record)
    assert balance() == {}

    report(*rows)

    assert (balance(), day_sums()) == before


def test_undoing_an_import_of_clicks_takes_the_counts_away():
    rules = {"report": "clicks", "columns": {"event_at": "Day", "clicks": "Clicks"}}
    record = put("Day,Clicks\n2026-03-05,10\n", mapping=rules)

    services.undo(record)

    assert not NetworkClickDay.objects.exists()


def test_a_stale_row_of_an_undone_import_does_not_count_as_newer():
    header = [*AWIN, "validationDate"]
    put(text_of(header, [[*awin(1), "2026-04-01"]]))
    services.undo(put(text_of(header, [[*awin(1, status="approved"), "2026-04-09"]])))

    put(text_of(header, [[*awin(1, "11.00"), "2026-04-02"]]))

    assert balance() == {("EUR", "pending"): "11.00"}
