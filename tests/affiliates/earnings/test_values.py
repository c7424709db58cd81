"""Amounts, currencies and moments in every spelling that networks use."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.earnings.errors import RowError
from affiliates.earnings.values import parse_amount, parse_count, parse_currency, parse_moment


@pytest.mark.parametrize(
    ("text", "decimal", "value", "currency"),
    [
        ("12.30", ".", "12.30", ""),
        ("1,234.56", ".", "1234.56", ""),
        ("1.234,56", ",", "1234.56", ""),
        ("1 234,56 €", ",", "1234.56", "EUR"),
        ("1\u202f234,56", ",", "1234.56", ""),
        ("1'234.50", ".", "1234.50", ""),
        ("1,00,000.00", ".", "100000", ""),
        ("$12.30", ".", "12.30", "USD"),
        ("US$ 12.30", ".", "12.30", "USD"),
        ("12.30 GBP", ".", "12.30", "GBP"),
        ("EUR 7", ".", "7", "EUR"),
        ("(1.50)", ".", "-1.50", ""),
        ("($1.50)", ".", "-1.50", "USD"),
        ("-1.50", ".", "-1.50", ""),
        ("-$1.50", ".", "-1.50", "USD"),
        ("$-1.50", ".", "-1.50", "USD"),
        ("1.50-", ".", "-1.50", ""),
        ("\u22121.50", ".", "-1.50", ""),
        ("+1.50", ".", "1.50", ""),
        (".5", ".", "0.5", ""),
        ("0.00005", ".", "0", ""),
        ("", ".", "0", ""),
        ("-", ".", "0", ""),
        ("N/A", ".", "0", ""),
    ],
)
def test_amounts(text, decimal, value, currency):
    assert parse_amount(text, decimal) == (Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("1,23", "."),  # a decimal comma where points were expected: never 123
        ("1.234.56", "."),
        ("1.23", ","),
        ("12,3456", "."),
        ("1,2345.00", "."),
        ("(1.50", "."),
        ("(-1.50)", "."),
        ("1.5%", "."),
        ("ten", "."),
        ("1e5", "."),
        ("1.50 €uro", "."),
        ("9" * 41, "."),
        ("999999999999.00", "."),
        ("1..2", "."),
        ("=1+1", "."),
    ],
)
def test_what_is_no_amount_is_refused_and_never_guessed(text, decimal):
    with pytest.raises(RowError):
        parse_amount(text, decimal)


@given(st.decimals(-10_000_000, 10_000_000, places=2), st.sampled_from([".", ","]), st.booleans())
def test_an_amount_is_read_as_it_was_written(value, decimal, in_brackets):
    text = f"{abs(value):,.2f}"
    if decimal == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    text = (f"({text})" if in_brackets else f"-{text}") if value < 0 else text

    assert parse_amount(text, decimal)[0] == value


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text):
    try:
        value, currency = parse_amount(text)
    except RowError:
        return
    assert value.is_finite()
    assert len(currency) in (0, 3)


@pytest.mark.parametrize(
    ("text", "code"), [("eur", "EUR"), (" USD ", "USD"), ("£", "GBP"), ("A$", "AUD"), ("", "")]
)
def test_currencies(text, code):
    assert parse_currency(text) == code


@pytest.mark.parametrize("text", ["euro", "kr", "12", "ÄÖÜ", "E"])
def test_unknown_currencies_are_refused(text):
    with pytest.raises(RowError, match="is not a currency"):
        parse_currency(text)


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("1,200", 1200), ("-1", -1), ("2.0", 2), ("", 0)])
def test_counts(text, value):
    assert parse_count(text) == value


@pytest.mark.parametrize("text", ["1.5", "many", "99999999999"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(RowError):
        parse_count(text)


def moment(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "formats", "zone", "expected"),
    [
        (
            "2026-03-05",
            ("iso",),
            "Asia/Tokyo",
            moment(2026, 3, 5, 12),
        ),  # a day stays the day that the network names
        ("2026-03-05", ("iso",), "America/Los_Angeles", moment(2026, 3, 5, 12)),
        ("2026-03-05T10:00:00", ("iso",), "UTC", moment(2026, 3, 5, 10)),
        ("2026-03-05T10:00:00", ("iso",), "Europe/Berlin", moment(2026, 3, 5, 9)),
        ("2026-07-05T10:00:00", ("iso",), "Europe/Berlin", moment(2026, 7, 5, 8)),
        ("2026-03-05T10:00:00Z", ("iso",), "Europe/Berlin", moment(2026, 3, 5, 10)),
        ("2026-03-05T23:30:00-08:00", ("iso",), "UTC", moment(2026, 3, 6, 7, 30)),
        ("2026-03-05T10:00:00.987654", ("iso",), "UTC", moment(2026, 3, 5, 10)),
        ("05/03/2026", ("%d/%m/%Y",), "UTC", moment(2026, 3, 5, 12)),
        ("05/03/2026", ("%m/%d/%Y",), "UTC", moment(2026, 5, 3, 12)),
        ("05/03/2026 14:05", ("%d/%m/%Y", "%d/%m/%Y %H:%M"), "UTC", moment(2026, 3, 5, 14, 5)),
        ("Mar 5, 2026 02:05 PM", ("%b %d, %Y %I:%M %p",), "UTC", moment(2026, 3, 5, 14, 5)),
        ("", ("iso",), "UTC", None),
        ("n/a", ("iso",), "UTC", None),
    ],
)
def test_moments(text, formats, zone, expected):
    assert parse_moment(text, formats, zone) == expected


@pytest.mark.parametrize("text", ["31/02/2026", "yesterday", "2026-13-01", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(RowError, match="is not a date as expected"):
        parse_moment(text, ("iso", "%d/%m/%Y"), "UTC")
