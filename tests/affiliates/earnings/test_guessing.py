"""Decimal commas and days first: told by the lines themselves, never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.earnings.errors import ReportError
from affiliates.earnings.forms import FORMATS
from affiliates.earnings.guessing import adapted, columns_told
from affiliates.earnings.rules import load
from affiliates.earnings.tables import read_head
from affiliates.earnings.values import is_amount, is_moment, other_way_round, parse_amount
from affiliates.models import Conversion, EarningsMapping, ImportFile
from tests.affiliates.earnings.desk import OWN, columns, page_url, upload
from tests.affiliates.earnings.reports import (
    AMAZON,
    AWIN,
    amazon,
    awin,
    balance,
    counts,
    put,
    put_awin,
    text_of,
)
from tests.affiliates.factories import network

ENTRY = {
    "columns": {"external_id": "Nr", "event_at": "Day", "commission": "Paid", "sale_amount": "Sale"},
    "dates": ["iso", "%d/%m/%Y"],
    "currency": "EUR",
}


def guessed(*lines, entry=ENTRY):
    data = "\n".join(["Nr;Day;Paid;Sale", *lines]).encode()
    rules = load(adapted(entry, read_head(data)))
    return rules.decimal, rules.dates[-1]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1,50"], ","),
        (["1.234,56"], ","),
        (["1,50", "7"], ","),
        (["1.50"], "."),
        (["1,234.56"], "."),
        (["1,234"], "."),  # a thousand or one and a quarter: not told, so as the preset says
        (["1.234"], "."),
        (["7"], "."),
        ([""], "."),
        (["1,50", "1.50"], "."),  # contradiction: the lines are rejected one by one
        (["ten"], "."),
        ([], "."),
    ],
)
def test_the_decimal_mark(cells, mark):
    assert guessed(*(f"{n};2026-03-05;{cell};" for n, cell in enumerate(cells)))[0] == mark


def test_the_sale_amount_tells_as_well():
    assert guessed("1;2026-03-05;7;12,50")[0] == ","


def test_a_preset_with_commas_follows_points():
    assert guessed("1;2026-03-05;1.50;", entry={**ENTRY, "decimal": ","})[0] == "."


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["31/03/2026"], "%d/%m/%Y"),
        (["03/31/2026"], "%m/%d/%Y"),
        (["03/05/2026"], "%d/%m/%Y"),  # not told
        (["03/05/2026", "03/31/2026"], "%m/%d/%Y"),
        (["31/03/2026", "03/31/2026"], "%d/%m/%Y"),
        (["2026-03-31"], "%d/%m/%Y"),
        (["yesterday"], "%d/%m/%Y"),
    ],
)
def test_day_or_month_first(cells, form):
    assert guessed(*(f"{n};{cell};1;" for n, cell in enumerate(cells)))[1] == form


@pytest.mark.parametrize(
    ("formats", "swapped"),
    [
        (("iso", "%d/%m/%Y %H:%M"), ("iso", "%m/%d/%Y %H:%M")),
        (("%m/%d/%Y %I:%M %p",), ("%d/%m/%Y %I:%M %p",)),
        (("%d.%m.%Y", "%b %d, %Y"), ("%d.%m.%Y", "%b %d, %Y")),  # points: always the day first
    ],
)
def test_only_strokes_can_be_exchanged(formats, swapped):
    assert other_way_round(formats) == swapped
    assert other_way_round(swapped) == formats


@given(st.decimals(-10_000_000, 10_000_000, places=2), st.sampled_from([".", ","]))
def test_an_amount_with_cents_is_told_by_itself(value, mark):
    text = f"{value:,.2f}"
    text = text if mark == "." else text.translate(str.maketrans(",.", ".,"))

    assert guessed(f"1;2026-03-05;{text};")[0] == mark
    assert parse_amount(text, mark)[0] == value
    assert not is_amount(text, "," if mark == "." else ".")


@given(st.text(max_size=20))
def test_asking_never_fails(text):
    assert is_amount(text, ".") in (True, False)
    assert is_moment(text, ("iso", "%d/%m/%Y"), "UTC") in (True, False)


@pytest.mark.django_db
def test_an_american_export_of_a_european_network_is_read_month_first():
    rows = [["1", "03/05/2026 10:00:00", "", "pending", "1.00", "9.00", "EUR", "", "", "", "x"],
            ["2", "03/25/2026 10:00:00", "", "pending", "1.00", "9.00", "EUR", "", "", "", "x"]]  # fmt: skip

    record = put(text_of(AWIN, rows))

    assert (str(record.period_from), str(record.period_until)) == ("2026-03-05", "2026-03-25")


@pytest.mark.django_db
def test_a_date_that_shows_far_down_that_others_are_misread_stops_the_import():
    def row(number, day):
        return [str(number), f"{day} 10:00:00", "", "pending", "1.00", "9.00", "EUR", "", "", "", "x"]

    rows = [*(row(number, "03/05/2026") for number in range(60)), row(60, "03/25/2026")]

    with pytest.raises(
        ReportError, match=r"Line 62: in “03/25/2026 10:00:00” day and month stand the other way"
    ):
        put(text_of(AWIN, rows))

    assert not Conversion.objects.exists()


@pytest.mark.django_db
def test_what_a_person_has_saved_is_not_changed_by_a_guess():
    rules = {"columns": {"event_at": "Day", "commission": "Paid"}, "currency": "EUR"}
    EarningsMapping.objects.create(network=network(), name="Mine", rules=rules)

    record = put('Day,Paid\n2026-03-05,"1,50"\n2026-03-06,2\n', mapping={**rules, "name": "Mine"})

    assert counts(record) == (1, 0, 0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sign", "currency"),
    [
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("CAD", "CAD"),
        ("CA$", "CAD"),
        ("₹", "INR"),
        ("¥", "JPY"),
        ("zł", "PLN"),
    ],
)
def test_amazon_tells_the_currency_in_the_header(sign, currency):
    header = [name.replace("($)", f"({sign})") for name in AMAZON]

    put(text_of(header, [amazon("B1", "1.00")], title="Fee-Earnings reports"), "amazon")

    assert balance() == {(currency, "approved"): "1.00"}


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["kr", "net", "incl", "VAT", "?"])
def test_what_is_no_currency_in_the_header_is_not_taken_for_one(sign):
    header = [name.replace("($)", f"({sign})") for name in AMAZON]

    record = put(text_of(header, [amazon("B1", "1.00")]), "amazon")

    assert counts(record) == (0, 0, 0, 1)
    assert "The currency is not told" in record.rejected[0]["reason"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "is_total"),
    [("Total", True), ("TOTALS:", True), ("Grand total", True), ("Summe", True), ("Gesamtsumme", True),
     ("Totally new", False), ("Summer sale", False), ("", False), ("B1", False)],
)  # fmt: skip
def test_only_a_line_that_says_so_and_names_no_day_is_one_of_totals(first, is_total):
    line = [first, "", "", "", "", "", "", "", "", "50.00", "1.00", ""]

    record = put(text_of(AMAZON, [amazon("B1", "1.00"), line]), "amazon")

    assert record.rejected_count == (0 if is_total else 1)
    assert balance() == {("USD", "approved"): "1.00"}


@pytest.mark.django_db
def test_a_product_called_total_is_no_line_of_totals():
    row = ["Total", "Total Zinc", *amazon("B2", "2.00")[2:]]

    put(text_of(AMAZON, [amazon("B1", "1.00"), row]), "amazon")

    assert balance() == {("USD", "approved"): "3.00"}


@pytest.mark.django_db
def test_sales_in_the_future_are_told():
    record = put_awin(awin(1), awin(2, day="2999-03-05"), commit=False)

    assert "1 row lies in the future" in record.message
    assert record.new_count == 2


@pytest.mark.django_db
def test_amounts_of_four_decimals_are_kept():
    put_awin(awin(1, "0.0125"), awin(2, "1.2345"))

    assert sum(Conversion.objects.values_list("commission", flat=True), Decimal(0)) == Decimal("1.2470")


@pytest.mark.parametrize(
    ("header", "lines", "told"),
    [
        (
            ["Nr", "Datum", "Provision"],
            [["1", "05.03.2026", "1,50"], ["2", "16.03.2026", "7"]],
            {"dates": "%d.%m.%Y", "column_event_at": "Datum", "decimal": ","},
        ),
        (["When", "Paid"], [["03/25/2026", "1.50"]], {"dates": "%m/%d/%Y", "column_event_at": "When"}),
        (["When", "Paid"], [["03/05/2026", "1.50"]], {"dates": "%d/%m/%Y", "column_event_at": "When"}),
        (["Nr", "When"], [["20260305", "2026-03-05"]], {"dates": "iso", "column_event_at": "When"}),
        (["When", "Paid"], [["2026-03-05", ""], ["yesterday", ""]], {}),
        (["When"], [], {}),
        ([], [], {}),
    ],
)
def test_what_the_lines_of_an_unknown_report_tell_the_form(header, lines, told):
    assert columns_told(header, lines, FORMATS) == told


@pytest.mark.django_db
def test_the_column_picker_begins_with_what_the_file_tells(staff):
    page = upload(staff, OWN, "direct-merchant").content.decode()

    assert '<option value="%d.%m.%Y" selected>' in page
    assert '<option value="," selected>' in page
    assert '<option value="Datum" selected>' in page


@pytest.mark.django_db
def test_a_mistake_in_the_picker_is_told_above_and_loses_nothing(staff):
    upload(staff, OWN, "direct-merchant")
    record = ImportFile.objects.get()

    values = columns(column_commission="", statuses="bestätigt = perhaps", check="")
    page = staff.post(page_url("columns", record), values).content.decode()

    assert "What you chose is still there" in page
    assert "bestätigt = perhaps</textarea>" in page
    assert '<option value="Wert" selected>' in page
