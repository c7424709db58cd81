"""Money by dimension, in days, weeks and four weeks: every cent of the ledger's days once, whatever is read."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiliates.earnings import days
from affiliates.models import Attribution, Conversion, EarningsDay, EarningsTally, ImportFile
from affiliates.reports import earned
from affiliates.reports.periods import Period
from affiliates.tallies.money import RECORD, add_up
from affiliates.tallies.spans import start_of
from tests.affiliates.earnings.reports import awin, put_awin, sub_id
from tests.affiliates.factories import PlacementFactory, network

pytestmark = pytest.mark.django_db
MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MONDAY = date(2026, 3, 2)
COLUMNS = {"article": "article_id", "placement": "placement_id", "link": "link_id", "network": "network_id"}
amounts = st.integers(-500_000, 5_000_000).map(lambda value: Decimal(value) / 10_000)
sales = st.lists(
    st.tuples(
        st.integers(0, 70),
        st.sampled_from([0, 1, None, "site"]),
        st.sampled_from(["EUR", "USD"]),
        amounts,
        st.sampled_from([-2, 0, 1, 1, 3]),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


@pytest.fixture
def placements():
    return [PlacementFactory(), PlacementFactory()]


def keep(rows, placements):
    """Put the day sums of the ledger there as `rows` say, without those of reports."""
    EarningsDay.objects.all().delete()
    EarningsTally.objects.all().delete()
    made = []
    for number, (day, index, currency, amount, count, is_pending) in enumerate(rows):
        place = placements[index] if isinstance(index, int) else None
        made.append(
            EarningsDay(
                key=str(number),
                day=MONDAY + timedelta(days=day),
                network=network("awin"),
                article=place.article if place else None,
                placement=place,
                link=place.link if place else None,
                currency=currency,
                method="placement_sub_id" if place else "tag_pool" if index == "site" else "unattributed",
                commission=amount,
                pending_commission=amount if is_pending else 0,
                conversion_count=count,
            )
        )
    EarningsDay.objects.bulk_create(made)
    return made


def contents():
    columns = (
        "dimension",
        "span",
        "start",
        "record",
        "currency",
        "is_placed",
        "commission",
        "pending",
        "conversions",
    )
    rows = EarningsTally.objects.values_list(*columns, "squares", "largest")
    return sorted((*row[:-2], f"{row[-2]:.6g}", f"{row[-1]:.6g}") for row in rows)


def expected(rows, column, period):
    """What a report must find, added up one by one."""
    sums = {}
    for row in rows:
        if row.day in period:
            key = row.currency, str(getattr(row, column) or "none")
            number = max(1, abs(row.conversion_count))
            money, pending, count, squares, largest = sums.get(key, (Decimal(0), Decimal(0), 0, 0.0, 0.0))
            sums[key] = (
                money + row.commission,
                pending + row.pending_commission,
                count + row.conversion_count,
                squares + float(row.commission) ** 2 / number,
                max(largest, abs(float(row.commission)) / number),
            )
    return sums


@MANY
@given(rows=sales, start=st.integers(-3, 72), length=st.integers(1, 90))
@pytest.mark.parametrize("dimension", list(COLUMNS))
def test_a_report_finds_what_the_days_of_the_ledger_hold(placements, dimension, rows, start, length):
    made = keep(rows, placements)
    first = MONDAY + timedelta(days=start)
    period = Period(first, first + timedelta(days=length - 1))
    days_ = sorted({row.day for row in made})

    for day in days_:
        add_up([day])
    found = earned.by_key(dimension, period)

    wanted = expected(made, COLUMNS[dimension], period)
    told = {(currency, key): each for currency in found.amounts for key, each in found.of(currency).items()}
    assert told.keys() == wanted.keys()
    for key, (commission, pending, count, squares, largest) in wanted.items():
        each = told[key]
        assert (each.commission, each.pending, each.conversions) == (commission, pending, count)
        assert (each.squares, each.largest) == (pytest.approx(squares), pytest.approx(largest))


@MANY
@given(rows=sales, batch=st.integers(1, 7), seed=st.randoms())
def test_the_order_and_number_of_times_change_nothing(placements, rows, batch, seed):
    made = keep(rows, placements)
    touched = sorted({row.day for row in made})
    add_up(touched)
    once = contents()

    again = [*touched, *touched]
    seed.shuffle(again)
    for first in range(0, len(again), batch):
        add_up(again[first : first + batch])

    assert contents() == once


@MANY
@given(
    rows=st.lists(
        st.tuples(
            st.integers(1, 40), st.integers(-500, 9_999), st.integers(2, 30), st.booleans(), st.booleans()
        ),
        max_size=12,
        unique_by=lambda row: row[0],
    )
)
def test_sums_of_any_length_are_those_of_the_ledger(placements, rows):
    for model in (EarningsTally, EarningsDay, Attribution, Conversion, ImportFile):
        model.objects.all().delete()
    record = put_awin(
        *(
            awin(
                number,
                f"{Decimal(cents) / 100:.2f}",
                day=f"2026-03-{day:02}",
                currency="GBP" if is_pound else "EUR",
                sub_id=sub_id(placements[0]) if is_placed else "",
            )
            for number, cents, day, is_placed, is_pound in rows
        )
    )

    ledger = Counter()
    for currency, commission in record.conversions.values_list("currency", "commission"):
        ledger[currency] += int(commission * 10_000)
    for dimension in RECORD:
        for span in (1, 7, 28):
            sums = Counter()
            found = EarningsTally.objects.filter(dimension=dimension, span=span)
            for currency, commission in found.values_list("currency", "commission"):
                sums[currency] += commission
            assert +sums == +ledger
            assert -sums == -ledger


def test_ten_thousandths_are_exact_on_every_database(placements):
    keep(
        [(0, 0, "EUR", Decimal("0.1"), 1, False)] * 3 + [(0, 0, "EUR", Decimal("900000000.0003"), 1, False)],
        placements,
    )

    add_up([MONDAY])

    (found,) = EarningsTally.objects.filter(dimension="total", span=28)
    assert found.commission == 9_000_000_003_003
    assert str(found) == f"{start_of(MONDAY, 28)} +28 total 0: 900000000.30 EUR"


def test_what_is_gone_from_the_ledger_is_gone_from_every_sum(placements):
    put_awin(awin(1, sub_id=sub_id(placements[0])), awin(2, day="2026-03-06"))
    EarningsDay.objects.filter(day=date(2026, 3, 5)).delete()

    add_up([date(2026, 3, 5)])

    assert set(EarningsTally.objects.values_list("commission", flat=True)) == {100_000}
    assert not EarningsTally.objects.filter(dimension="placement", record=placements[0].pk).exists()


def test_rebuilding_a_day_repairs_its_week_and_four_weeks(placements):
    put_awin(awin(1, sub_id=sub_id(placements[0])), awin(2, day="2026-03-06"))
    before = contents()
    EarningsTally.objects.filter(span__gt=1).update(commission=7)
    EarningsTally.objects.filter(span=1, dimension="link").delete()

    days.rebuild([date(2026, 3, 5), date(2026, 3, 6)])

    assert contents() == before


def test_days_and_their_longer_sums_are_written_together_or_not_at_all(placements, monkeypatch):
    put_awin(awin(1))
    before, sums = contents(), list(EarningsDay.objects.values())
    EarningsDay.objects.update(commission=5)
    broken = list(EarningsDay.objects.values())
    monkeypatch.setattr("affiliates.tallies.money._ROLL", "nonsense")

    with pytest.raises(DatabaseError):
        days.rebuild([date(2026, 3, 5)])

    assert contents() == before
    assert list(EarningsDay.objects.values()) == broken != sums


@pytest.mark.parametrize("count", [1, 30])
def test_a_day_takes_the_same_number_of_statements(count, django_assert_num_queries):
    keep(
        [(0, 0, "EUR", Decimal(n + 1), 1, False) for n in range(count)],
        [PlacementFactory() for _ in range(1)],
    )

    # sums of the day: one deleted, five written; of the week and the four weeks: each deleted and written
    with django_assert_num_queries(1 + len(RECORD) + 2 * 2):
        add_up([MONDAY])


def test_a_deleted_article_keeps_its_sums_under_its_number(placements):
    article = placements[0].article
    number = article.pk
    keep([(0, 0, "EUR", Decimal(5), 1, False)], placements)
    add_up([MONDAY])

    EarningsDay.objects.update(article=None)  # as deleting it does

    found = earned.by_key("article", Period(MONDAY, MONDAY))
    assert found.of("EUR")[str(number)].commission == 5


def test_only_what_names_an_article_is_placed(placements):
    keep(
        [
            (0, 0, "EUR", Decimal(5), 1, False),
            (0, None, "EUR", Decimal(3), 1, False),
            (0, "site", "EUR", Decimal(2), 1, False),
        ],
        placements,
    )

    add_up([MONDAY])

    found = EarningsTally.objects.filter(dimension="total", span=28).values_list("is_placed", "commission")
    assert dict(found) == {True: 50_000, False: 50_000}


def fill():
    migration = import_module("affiliates.migrations.0015_fill_earnings_tally")
    migration.fill(apps, SimpleNamespace(connection=connection))


@MANY
@given(rows=sales)
def test_updating_a_filled_site_adds_up_what_it_has(placements, rows):
    made = keep(rows, placements)
    for day in sorted({row.day for row in made}):
        add_up([day])
    wanted = contents()
    EarningsTally.objects.all().delete()

    fill()

    assert contents() == wanted


def test_updating_an_empty_site_adds_up_nothing():
    fill()

    assert not EarningsTally.objects.exists()
