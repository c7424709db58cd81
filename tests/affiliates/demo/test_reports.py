"""The files that the networks would have written, read by the product's own rules."""

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from affiliates.demo import reports
from affiliates.demo.sales import sales_of
from affiliates.earnings.attribution import decoded, looks_damaged
from affiliates.earnings.errors import RowError
from affiliates.earnings.presets import shipped
from affiliates.earnings.rows import Reader
from affiliates.earnings.rules import load
from affiliates.earnings.tables import read_head
from tests.affiliates.demo.samples import NOW, place, plan, traffic

SITE = "http://localhost:8000"
TAGS = ["own-20", "site-20"]
PRESETS = {entry["key"]: load(entry) for entry in shipped()}


@pytest.fixture(scope="module")
def sales():
    """Many sales: everybody buys."""
    busy = {network: replace(selling, rate=0.6, program="") for network, selling in plan().sales.items()}
    days = list(traffic().days())
    return list(sales_of(plan(sales=busy), "awin", days))


def read(text, rules):
    """Return the rows of a file as an import reads them; raise RowError for the first that it would reject."""
    delimiter, index, header = read_head(text.encode()).header(rules)
    lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))[index + 1 :]
    reader = Reader(rules, header)
    return [reader.row(number, cells, {}) for number, cells in enumerate(lines)]


def test_awins_file_is_read_by_the_shipped_rules(sales):
    rows = read(reports.awin(sales, NOW, SITE), PRESETS["awin-transactions"])

    assert len(rows) == len(reports.known(sales, NOW)) > 100
    assert {row.currency for row in rows} == {"GBP"}
    assert {row.status for row in rows} == {"pending", "approved", "declined"}


def test_awins_file_has_what_was_sold_by_then(sales):
    then = NOW - timedelta(days=40)

    rows = read(reports.awin(sales, then, SITE), PRESETS["awin-transactions"])

    assert rows
    assert max(row.event_at for row in rows) <= then
    assert all(row.posted_at is None or row.posted_at <= then for row in rows)


def test_a_later_file_names_each_sale_of_the_earlier_one_again(sales):
    earlier, later = (
        {row.external_id: row for row in read(reports.awin(sales, at, SITE), PRESETS["awin-transactions"])}
        for at in (NOW - timedelta(days=30), NOW)
    )

    assert earlier.keys() < later.keys()
    assert all(earlier[number].sub_id == later[number].sub_id for number in earlier)
    changed = {
        (earlier[number].status, later[number].status)
        for number in earlier
        if earlier[number].status != later[number].status
    }
    assert changed == {("pending", "approved"), ("pending", "declined")}
    assert any(
        later[number].status == "approved" and later[number].commission < earlier[number].commission
        for number in earlier
    )


def test_a_few_rows_of_awin_cannot_be_joined_to_a_placement(sales):
    rows = read(reports.awin(sales, NOW, SITE), PRESETS["awin-transactions"])

    lost = [row for row in rows if decoded(row.sub_id) is None]
    kinds = Counter(
        "cut"
        if looks_damaged(row.sub_id)
        else "foreign"
        if row.sub_id
        else "page"
        if row.referrer
        else "bare"
        for row in lost
    )
    assert 0.05 < len(lost) / len(rows) < 0.3
    assert set(kinds) == {"cut", "foreign", "page", "bare"}
    assert {row.referrer for row in lost if row.referrer} == {f"{SITE}/articles/magnesium-forms-compared/"}


def test_a_shops_own_file_is_read_by_the_rules_that_are_kept_for_it(sales):
    rules = load(reports.PARTNER_RULES)

    rows = read(reports.partner(sales, NOW), rules)

    approved = {f"VH-{sale.number}": sale for sale in sales if not sale.is_declined and sale.judged_at <= NOW}
    assert {row.currency for row in rows} == {"EUR"}
    assert {row.status for row in rows} == {"pending", "approved", "declined"}
    for row in rows:
        if row.status == "approved":
            sale = approved[row.external_id]
            assert row.commission == (sale.commission * sale.left).quantize(Decimal("0.01"))
    assert 0 < sum(not row.sub_id for row in rows) < len(rows) / 3


def test_amazons_file_is_read_by_the_shipped_rules(sales):
    rows = read(reports.amazon(sales, NOW, TAGS), PRESETS["amazon-earnings"])

    assert {row.currency for row in rows} == {"USD"}
    assert {row.tracking_id for row in rows} == set(TAGS)
    assert {row.kind for row in rows} == {"sale", "reversal"}
    assert {row.sub_id for row in rows} == {""}
    assert len({row.sku for row in rows}) == 3


def test_what_came_back_to_amazon_is_taken_off_again(sales):
    text = reports.amazon(sales, NOW, TAGS)
    cells = list(csv.DictReader(text.splitlines()[1:]))

    returned = [row for row in cells if row["Returns"] == "1"]
    shipped_ = Counter((row["ASIN"], row["Revenue($)"]) for row in cells if row["Returns"] == "0")
    assert returned
    assert all(shipped_[row["ASIN"], row["Revenue($)"].lstrip("-")] for row in returned)


def test_most_of_amazons_rows_carry_the_articles_own_tag(sales):
    rows = read(reports.amazon(sales, NOW, TAGS), PRESETS["amazon-earnings"])

    assert sum(row.tracking_id == TAGS[0] for row in rows) > len(rows) * 0.75


def test_the_networks_own_clicks_are_read_and_never_quite_ours():
    ours = {date(2026, 11, day): 100 for day in range(1, 21)}

    rows = read(reports.clicks(ours, 0.86, 0.99), load({**reports.CLICKS_RULES, "report": "clicks"}))

    counts = [row.quantity for row in rows]
    assert [row.event_at.date() for row in rows] == sorted(ours)
    assert all(86 <= count <= 99 for count in counts)
    assert len(set(counts)) > 5


def test_files_without_sales_have_their_header():
    assert reports.awin([], NOW, SITE).splitlines() == [",".join(reports.AWIN)]
    assert reports.partner([], NOW).splitlines() == [";".join(reports.PARTNER)]
    assert reports.amazon([], NOW, TAGS).splitlines()[1].startswith("Category,Name,ASIN")


def test_a_place_outside_of_articles_names_no_page():
    outside = place(article="", public_id="")
    sale = replace(
        next(
            sales_of(plan(sales={"awin": replace(plan().sales["awin"], rate=1.0)}), "awin", traffic().days())
        ),
        place=outside,
    )

    row = read(reports.awin([sale], NOW, SITE), PRESETS["awin-transactions"])[0]

    assert (row.sub_id, row.referrer) == ("", "")


def test_the_reader_of_these_tests_refuses_a_wrong_row():
    text = reports.written([reports.AWIN, ("1", "x", "no date", "", "", "pending", "1", "1", "GBP", "", "")])

    with pytest.raises(RowError, match="not a date"):
        read(text, PRESETS["awin-transactions"])
