"""The statements of a counted click, written out: building them through the ORM cost four times a whole redirect.

They use what SQLite and PostgreSQL have in common; tests run every one on both.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from articles import statements
from articles.statements import Rows

Statement = tuple[str, Sequence[Any]]

# One row an active target, each with the whole link.
LINK = """
SELECT link.id, link.slug, link.status, link.fallback_url, link.fallback_article_id, link.network_id, link.program_id,
       link.expires_at, link.replacement_id,
       target.id, target.url, target.url_hash, target.weight, target.priority, target.allows_http,
       target.countries, target.devices, target.languages, target.starts_at, target.ends_at
FROM affiliates_affiliatelink link
LEFT JOIN affiliates_linktarget target ON target.link_id = link.id AND target.is_active
WHERE link.slug = %s
ORDER BY target.weight DESC, target.id
"""

TERMS = """
SELECT network.routing, network.hosts, network.short_hosts,
       network.sub_id_carrier, network.sub_id_parameter, network.sub_id_max_length, network.destination_parameter,
       network.sends_click_token,
       program.domains, program.sub_id_parameter, program.forbids_redirect, program.ends_on,
       placement.id, placement.last_edition
FROM affiliates_network network
LEFT JOIN affiliates_program program ON program.id = %s
LEFT JOIN affiliates_placement placement ON placement.public_id = %s AND placement.link_id = %s
WHERE network.id = %s
"""

_ADD_CLICKS = """
INSERT INTO affiliates_click
    (time, link_id, target_id, placement_id, click_class, reason, channel, day_visitor, referrer_host, device, country,
     language, click_token, is_first_of_day, is_repeat)
"""
_VALUES = _ADD_CLICKS + "VALUES "
_CLICK = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, false, false)"
# One text for any number of clicks, so that PostgreSQL plans it once: four clicks cost it and us a third.
_FROM_JSON = (
    _ADD_CLICKS
    + """
SELECT (click->>0)::timestamptz, (click->>1)::bigint, (click->>2)::bigint, (click->>3)::bigint, click->>4, click->>5,
       click->>6, (click->>7)::bigint, click->>8, click->>9, click->>10, click->>11, click->>12, false, false
FROM json_array_elements(%s::json) AS click
"""
)

ADD_DROP_OF_LINK = """
INSERT INTO affiliates_dropday (day, reason, link_id, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (day, reason, link_id) WHERE link_id IS NOT NULL DO UPDATE SET count = affiliates_dropday.count + 1
"""
ADD_DROP = """
INSERT INTO affiliates_dropday (day, reason, link_id, count) VALUES (%s, %s, NULL, 1)
ON CONFLICT (day, reason) WHERE link_id IS NULL DO UPDATE SET count = affiliates_dropday.count + 1
"""

# A forged id belongs to no row, so nothing is stored of it.
ADD_VIEW = """
INSERT INTO affiliates_viewday (day, article_id, count) SELECT %s, id, %s FROM articles_article WHERE id = %s
ON CONFLICT (day, article_id) WHERE placement_id IS NULL DO UPDATE SET count = affiliates_viewday.count + excluded.count
"""
ADD_SIGHT = """
INSERT INTO affiliates_viewday (day, article_id, placement_id, count)
SELECT %s, article_id, id, %s FROM affiliates_placement WHERE public_id = %s AND article_id = %s
ON CONFLICT (day, placement_id) WHERE placement_id IS NOT NULL
DO UPDATE SET count = affiliates_viewday.count + excluded.count
"""

ADD_SALT = """
INSERT INTO affiliates_visitorsalt (day, salt, created_at) VALUES (%s, %s, %s) ON CONFLICT (day) DO NOTHING
"""


def add_clicks(rows: Sequence[tuple[Any, ...]]) -> Statement:
    """Return the statement that adds clicks, each with its time and what follows in _ADD_CLICKS."""
    if connection.vendor == "postgresql":
        return _FROM_JSON, (json.dumps([(row[0].isoformat(), *row[1:]) for row in rows]),)
    values = [value for row in rows for value in (moment(row[0]), *row[1:])]
    return _VALUES + ", ".join([_CLICK] * len(rows)), values


def fetch(statement: str, *values: Any) -> Rows:
    return statements.fetch(statement, values)


def moment(value: datetime) -> Any:
    """Return a time as the database compares it."""
    return connection.ops.adapt_datetimefield_value(value)
