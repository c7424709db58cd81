"""Asking the database: which live editions answer a question, the best ones first. One statement on each database.

The order is what the words say: no commission, no recommendation, no click has a part in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from articles.models import Edition
from articles.search.question import Question, Slot, Terms

# Of title, about, body, cited; a word of the title weighs more than many in the text.
SQLITE = """
WITH hit AS MATERIALIZED (
  SELECT rowid AS id, bm25(articles_searchtext, 10.0, 4.0, 1.0, 0.2) AS score
  FROM articles_searchtext WHERE articles_searchtext MATCH %s
)
SELECT hit.id, count(*) OVER () FROM hit JOIN ({live}) live ON live.id = hit.id
ORDER BY hit.score, live.published_at DESC, hit.id DESC LIMIT %s OFFSET %s
"""
# 1: a long text is not better because it has room for more words.
POSTGRESQL = """
WITH question AS (SELECT to_tsquery('simple', %s) AS asked)
SELECT entry.edition_id, count(*) OVER ()
FROM question, articles_searchentry entry JOIN ({live}) live ON live.id = entry.edition_id
WHERE entry.vector @@ question.asked
ORDER BY ts_rank('{{0.02, 0.1, 0.4, 1.0}}', entry.vector, question.asked, 1) DESC,
         live.published_at DESC, entry.edition_id DESC
LIMIT %s OFFSET %s
"""


@dataclass(frozen=True, slots=True)
class Hits:
    """Some of the editions that answer, in order, and how many there are in all."""

    editions: tuple[int, ...] = ()
    total: int = 0


def find(question: Question, *, limit: int, offset: int = 0, every: bool = True) -> Hits:
    """Return the live editions that have every slot of the question, or any if not `every`. One query."""
    if not question.slots:
        return Hits()
    is_sqlite = connection.vendor == "sqlite"
    live, when = _live()
    asked = (_fts5 if is_sqlite else _tsquery)(question.slots, every)
    statement = (SQLITE if is_sqlite else POSTGRESQL).format(live=live)
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked, *when, limit, offset])
        rows = cursor.fetchall()
    return Hits(tuple(row[0] for row in rows), rows[0][1]) if rows else Hits()


def _live() -> tuple[str, tuple[Any, ...]]:
    """Return the statement of what readers may see now: windows are looked at when somebody asks, by the one rule."""
    live = Edition.objects.live().order_by().values("id", "published_at")
    statement, when = live.query.get_compiler(connection=connection).as_sql()
    return str(statement), tuple(when)


def _fts5(slots: tuple[Slot, ...], every: bool) -> str:
    def phrase(terms: Terms) -> str:
        return '"{}"'.format(" ".join(terms))

    def rendered(slot: Slot) -> str:
        prefix = [f'"{slot.prefix}"*'] if slot.prefix else []
        return "({})".format(" OR ".join([*map(phrase, slot.alternatives), *prefix]))

    return (" AND " if every else " OR ").join(map(rendered, slots))


def _tsquery(slots: tuple[Slot, ...], every: bool) -> str:
    def phrase(terms: Terms) -> str:
        return "({})".format(" <-> ".join(f"'{term}'" for term in terms))

    def rendered(slot: Slot) -> str:
        prefix = [f"'{slot.prefix}':*"] if slot.prefix else []
        return "({})".format(" | ".join([*map(phrase, slot.alternatives), *prefix]))

    return (" & " if every else " | ").join(map(rendered, slots))
