"""manage.py import_earnings."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from affiliates.earnings.rules import signature
from affiliates.models import Conversion, EarningsMapping, ImportFile
from tests.affiliates.earnings.reports import AWIN, awin, balance, text_of
from tests.affiliates.factories import network

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "march.csv"
    path.write_text(text_of(AWIN, [awin(1), awin(2, "ten"), awin(3, "2.50", "approved")]))
    return path


def run(*args, **options):
    out = StringIO()
    call_command("import_earnings", *args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_it_imports_and_says_what_it_did(report):
    said = run("awin", str(report))

    assert "3 rows read. 2 new, 0 corrected, 0 known, 1 rejected." in said
    assert "EUR 12.5000 written" in said
    assert "Line 3: “ten” is not an amount." in said
    assert balance() == {("EUR", "pending"): "10.00", ("EUR", "approved"): "2.50"}


def test_a_dry_run_writes_nothing_at_all(report):
    said = run("awin", str(report), "--dry-run")

    assert "would be written" in said
    assert not Conversion.objects.exists()
    assert not ImportFile.objects.exists()


def test_json_tells_everything(report):
    told = json.loads(run("awin", str(report), "--json"))

    assert (told["read"], told["new"], told["rejected"]) == (3, 2, 1)
    assert told["rejected_rows"][0]["line"] == 3
    assert told["totals"]["EUR"]["commission"] == "12.5000"
    assert told["mapping"] == "Awin transactions"
    assert told["from"] == told["until"] == "2026-03-05"


def test_a_mapping_is_chosen_by_name(report):
    rules = {
        "columns": {"external_id": "id", "event_at": "transactionDate", "commission": "saleAmount"},
        "currency": "USD",
    }
    EarningsMapping.objects.create(network=network(), name="Sales as paid", rules=rules)

    run("awin", str(report), "--mapping", "sales as paid")

    assert balance() == {("USD", "approved"): "300.00"}


def test_a_saved_mapping_of_the_same_columns_is_chosen_by_itself(report):
    rules = {
        "columns": {"external_id": "id", "event_at": "transactionDate", "commission": "saleAmount"},
        "currency": "USD",
    }
    EarningsMapping.objects.create(
        network=network(),
        name="Mine",
        rules=rules,
        header_signature=signature([name.upper() for name in reversed(AWIN)]),
    )

    assert "(Mine)" in run("awin", str(report))


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nowhere", "x.csv"], "There is no network nowhere"),
        (["awin", "x.csv"], "There is no file x.csv"),
        (["awin", "{report}", "--mapping", "none"], "There are: awin-transactions"),
        (["cj", "{report}"], "Found: id, transactionDate"),
    ],
)
def test_mistakes_are_told_in_words(report, args, message):
    with pytest.raises(CommandError, match=message):
        run(*(arg.format(report=report) for arg in args))
    assert not ImportFile.objects.exists()


def test_the_same_rows_are_written_again_only_when_asked(report):
    run("awin", str(report))
    report.write_text(text_of(AWIN, [awin(1, "11.00")]))
    run("awin", str(report))
    report.write_text(text_of(AWIN, [awin(1, "12.00")]))
    run("awin", str(report))
    report.write_text(text_of(AWIN, [awin(1, "11.00")]))

    assert "Nothing is written again" in run("awin", str(report))
    assert balance(external_id="1") == {("EUR", "pending"): "12.00"}
    run("awin", str(report), "--again")
    assert balance(external_id="1") == {("EUR", "pending"): "11.00"}


def test_a_report_in_two_files_is_refused_with_one(tmp_path):
    path = tmp_path / "items.csv"
    path.write_text(
        "Order ID,Transaction Date,Total Commission,Transaction ID,Currency\n1,2026-03-05,1.00,t1,USD\n"
    )

    with pytest.raises(CommandError, match="comes in two files"):
        run("rakuten", str(path))
    assert not ImportFile.objects.exists()
