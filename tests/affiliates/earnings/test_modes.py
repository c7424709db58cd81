"""Networks whose rows are no states: snapshots of a day, deltas, events, and reports in two files."""

from decimal import Decimal

import pytest

from affiliates.earnings.errors import ReportError
from affiliates.models import Conversion, NetworkClickDay
from tests.affiliates.earnings.reports import (
    AMAZON,
    amazon,
    balance,
    counts,
    day_sums,
    ebay,
    ledger_rows,
    put,
    put_amazon,
    put_ebay,
    text_of,
)
from tests.affiliates.factories import network

pytestmark = pytest.mark.django_db

CJ = [
    "commissionId",
    "originalActionId",
    "original",
    "eventDate",
    "postingDate",
    "pubCommissionAmountUsd",
    "shopperId",
]
CLICKBANK = ["Receipt", "Date", "Transaction Type", "Amount", "TID"]
ITEMS = ["Order ID", "Transaction Date", "SKU", "Sales", "Total Commission", "Transaction ID", "Currency"]


def test_an_amazon_day_is_replaced_and_not_doubled():
    put_amazon(amazon("B1", "1.00"), amazon("B2", "2.00"))

    record = put_amazon(amazon("B1", "1.00"), amazon("B2", "2.50"), amazon("B3", "4.00"))

    assert counts(record) == (1, 1, 1, 0)
    assert balance() == {("USD", "approved"): "7.50"}
    assert Conversion.objects.filter(kind="reversal").get().commission == Decimal(-2)


def test_an_amazon_row_that_is_gone_is_taken_back():
    put_amazon(amazon("B1", "1.00"), amazon("B2", "2.00"))

    put_amazon(amazon("B1", "1.00"))

    assert balance() == {("USD", "approved"): "1.00"}
    assert day_sums() == [("2026-03-05", None, "USD", "1.00", "0.00", 1)]


def test_another_day_and_another_tag_are_left_alone():
    put_amazon(
        amazon("B1", "1.00"), amazon("B1", "2.00", day="2026-03-06"), amazon("B1", "3.00", tag="other-20")
    )

    put_amazon(amazon("B1", "1.50"))

    assert balance() == {("USD", "approved"): "6.50"}


def test_two_equal_rows_of_a_day_are_two_sales():
    put_amazon(amazon("B1", "1.00"), amazon("B1", "1.00"))

    assert counts(put_amazon(amazon("B1", "1.00"), amazon("B1", "1.00"), amazon("B2", "1.00"))) == (
        1,
        0,
        2,
        0,
    )
    assert balance() == {("USD", "approved"): "3.00"}


def test_a_return_is_a_reversal():
    put_amazon(amazon("B1", "1.00"), amazon("B1", "(1.00)", items=0, revenue="-50.00"))

    assert balance() == {}
    assert sorted(row[2] for row in ledger_rows()) == ["reversal", "sale"]
    assert sum(row[5] for row in ledger_rows()) == 0


def test_a_title_line_and_a_byte_order_mark_do_not_hide_the_header():
    text = "\ufeff" + text_of(
        AMAZON, [amazon("B1", "$1,234.50")], title="Fee-Earnings reports from 03-01-2026 to 03-31-2026"
    )

    put(text, "amazon")

    assert balance() == {("USD", "approved"): "1234.50"}


@pytest.mark.parametrize(("sign", "currency"), [("£", "GBP"), ("€", "EUR"), ("$", "USD"), ("CAD", "CAD")])
def test_the_currency_stands_in_the_header(sign, currency):
    header = [name.replace("($)", f"({sign})") for name in AMAZON]

    put(text_of(header, [amazon("B1", "1.00")]), "amazon")

    assert balance() == {(currency, "approved"): "1.00"}


def test_a_day_with_an_unreadable_line_is_left_as_it_is():
    put_amazon(amazon("B1", "1.00"), amazon("B2", "2.00"))

    record = put_amazon(amazon("B1", "1.00"), amazon("B2", "two"), amazon("B1", "9.00", day="2026-03-06"))

    assert counts(record) == (1, 0, 0, 2)
    assert balance() == {("USD", "approved"): "12.00"}


def test_a_line_of_sums_spoils_no_day():
    total = ["Total", "", "", "", "", "", "", "", "", "50.00", "1.00", ""]

    record = put(text_of(AMAZON, [amazon("B1", "1.00"), total]), "amazon")

    assert counts(record) == (1, 0, 0, 0)
    assert record.message == "1 line of totals left out."
    assert balance() == {("USD", "approved"): "1.00"}


def test_ebay_deltas_are_added_and_the_last_status_holds_for_all():
    put_ebay(ebay(1, "1.00"))

    put_ebay(ebay(1, "0.25", "Approved", "2026-03-09 10:00:00"))

    assert balance() == {("USD", "approved"): "1.25"}
    assert sum(row[5] for row in ledger_rows()) == 1


def test_an_ebay_reversal_ends_at_nothing():
    put_ebay(ebay(1, "1.00"))

    put_ebay(ebay(1, "-1.00", "Reversed", "2026-03-09 10:00:00"))

    assert balance() == {}
    assert sum(row[5] for row in ledger_rows()) == 0


def test_ebay_reports_that_overlap_add_nothing_twice():
    first, second = ebay(1, "1.00"), ebay(1, "0.25", "Approved", "2026-03-09 10:00:00")
    put_ebay(first, ebay(2, "3.00"))

    record = put_ebay(first, second)

    assert counts(record) == (1, 1, 0, 0)  # the known row moves from pending to approved
    assert balance() == {("USD", "approved"): "1.25", ("USD", "pending"): "3.00"}


def test_ebay_reports_in_the_wrong_order_end_in_the_last_status():
    put_ebay(ebay(1, "0.25", "Approved", "2026-03-09 10:00:00"))

    put_ebay(ebay(1, "1.00"))

    assert balance() == {("USD", "approved"): "1.25"}


def test_cj_corrections_are_rows_of_the_same_action():
    rows = [["11", "7", "true", "2026-03-05T10:00:00Z", "2026-03-05T12:00:00Z", "5.00", ""]]
    put(text_of(CJ, rows), "cj")

    rows += [["12", "7", "false", "2026-03-05T10:00:00Z", "2026-03-20T12:00:00Z", "-1.50", ""]]
    record = put(text_of(CJ, rows), "cj")

    assert counts(record) == (1, 0, 1, 0)
    assert [row[:3] for row in ledger_rows()] == [("7", 1, "sale"), ("7", 2, "correction")]
    assert balance() == {("USD", "pending"): "3.50"}


def test_a_clickbank_refund_is_negative_however_it_is_written():
    rows = [["R1", "2026-03-05", "SALE", "20.00", ""], ["R1", "2026-03-15", "RFND", "20.00", ""]]

    put(text_of(CLICKBANK, rows), "clickbank")

    assert balance() == {}
    assert day_sums() == []


def test_a_clickbank_sale_twice_is_known():
    rows = [["R1", "2026-03-05", "SALE", "20.00", ""]]
    put(text_of(CLICKBANK, rows), "clickbank")

    assert counts(
        put(text_of(CLICKBANK, [*rows, ["R2", "2026-03-06", "SALE", "1.00", ""]]), "clickbank")
    ) == (1, 0, 1, 0)


def test_rakuten_joins_two_files_by_order():
    items = [
        ["77", "2026-03-05", "A", "100", "5.00", "t1", "USD"],
        ["78", "2026-03-05", "A", "50", "2.00", "t2", "USD"],
    ]

    put(text_of(ITEMS, items), "rakuten", second=text_of(["Order ID", "Member ID (U1)"], [["77", "abc"]]))

    found = dict(Conversion.objects.values_list("external_id", "sub_id"))
    assert found == {"77": "abc", "78": ""}


def test_a_negative_rakuten_commission_is_a_reversal():
    items = [
        ["77", "2026-03-05", "A", "100", "5.00", "t1", "USD"],
        ["77", "2026-03-09", "A", "-100", "-5.00", "t2", "USD"],
    ]

    put(text_of(ITEMS, items), "rakuten", second="Order ID,U1\n77,abc\n")

    assert balance() == {}
    assert [row[2] for row in ledger_rows()] == ["sale", "reversal"]


def test_rakuten_without_its_second_file_is_refused():
    with pytest.raises(ReportError, match="two files"):
        put(text_of(ITEMS, [["77", "2026-03-05", "A", "100", "5.00", "t1", "USD"]]), "rakuten")


def test_a_report_without_numbers_of_conversions_is_not_doubled():
    rules = {"columns": {"event_at": "When", "commission": "Paid", "sub_id": "Ref"}, "currency": "EUR"}
    text = "When,Paid,Ref\n2026-03-05,1.00,x\n2026-03-05,1.00,x\n2026-03-06,2.00,y\n"
    put(text, "direct-merchant", mapping=rules)

    record = put(text + "2026-03-07,4.00,z\n", "direct-merchant", mapping=rules)

    assert counts(record) == (1, 0, 3, 0)
    assert balance() == {("EUR", "approved"): "8.00"}


def test_the_networks_own_clicks_are_kept_by_day():
    rules = {"report": "clicks", "columns": {"event_at": "Day", "clicks": "Clicks"}}
    put("Day,Merchant,Clicks\n2026-03-05,A,10\n2026-03-05,B,5\n", mapping=rules)

    record = put("Day,Merchant,Clicks\n2026-03-05,A,12\n2026-03-05,B,5\n2026-03-06,A,1\n", mapping=rules)

    assert counts(record) == (1, 2, 0, 0)
    assert list(NetworkClickDay.objects.order_by("day").values_list("network", "click_count")) == [
        (network().pk, 17),
        (network().pk, 1),
    ]
