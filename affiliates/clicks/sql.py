"""The statements of a counted click, written out: building them through the ORM cost four times a whole redirect.

They use what SQLite and PostgreSQL have in common. Tests run every one of them on both.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

# One row an active target, each with the whole link: a join is cheaper than a second query.
DESTINATION = """
SELECT link.id, link.slug, link.status, link.fallback_url, link.fallback_article_id,
       network.routing, network.hosts, network.short_hosts,
       network.sub_id_carrier, network.sub_id_parameter, network.sub_id_max_length,
       program.domains, program.sub_id_parameter, program.forbids_redirect,
       placement.id, placement.last_edition,
       target.id, target.url, target.url_hash, target.weight
FROM affiliates_affiliatelink link
JOIN affiliates_network network ON network.id = link.network_id
LEFT JOIN affiliates_program program ON program.id = link.program_id
LEFT JOIN affiliates_linktarget target ON target.link_id = link.id AND target.is_active
LEFT JOIN affiliates_placement placement ON placement.link_id = link.id AND placement.public_id = %s
WHERE link.slug = %s
ORDER BY target.weight DESC, target.id
"""

# The visitor's last clicks on the link today (the hash is that of one day): how many, how many since a moment, and
# how many on the same placement since another. LIMIT bounds the work that one script can cause.
EARLIER = """
SELECT COUNT(*),
       COALESCE(SUM(CASE WHEN recent.time > %s THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN recent.time >= %s AND recent.placement_id = %s THEN 1 ELSE 0 END), 0)
FROM (
    SELECT time, COALESCE(placement_id, 0) AS placement_id
    FROM affiliates_click
    WHERE link_id = %s AND day_visitor = %s
    ORDER BY time DESC
    LIMIT %s
) recent
"""

INSERT_CLICK = """
INSERT INTO affiliates_click
    (time, link_id, target_id, placement_id, click_class, reason, channel, day_visitor, is_first_of_day, is_repeat,
     referrer_host, device, country)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""

ADD_TO_DAY = """
UPDATE affiliates_clickday
SET raw_count = raw_count + 1, unique_count = unique_count + %s, unmeasured_count = unmeasured_count + %s
WHERE day = %s AND link_id = %s AND click_class = %s AND
"""


def fetch(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def execute(statement: str, *values: Any) -> int:
    """Run a statement and return how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def moment(value: datetime) -> Any:
    """Return a time as the database compares it."""
    return connection.ops.adapt_datetimefield_value(value)
