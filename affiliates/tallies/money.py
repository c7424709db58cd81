"""Earnings as reports ask for them: by one dimension, in days, weeks and four weeks; sums of the ledger's days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db import connection

from affiliates.models import Dimension, EarningsTally
from affiliates.tallies.spans import PARTS, start_of

DIGITS = 4  # of the ledger's amounts, behind the point
RECORD: Mapping[str, str] = {
    Dimension.TOTAL: "0",
    Dimension.ARTICLE: "COALESCE(article_id, 0)",
    Dimension.PLACEMENT: "COALESCE(placement_id, 0)",
    Dimension.LINK: "COALESCE(link_id, 0)",
    Dimension.NETWORK: "network_id",
}
# Each amount is made a whole number by itself: SQLite keeps it as floating point, whose sum would not be exact.
# A day's sum of n sales counts as n equal ones; of a single sale it is exact. Placed is what names an article: a
# tracking ID of the whole site is known to be ours, but not which article's.
_DAYS = """
INSERT INTO affiliates_earningstally
    (dimension, span, start, record, currency, is_placed, commission, pending, conversions, squares, largest)
SELECT %s, 1, day, {record}, currency, article_id IS NOT NULL,
       SUM(CAST(ROUND(commission * 10000) AS bigint)), SUM(CAST(ROUND(pending_commission * 10000) AS bigint)),
       SUM(conversion_count), SUM(amount * amount / number), MAX(ABS(amount) / number)
FROM (
    SELECT day, article_id, placement_id, link_id, network_id, currency, commission, pending_commission,
           conversion_count, CAST(commission AS double precision) AS amount,
           CASE WHEN conversion_count = 0 THEN 1 ELSE ABS(conversion_count) END AS number
    FROM affiliates_earningsday WHERE day IN ({days})
) AS found
GROUP BY 3, 4, 5, 6
"""
_ROLL = """
INSERT INTO affiliates_earningstally
    (dimension, span, start, record, currency, is_placed, commission, pending, conversions, squares, largest)
SELECT dimension, %s, %s, record, currency, is_placed,
       SUM(commission), SUM(pending), SUM(conversions), SUM(squares), MAX(largest)
FROM affiliates_earningstally
WHERE span = %s AND start >= %s AND start < %s GROUP BY dimension, record, currency, is_placed
"""


def add_up(days: Collection[date]) -> None:
    """Write the sums of some days anew, then those of the weeks and four weeks that they lie in.

    Called inside a transaction, so that a report never finds the ones without the others.
    """
    EarningsTally.objects.filter(span=1, start__in=days).delete()
    marks = ", ".join(["%s"] * len(days))
    with connection.cursor() as cursor:
        for (
            dimension,
            record,
        ) in RECORD.items():  # a dimension of a day lies together, so a report reads few pages
            cursor.execute(_DAYS.format(record=record, days=marks), [str(dimension), *days])
        for span, part in PARTS:
            for start in sorted({start_of(day, span) for day in days}):
                EarningsTally.objects.filter(span=span, start=start).delete()
                cursor.execute(_ROLL, (span, start, part, start, start + timedelta(days=span)))
