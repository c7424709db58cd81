"""However a year of sales is cut into files: shuffled, split, overlapping, twice. It is one ledger."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiliates.models import Attribution, Conversion, EarningsDay, ImportFile
from tests.affiliates.earnings.downloads import DOWNLOADS
from tests.affiliates.earnings.reports import balance, put

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# A day of Amazon is replaced as a whole, so its report may be cut between days only; it is tested below.
CUT_ANYWHERE = [report for report in DOWNLOADS if report.key != "amazon-earnings"]
# Which row of an eBay sale carries its count depends on which was read first.
DATED = {"ebay-transactions": 1}
AMAZON = next(report for report in DOWNLOADS if report.key == "amazon-earnings")


def empty():
    for model in (Attribution, EarningsDay, Conversion, ImportFile):
        model.objects.all().delete()


def read(report, rows):
    return put(report.text(rows=rows), report.network, second=report.second, again=True)


def ledger():
    """What stands, by conversion; the order of its rows in the ledger is that of the files."""
    rows = Conversion.objects.values_list(
        "external_id",
        "part",
        "status",
        "currency",
        "commission",
        "sale_amount",
        "quantity",
        "conversion_count",
    )
    sums = {}
    for external_id, part, status, currency, *amounts in rows:
        key = external_id, part, status, currency
        sums[key] = [one + other for one, other in zip(sums.get(key, [0, 0, 0, 0]), amounts, strict=True)]
    days = EarningsDay.objects.values_list("key", "commission", "pending_commission", "conversion_count")
    return {key: found for key, found in sums.items() if any(found)}, sorted(days)


@pytest.mark.parametrize("report", CUT_ANYWHERE, ids=lambda report: report.key)
@FEW
@given(seed=st.integers(0, 10_000), cut=st.integers(0, 4), overlap=st.integers(0, 2), twice=st.booleans())
def test_a_report_in_two_overlapping_shuffled_halves_is_the_same(report, seed, cut, overlap, twice):
    empty()
    read(report, report.rows)
    whole = ledger()
    empty()
    rows = random.Random(seed).sample(report.rows, len(report.rows))
    if report.key in DATED:
        rows.sort(key=lambda row: row[DATED[report.key]])
    halves = [rows[: cut + overlap], rows[cut:]]

    for half in [*halves, *(reversed(halves) if twice else ())]:
        if half:
            read(report, half)

    assert ledger() == whole
    assert balance() == report.balance


@FEW
@given(
    days=st.lists(st.integers(1, 5), min_size=1, max_size=8), cut=st.integers(1, 5), seed=st.integers(0, 999)
)
def test_amazon_may_be_cut_between_days_and_overlap_by_whole_days(days, cut, seed):
    def row(number, day):
        first = AMAZON.rows[0]
        return [*first[:2], f"B{number}", *first[3:5], f"2026-03-{day:02d} 04:00:00", *first[6:]]

    rows = [row(number, day) for number, day in enumerate(days)]
    empty()
    read(AMAZON, rows)
    whole = ledger()
    empty()
    shuffled = random.Random(seed).sample(rows, len(rows))

    read(AMAZON, [one for one in shuffled if one[5] <= f"2026-03-{cut:02d} 99"])
    read(AMAZON, [one for one in shuffled if one[5] >= f"2026-03-{cut:02d} 00"])

    assert ledger() == whole


@pytest.mark.parametrize("report", CUT_ANYWHERE, ids=lambda report: report.key)
def test_the_first_half_again_after_the_whole_changes_nothing(report):
    read(report, report.rows)
    whole = ledger()

    read(report, report.rows[:2])

    assert ledger() == whole


def test_half_a_day_of_amazon_says_in_the_preview_what_it_would_take_back():
    read(AMAZON, AMAZON.rows)

    record = put(AMAZON.text(rows=AMAZON.rows[:1]), AMAZON.network, commit=False)

    assert record.totals["USD"]["commission"] == "-1234.0000"
