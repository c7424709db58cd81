"""Every table as CSV."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from affiliates.reports.files import safe
from affiliates.reports.pages import PAGES
from tests.affiliates.factories import PlacementFactory
from tests.affiliates.reports.filling import busy_day, earn, tally

pytestmark = pytest.mark.django_db


def read(client, key, query=""):
    response = client.get(reverse("admin:affiliates_report_file", args=[key]) + query)
    assert response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


@pytest.mark.parametrize("key", ["overview", *PAGES])
def test_every_table_can_be_downloaded(staff, placement, key):
    busy_day(placement)

    rows = read(staff, key)

    assert rows or key == "reconcile"


def test_a_file_has_every_row_and_its_name(staff):
    for number in range(60):
        busy_day(PlacementFactory(article__title=f"Article {number}"))

    rows = read(staff, "article")

    assert {row["name"] for row in rows} == {f"Article {number}" for number in range(60)}


def test_a_file_has_limits_and_money_as_plain_numbers(staff, placement):
    busy_day(placement, clicks=1_000, views=10_000)
    for _ in range(6):
        earn(placement, Decimal("2.5"))

    (row,) = read(staff, "article")

    assert (row["clicks"], row["unique"], row["currency"], row["commission"]) == (
        "1000",
        "800",
        "EUR",
        "15.0000",
    )
    assert float(row["rate_low"]) < float(row["rate"]) == 0.08 < float(row["rate_high"])
    assert float(row["epc_low"]) < float(row["epc"]) == 0.015 < float(row["epc_high"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("zinc", "zinc"),
        (-1, -1),
    ],
)
def test_no_cell_is_a_formula(text, shown):
    assert safe(text) == shown


def test_a_hostile_name_is_quoted(staff):
    tally("referrer", "=cmd|x!a1", clicks=3)

    assert read(staff, "referrer")[0]["name"] == "'=cmd|x!a1"
