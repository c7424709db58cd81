"""What the writer stores: all of a batch or nothing, drops as sums."""

from datetime import date

import pytest
from django.db import IntegrityError

from affiliates.clicks.record import Drop, count, write
from affiliates.models import DropDay
from tests.affiliates.factories import LinkFactory

DAY = date(2026, 5, 1)
PATIENCE = 20


@pytest.mark.django_db
def test_drops_add_up_by_day_reason_and_link():
    link = LinkFactory()

    write(
        [
            Drop(DAY, "prefetch", link.pk),
            Drop(DAY, "prefetch", link.pk),
            Drop(DAY, "prefetch"),
            Drop(DAY, "x"),
        ]
    )
    count(Drop(DAY, "prefetch"))

    rows = set(DropDay.objects.values_list("reason", "link", "count"))
    assert rows == {("prefetch", link.pk, 2), ("prefetch", None, 2), ("x", None, 1)}


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_stored_all_or_none():
    link = LinkFactory()

    with pytest.raises(IntegrityError):
        write([Drop(DAY, "prefetch", link.pk), Drop(DAY, "prefetch", link.pk + 1_000)])

    assert not DropDay.objects.exists()
