"""What must hold for every report: order and repetition change nothing, and no cent appears or goes."""

import random
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiliates.models import Attribution, Conversion, EarningsDay, ImportFile, TagPool
from tests.affiliates.earnings.reports import (
    amazon,
    awin,
    balance,
    ebay,
    put_amazon,
    put_awin,
    put_ebay,
    sub_id,
)
from tests.affiliates.factories import PlacementFactory, network
from tests.factories import ArticleFactory

MANY = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
cents = st.integers(-500, 5000).map(lambda value: f"{Decimal(value) / 100:.2f}")
days = st.sampled_from(["2026-03-05", "2026-03-06"])
awin_rows = st.lists(
    st.tuples(
        st.integers(1, 6),
        cents,
        st.sampled_from(["pending", "approved", "declined"]),
        days,
        st.sampled_from(["EUR", "GBP"]),
    ),
    max_size=8,
    unique_by=lambda row: row[0],
)
amazon_rows = st.lists(
    st.tuples(st.sampled_from(["B1", "B2"]), cents, st.sampled_from(["a-20", "b-20"]), days), max_size=8
)
ebay_rows = st.lists(
    st.tuples(st.integers(1, 3), cents, st.sampled_from(["Pending", "Approved"]), st.integers(10, 20)),
    max_size=8,
    unique_by=lambda row: (row[0], row[3]),
)


def empty():
    for model in (Attribution, EarningsDay, Conversion, ImportFile, TagPool):
        model.objects.all().delete()


def put_states(rows):
    return put_awin(
        *(awin(number, paid, status, day=day, currency=money) for number, paid, status, day, money in rows)
    )


def put_snapshot(rows):
    return put_amazon(*(amazon(asin, fee, tag, day) for asin, fee, tag, day in rows))


def put_deltas(rows):
    return put_ebay(
        *(ebay(number, delta, status, f"2026-03-{day} 10:00:00") for number, delta, status, day in rows)
    )


REPORTS = [(put_states, awin_rows), (put_snapshot, amazon_rows), (put_deltas, ebay_rows)]


def state():
    days = EarningsDay.objects.values_list(
        "key", "commission", "pending_commission", "sale_amount", "conversion_count"
    )
    return balance(), sorted(days)


@pytest.mark.django_db
@pytest.mark.parametrize(("report", "rows"), REPORTS)
@MANY
@given(data=st.data(), seed=st.integers())
def test_the_same_rows_in_any_order_any_number_of_times_change_nothing(report, rows, data, seed):
    empty()
    lines = data.draw(rows)
    report(lines)
    once, written = state(), Conversion.objects.count()
    shuffled = random.Random(seed).sample(lines, len(lines))

    report(shuffled)
    ImportFile.objects.update(importer_version=0)  # no short cut: the rows themselves must be known
    record = report(shuffled)

    assert state() == once
    assert Conversion.objects.count() == written
    assert record.new_count == record.corrected_count == 0


@pytest.mark.django_db
@MANY
@given(data=st.data())
def test_a_later_report_of_the_same_conversions_wins(data):
    empty()
    first, second = data.draw(awin_rows), data.draw(awin_rows)
    second += [
        (number, "1.00", "paid", "2026-03-05", "EUR")
        for number in {row[0] for row in first} - {row[0] for row in second}
    ]
    put_states(second)
    alone = balance()
    empty()

    put_states(first)
    put_states(second)

    assert balance() == alone


@pytest.mark.django_db
@MANY
@given(data=st.data())
def test_a_later_snapshot_of_the_same_day_wins(data):
    empty()
    fees = st.lists(cents, min_size=1, max_size=5)
    first, second = ([("B1", fee, "a-20", "2026-03-05") for fee in data.draw(fees)] for _ in range(2))

    put_snapshot(first)
    put_snapshot(second)

    total = sum((Decimal(row[1]) for row in second), Decimal(0))
    assert sum(Conversion.objects.values_list("commission", flat=True), Decimal(0)) == total


@pytest.mark.django_db
@MANY
@given(data=st.data())
def test_what_is_attributed_and_what_is_not_sum_to_what_was_imported(data):
    empty()
    placement = PlacementFactory()
    pool = network("amazon")
    for article in (placement.article, ArticleFactory(), ArticleFactory()):
        TagPool.objects.create(network=pool, tracking_id="a-20", article=article)
    put_snapshot(data.draw(amazon_rows))
    put_awin(
        *(
            awin(number, paid, status, day=day, sub_id=sub_id(placement) if number % 2 else "")
            for number, paid, status, day, _ in data.draw(awin_rows)
        )
    )

    for conversion in Conversion.objects.prefetch_related("attributions"):
        shares = conversion.attributions.all()
        assert sum(share.weight for share in shares) == 1
        assert sum(share.commission for share in shares) == conversion.commission
        assert sum(share.sale_amount for share in shares) == conversion.sale_amount
        assert sum(share.conversion_count for share in shares) == conversion.conversion_count
    imported, reported = Counter(), Counter()
    for currency, commission in Conversion.objects.values_list("currency", "commission"):
        imported[currency] += commission
    for currency, commission in EarningsDay.objects.values_list("currency", "commission"):
        reported[currency] += commission
    assert {key: value for key, value in imported.items() if value} == {
        key: value for key, value in reported.items() if value
    }
