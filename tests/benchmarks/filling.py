"""Sums as 10 million clicks on 5,000 links in a year leave them, made by the database itself (PostgreSQL)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from affiliates.models import AffiliateLink, Network, Placement
from affiliates.tallies import money
from affiliates.tallies.facts import COLUMNS
from affiliates.tallies.spans import SPANS, start_of
from articles.models import Article

CLICKS, LINKS, ARTICLES, DAYS = 10_000_000, 5_000, 500, 365
BACK = 2 * DAYS  # so that a year can be compared with the one before

# The clicks of a link fall with its rank; a random part makes small links click on some days only.
PLACES = """
CREATE TEMP TABLE place AS
SELECT p.id AS placement, p.article_id AS article, p.link_id AS link, l.network_id AS network,
       p.kind || ':' || (1 + p.id %% 3) AS position, row_number() OVER (ORDER BY p.id) AS rank
FROM affiliates_placement p JOIN affiliates_affiliatelink l ON l.id = p.link_id
"""
FACTS = """
CREATE TEMP TABLE fact AS
SELECT d::date AS day, place.*,
       floor(%s * weight.w * (0.5 + random()) + random())::int AS clicks
FROM generate_series(%s::date, %s::date, interval '1 day') d, place
CROSS JOIN LATERAL (SELECT 1.0 / (rank + 20) / (SELECT sum(1.0 / (rank + 20)) FROM place) AS w) weight
"""
DIMENSIONS = {
    "total": "''", "article": "article::text", "placement": "placement::text", "position": "position",
    "link": "link::text", "network": "network::text",
}  # fmt: skip
# Of what is no record there are few values a day; their share falls with their number.
SPREAD = {"country": 60, "device": 4, "language": 20, "referrer": 51, "reason": 15}

COLUMN_NAMES = ", ".join(COLUMNS)
RAW = f"CREATE TEMP TABLE raw AS SELECT dimension, span, start, key, {COLUMN_NAMES} FROM affiliates_tally WHERE false"
TALLY = """
INSERT INTO raw SELECT '{dimension}', 1, day, {key}, sum(clicks), sum(clicks) * 8 / 10, sum(clicks) / 20,
                       sum(clicks) / 3, 0, 0, {views}, sum(clicks) * 30 + count(*)
FROM fact WHERE clicks > 0 GROUP BY 3, 4
"""
SPREAD_TALLY = """
INSERT INTO raw SELECT '{dimension}', 1, start, 'value-' || n, clicks / (n + 1), clicks / (n + 2), 0, 0, 0, 0, 0, 0
FROM raw, generate_series(1, {count}) n WHERE dimension = 'total'
"""
# A settled day is written at once, dimension by dimension, and so are its week and four weeks.
WRITE = f"""
INSERT INTO affiliates_tally (dimension, span, start, key, {COLUMN_NAMES})
SELECT * FROM raw ORDER BY start, dimension, key
"""
ROLL = f"""
INSERT INTO affiliates_tally (dimension, span, start, key, {COLUMN_NAMES})
SELECT dimension, %s, date '2001-01-01' + (start - date '2001-01-01') / %s * %s, key,
       {", ".join(f"sum({name})" for name in COLUMNS)}
FROM affiliates_tally WHERE span = %s GROUP BY 1, 3, 4 ORDER BY 3, 1, 4
"""
EARNINGS = """
INSERT INTO affiliates_earningsday (key, day, network_id, article_id, placement_id, link_id, currency, method,
                                    commission, pending_commission, sale_amount, conversion_count)
SELECT day || ':' || placement || ':' || currency, day, network, article, placement, link, currency,
       'placement_sub_id', amount, CASE WHEN day > current_date - 40 THEN amount ELSE 0 END, amount * 10, 1
FROM fact, LATERAL (SELECT (exp(random() * 3))::numeric(16, 4) AS amount,
                           CASE WHEN placement %% 5 = 0 THEN 'EUR' ELSE 'USD' END AS currency) sale
WHERE random() < 0.02 * clicks
"""
REPORTED = """
INSERT INTO affiliates_networkclickday (network_id, day, click_count, import_file_id)
SELECT network, day, sum(clicks), %s FROM fact GROUP BY network, day
"""


def records() -> None:
    """Make articles, links and a placement for each link, two for every second one."""
    now = timezone.now()
    Article.objects.bulk_create(Article(title=f"Article {n}", slug=f"article-{n}") for n in range(ARTICLES))
    articles = list(Article.objects.order_by("-pk").values_list("pk", flat=True)[:ARTICLES])
    networks = list(Network.objects.all())
    AffiliateLink.objects.bulk_create(
        AffiliateLink(
            slug=f"link-{n}",
            network=networks[n % len(networks)],
            title=f"Link {n}",
            store_name="Shop",
            created_at=now,
        )
        for n in range(LINKS)
    )
    links = list(AffiliateLink.objects.filter(slug__startswith="link-").values_list("pk", flat=True))
    Placement.objects.bulk_create(
        Placement(
            public_id=f"{n:06d}", article_id=articles[n % ARTICLES], link_id=links[n % LINKS],
            kind=("inline", "product", "comparison")[n % 3], block_key="k", block_index=n % 40, ordinal=1,
            first_edition=1, last_edition=1,
        )
        for n in range(LINKS + LINKS // 2)
    )  # fmt: skip


def sums(import_file: int) -> date:
    """Fill the sums, the money and the networks' own counts; return the last day."""
    last = timezone.now().date() - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(PLACES.replace("%%", "%"))
        cursor.execute(FACTS, [CLICKS / DAYS, last - timedelta(days=BACK - 1), last])
        cursor.execute(RAW)
        for dimension, key in DIMENSIONS.items():
            views = "sum(clicks) * 40" if dimension in ("total", "article") else "0"
            cursor.execute(TALLY.format(dimension=dimension, key=key, views=views))
        for dimension, count in SPREAD.items():
            cursor.execute(SPREAD_TALLY.format(dimension=dimension, count=count))
        cursor.execute(WRITE)
        for span, part in ((7, 1), (28, 7)):
            cursor.execute(ROLL, [span, span, span, part])
        cursor.execute(EARNINGS.replace("%%", "%"))
        add_up_earnings(last)
        cursor.execute(REPORTED, [import_file])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return last


def add_up_earnings(last: date) -> None:
    day = start_of(last - timedelta(days=BACK - 1), SPANS[0])
    while day <= last:
        money.add_up([day + timedelta(days=number) for number in range(SPANS[0])])
        day += timedelta(days=SPANS[0])


def one(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
