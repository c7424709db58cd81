"""What is stored of a click is what was counted, whichever form the database takes it in."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from affiliates.clicks.record import Drop, Hit, Seen, write
from affiliates.models import Click, DropDay, ViewDay
from tests.affiliates.factories import PlacementFactory

NOON = datetime(2026, 5, 1, 12, 0, 1, tzinfo=UTC)
YEARS = 70
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=24)
NAMES = [field.name for field in fields(Hit)]


def hit(placement, **values):
    known = {"time": NOON, "link_id": placement.link_id, "target_id": None, "placement_id": placement.pk}
    plain = {"click_class": "human", "reason": "", "channel": "redirect", "day_visitor": None}
    return Hit(**known, **plain, **{"referrer_host": "", "device": "desktop", "country": "", **values})


class TestStored(TestCase):
    @given(
        st.lists(
            st.fixed_dictionaries(
                {
                    "time": st.integers(0, YEARS * 365).map(
                        lambda days: NOON + timedelta(days=days, microseconds=days)
                    ),
                    "day_visitor": st.none() | st.integers(-(2**63), 2**63 - 1),
                    "reason": WORDS,
                    "referrer_host": WORDS,
                    "language": st.sampled_from(["", "de", "en"]),
                    "country": st.sampled_from(["", "DE"]),
                    "click_class": st.sampled_from(["human", "bot", "suspect"]),
                }
            ),
            min_size=1,
            max_size=6,
        ),
        st.booleans(),
    )
    def test_every_value_comes_back(self, several, has_target):
        placement = PlacementFactory()
        target = placement.link.targets.first() if has_target else None
        hits = [
            replace(hit(placement), target_id=target and target.pk, **values, click_token=f"{number:08d}")
            for number, values in enumerate(several)
        ]

        write(hits)

        stored = Click.objects.filter(placement=placement).order_by("click_token")
        assert [Hit(**values) for values in stored.values(*NAMES)] == hits
        assert not stored.filter(is_first_of_day=True).exists()
        assert not stored.filter(is_repeat=True).exists()


@pytest.mark.django_db
def test_what_comes_together_is_stored_together():
    placement = PlacementFactory()
    seen = Seen(NOON.date(), placement.article_id, (placement.public_id,), is_view=True)

    write([hit(placement), Drop(NOON.date(), "prefetch", placement.link_id), seen, hit(placement)])

    assert Click.objects.filter(placement=placement).count() == 2
    assert DropDay.objects.get().count == 1
    assert set(ViewDay.objects.values_list("placement", "count")) == {(None, 1), (placement.pk, 1)}


@pytest.mark.django_db
def test_a_click_without_a_token_has_none():
    write([hit(PlacementFactory())])

    assert Click.objects.get().click_token is None
