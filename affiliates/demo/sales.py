"""Which of the sample clicks were followed by a sale, and what became of it. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from affiliates.clicks.record import Hit
from affiliates.demo.chance import dice
from affiliates.demo.places import Place
from affiliates.demo.plan import Plan, Selling
from affiliates.demo.traffic import Day
from affiliates.models import ClickClass
from affiliates.subids import encode

CENT = Decimal("0.01")
AT_ONCE_SHARE, LATEST_HOURS = 0.7, 120  # most buy within the hour, the others within days
JUDGED_DAYS = (4, 13)  # when a network says whether it pays
DECLINED, CORRECTED = 0.09, 0.06
KEPT_AFTER_RETURN = Decimal("0.6")  # of a basket, when a part of it is sent back


@dataclass(frozen=True, slots=True)
class Sale:
    """`left` is the part of the amounts that stands once the network has judged."""

    number: str
    place: Place
    clicked_at: datetime
    sold_at: datetime
    judged_at: datetime
    amount: Decimal
    commission: Decimal
    left: Decimal

    @property
    def sub_id(self) -> str:
        """Return what the network was told about the placement; nothing where a link stood in no article."""
        found = self.place.destination
        return encode(found.public_id, found.edition) if found.public_id else ""

    @property
    def is_declined(self) -> bool:
        return not self.left

    def part(self, as_of: datetime) -> Decimal:
        """Return which part of the amounts a report of that time shows."""
        return self.left if as_of >= self.judged_at and self.left else Decimal(1)


def sales_of(plan: Plan, network: str, days: Iterable[Day]) -> Iterator[Sale]:
    """Yield the sales of a network in the order of their clicks."""
    selling, rng = plan.sales[network], dice(plan.seed, "sales", network)
    for day in days:
        for place, hit in sorted(day.hits, key=lambda found: (found[1].time, found[0].key)):
            if _may_buy(place, hit, network, selling) and rng.random() < selling.rate:
                yield _sale(place, hit, selling, rng)


def _may_buy(place: Place, hit: Hit, network: str, selling: Selling) -> bool:
    is_person = hit.click_class == ClickClass.HUMAN and not hit.reason
    return is_person and place.network == network and selling.program in ("", place.program)


def _sale(place: Place, hit: Hit, selling: Selling, rng: random.Random) -> Sale:
    waited = rng.uniform(0.05, 1) if rng.random() < AT_ONCE_SHARE else rng.uniform(1, LATEST_HOURS)
    sold_at = (hit.time + timedelta(hours=waited)).replace(microsecond=0)
    amount = Decimal(str(rng.uniform(selling.low, selling.high))).quantize(CENT)
    fate = rng.random()
    left = Decimal(0) if fate < DECLINED else KEPT_AFTER_RETURN if fate < DECLINED + CORRECTED else Decimal(1)
    return Sale(
        number=f"{rng.randrange(10**8, 10**9)}",
        place=place,
        clicked_at=hit.time,
        sold_at=sold_at,
        judged_at=sold_at + timedelta(days=rng.uniform(*JUDGED_DAYS)),
        amount=amount,
        commission=(amount * Decimal(str(selling.share))).quantize(CENT),
        left=left,
    )
