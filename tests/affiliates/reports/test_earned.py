"""Money by the columns of a report, in one pass."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from affiliates.models import Conversion, EarningsDay, ImportFile, Layout
from affiliates.reports import earned
from affiliates.reports.earned import Earned, Maturity
from affiliates.reports.periods import Period
from tests.affiliates.factories import LinkFactory, PlacementFactory, network
from tests.affiliates.reports.filling import ago, earn

pytestmark = pytest.mark.django_db
PERIOD = Period(ago(28), ago(1))
SOLD = datetime(2026, 3, 5, 12, tzinfo=UTC)


def test_each_currency_has_sums_of_its_own(placement):
    earn(placement, Decimal("10.01"))
    earn(placement, Decimal("5.02"), days=2)
    earn(placement, Decimal(3), currency="USD")
    earn(placement, Decimal(99), days=40)

    found = earned.by_key("link", PERIOD)

    key = str(placement.link_id)
    assert found.of("EUR")[key].commission == Decimal("15.03")
    assert found.of("USD")[key].commission == Decimal(3)
    assert found.currencies.totals == {"EUR": Decimal("15.03"), "USD": Decimal(3)}
    assert found.of("GBP") == {}


def test_what_belongs_to_no_place_is_a_row_and_lowers_coverage(placement):
    earn(placement, Decimal(30))
    earn(placement, Decimal(10), method="unattributed", article=None, placement=None, link=None)

    found = earned.by_key("article", PERIOD)

    assert found.of("EUR")["none"].commission == Decimal(10)
    assert found.currencies.coverage("EUR") == 0.75


def test_a_tracking_id_counts_as_covered(placement):
    earn(placement, Decimal(10), method="tag_pool", placement=None, link=None)

    assert earned.currencies(PERIOD).coverage("EUR") == 1


@pytest.mark.parametrize("method", ["tag_pool", "placement_sub_id"])
def test_a_known_way_without_an_article_lowers_coverage(placement, method):
    earn(placement, Decimal(30))
    earn(placement, Decimal(10), method=method, article=None)

    assert earned.currencies(PERIOD).coverage("EUR") == 0.75
    assert earned.by_key("network", PERIOD).currencies.coverage("EUR") == 0.75


def test_a_currency_that_names_no_article_is_not_covered(placement):
    earn(placement, Decimal(30))
    earn(placement, Decimal(10), currency="USD", method="tag_pool", article=None, placement=None, link=None)

    assert earned.currencies(PERIOD).coverage("USD") == 0


@pytest.mark.parametrize("dimension", ["country", "device", "language", "referrer"])
def test_of_readers_nothing_is_known(placement, dimension):
    earn(placement, Decimal(10))

    assert earned.by_key(dimension, PERIOD).of("EUR") == {}


def test_positions_are_those_of_the_clicks():
    placement = PlacementFactory(kind="inline", block_index=5)
    Layout.objects.create(article=placement.article, block_keys=list("abcdef"))
    other = PlacementFactory(kind="end_call")
    earn(placement, Decimal(4))
    earn(other, Decimal(2))
    earn(other, Decimal(1), placement=None)

    found = earned.by_key("position", PERIOD).of("EUR")

    assert {key: row.commission for key, row in found.items()} == {"inline:3": 4, "end_call": 2, "none": 1}


def test_the_currency_with_most_sales_comes_first(placement):
    earn(placement, Decimal(1_000), currency="USD")
    earn(placement, Decimal(1), conversion_count=9)

    found = earned.currencies(PERIOD)

    assert (found.main(""), found.main("USD"), found.main("XYZ")) == ("EUR", "USD", "EUR")


def test_several_sales_of_a_day_count_as_equal_ones(placement):
    earn(placement, Decimal(100), conversion_count=4)

    (row,) = earned.by_key("link", PERIOD).of("EUR").values()

    assert (row.squares, row.largest) == (pytest.approx(4 * 25**2), pytest.approx(25))


def test_a_reversal_lowers_the_sum_and_widens_the_interval(placement):
    for _ in range(6):
        earn(placement, Decimal(10))
    (before,) = earned.by_key("link", PERIOD).of("EUR").values()
    earn(placement, Decimal(-10), conversion_count=-1, days=2)

    (after,) = earned.by_key("link", PERIOD).of("EUR").values()

    assert (after.commission, after.conversions) == (Decimal(50), 5)
    assert after.squares > before.squares


@pytest.mark.parametrize(("sales", "is_told"), [(4, False), (5, True)])
def test_few_sales_have_no_interval(sales, is_told):
    row = Earned(Decimal(50), conversions=sales, squares=500.0, largest=10.0)

    assert (row.estimate(100) is not None) is is_told
    assert row.estimate(0) is None


def test_days_and_the_plain_sum(placement):
    earn(placement, Decimal(10), days=1)
    earn(placement, Decimal(5), days=2)
    earn(placement, Decimal(2), days=2, currency="USD")

    assert {day: row.commission for day, row in earned.by_day(PERIOD).of("EUR").items()} == {
        ago(1): 10,
        ago(2): 5,
    }
    assert earned.currencies(PERIOD).totals == {"EUR": Decimal(15), "USD": Decimal(2)}


@pytest.mark.parametrize(
    ("lag", "last", "immature"),
    [
        (None, None, []),
        (None, 3, [2, 1]),
        (0, 3, [2, 1]),
        (2, 3, [4, 3, 2, 1]),
        (9, 1, [9, 8, 7, 6, 5, 4, 3, 2, 1]),
    ],
)
def test_days_after_the_last_report_and_the_lag_before_it_are_immature(lag, last, immature):
    maturity = Maturity(lag, ago(last) if last else None)

    assert [days for days in range(20, 0, -1) if maturity.is_immature(ago(days))] == immature


def test_the_lag_is_unknown_without_a_ledger(placement):
    assert earned.maturity() == Maturity(None, None)

    earn(placement, Decimal(1), days=4)

    assert earned.maturity() == Maturity(None, ago(4))


@pytest.mark.parametrize("count", [1, 30])
def test_one_pass_is_one_query(placement, count, django_assert_num_queries):
    for number in range(count):
        earn(PlacementFactory(link=LinkFactory()), Decimal(number), days=1 + number % 5)

    with django_assert_num_queries(1):
        earned.by_key("link", PERIOD)


def test_the_ledger_is_only_read(placement):
    earn(placement, Decimal(1))
    before = list(EarningsDay.objects.values())

    earned.by_key("article", PERIOD)

    assert list(EarningsDay.objects.values()) == before


def sold(*lags):
    """Rows of the ledger that were posted so many days after the sale; None where the network does not say."""
    file = ImportFile.objects.create(network=network(), name="report.csv")
    for number, lag in enumerate(lags):
        Conversion.objects.create(
            network=file.network,
            external_id=f"{file.pk}-{number}",
            sequence=1,
            kind="sale",
            status="approved",
            event_at=SOLD,
            posted_at=None if lag is None else SOLD + timedelta(days=lag, hours=5),
            currency="EUR",
            conversion_count=1,
            import_file=file,
        )


@pytest.mark.parametrize(
    ("lags", "median"), [([], None), ([None], None), ([3], 3), ([None, 1, 9, None, 30], 9), ([-2, -1, -1], 0)]
)
def test_the_lag_is_the_median_of_those_that_tell(lags, median):
    sold(*lags)

    assert earned.maturity().lag_days == median


def test_the_lag_is_that_of_lately(monkeypatch):
    monkeypatch.setattr(earned, "LOOKED_AT", 3)
    sold(40, 40, 40, 2, None, 4)

    assert earned.maturity().lag_days == 3


@pytest.mark.parametrize("count", [1, 20])
def test_the_maturity_takes_two_queries(count, django_assert_num_queries):
    sold(*range(count))

    with django_assert_num_queries(2):  # lags, the last day with money
        earned.maturity()
