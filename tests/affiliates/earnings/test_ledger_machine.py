"""Any order of imports, corrections, reversals, re-attributions and undoings: no cent appears, none goes.

A model keeps beside the ledger what each conversion ought to be; after every step the ledger, its shares and its day
sums must add up to it, by currency and status.
"""

from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from affiliates.earnings import services
from affiliates.models import Attribution, Conversion, EarningsDay, ImportFile, Status, TagPool
from tests.affiliates.earnings.reports import amazon, awin, put_amazon, put_awin, sub_id
from tests.affiliates.factories import PlacementFactory, network
from tests.factories import ArticleFactory

cents = st.integers(-300, 30_000).map(lambda value: f"{Decimal(value) / 100:.2f}")
NUMBERS = st.integers(1, 5)
STATES = st.sampled_from(["pending", "approved", "declined"])
MONEY = st.sampled_from(["EUR", "GBP"])
awin_rows = st.dictionaries(NUMBERS, st.tuples(cents, STATES, MONEY), min_size=1, max_size=5)
amazon_rows = st.lists(st.tuples(st.sampled_from(["B1", "B2"]), cents), min_size=1, max_size=4)
TAGS = ("a-20", "b-20")


class Ledger(RuleBasedStateMachine):
    """`states` and `buckets` are what the network said last; `done` the imports that stand, the newest last, each with
    what it replaced."""

    @initialize()
    def begin(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.states, self.buckets, self.done = {}, {}, []
        self.placements = [PlacementFactory(), PlacementFactory()]
        self.articles = [ArticleFactory(), ArticleFactory()]
        for article in self.articles:  # from the start two share, so that cents have to be parted
            TagPool.objects.create(network=network("amazon"), tracking_id=TAGS[0], article=article)

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @rule(rows=awin_rows, joined=st.booleans())
    def import_states(self, rows, joined):
        """New sales, corrections of amounts, of currency and of status, reversals."""
        lines = [
            awin(
                number, paid, status, sub_id(self.placements[number % 2]) if joined else "", currency=currency
            )
            for number, (paid, status, currency) in rows.items()
        ]
        record = put_awin(*lines, again=True)
        self.done.append((record.pk, "states", {number: self.states.get(number) for number in rows}))
        self.states |= rows

    @rule(rows=amazon_rows, tag=st.sampled_from(TAGS))
    def import_a_day(self, rows, tag):
        record = put_amazon(*(amazon(asin, fee, tag) for asin, fee in rows), again=True)
        self.done.append((record.pk, "buckets", {tag: self.buckets.get(tag)}))
        self.buckets[tag] = rows

    @rule(data=st.data())
    def import_the_same_again(self, data):
        """A report of what stands already writes nothing."""
        standing = {number: row for number, row in self.states.items() if row is not None}
        chosen = data.draw(st.sets(st.sampled_from(sorted(standing)))) if standing else set()
        before = Conversion.objects.count()

        if chosen:
            record = put_awin(
                *(
                    awin(number, row[0], row[1], currency=row[2])
                    for number, row in standing.items()
                    if number in chosen
                )
            )
            assert record.corrected_count == 0
            self.done.append((record.pk, "states", {}))

        assert Conversion.objects.count() == before

    @precondition(lambda self: self.done)
    @rule()
    def undo_the_last(self):
        pk, kind, before = self.done.pop()
        services.undo(ImportFile.objects.get(pk=pk))
        getattr(self, kind).update(before)

    @rule(tag=st.sampled_from(TAGS), which=st.sets(st.integers(0, 1), max_size=2))
    def assign_a_tracking_id(self, tag, which):
        """To nobody, to one article or to two that share."""
        pool = network("amazon")
        TagPool.objects.filter(tracking_id=tag).delete()
        for index in which:
            TagPool.objects.create(network=pool, tracking_id=tag, article=self.articles[index])
        services.reattribute(pool, [tag])

    def expected(self):
        sums = defaultdict(Decimal)
        for row in self.states.values():
            if row is not None and row[1] != Status.DECLINED:
                sums[row[2], row[1]] += Decimal(row[0])
        for rows in self.buckets.values():
            for _, fee in rows or ():
                sums["USD", "approved"] += Decimal(fee)
        return {key: total for key, total in sums.items() if total}

    @invariant()
    def the_ledger_says_what_the_networks_said(self):
        if hasattr(self, "states"):
            assert (
                summed(Conversion.objects.values_list("currency", "status", "commission")) == self.expected()
            )

    @invariant()
    def every_row_is_shared_out_to_the_last_cent(self):
        shares, weights = defaultdict(Decimal), defaultdict(Decimal)
        for pk, commission, weight in Attribution.objects.values_list("conversion", "commission", "weight"):
            shares[pk] += commission
            weights[pk] += weight
        assert dict(shares) == dict(Conversion.objects.values_list("pk", "commission"))
        assert set(weights.values()) <= {Decimal(1)}

    @invariant()
    def the_days_add_up_to_the_ledger(self):
        by_currency = summed(Conversion.objects.values_list("currency", "commission"))
        pending = summed(
            Conversion.objects.filter(status=Status.PENDING).values_list("currency", "commission")
        )
        assert summed(EarningsDay.objects.values_list("currency", "commission")) == by_currency
        assert summed(EarningsDay.objects.values_list("currency", "pending_commission")) == pending

    @invariant()
    def as_many_sales_stand_as_the_networks_said(self):
        if hasattr(self, "states"):
            standing = sum(row is not None and row[1] != Status.DECLINED for row in self.states.values())
            rows = Conversion.objects.filter(network=network("awin")).values_list(
                "conversion_count", flat=True
            )
            negative = sum(
                row is not None and row[1] != Status.DECLINED and Decimal(row[0]) < 0
                for row in self.states.values()
            )
            assert standing - negative <= sum(rows) <= standing


def summed(rows):
    sums = defaultdict(Decimal)
    for *key, amount in rows:
        sums[tuple(key) if len(key) > 1 else key[0]] += amount
    return {key: total for key, total in sums.items() if total}


@pytest.mark.django_db
def test_no_order_of_events_loses_or_makes_a_cent():
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=5, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
