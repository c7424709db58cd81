"""Words that editors added and contradictions that may stand, in and out of a folder: `claims.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from articles.deciding import Row, article_of, log_import, moment, named, read, write
from articles.models import AuditEvent
from claims.contradictions.store import CHECK, key_of, let_statements_pass, statement_of
from claims.models import Contradiction, Dismissal, Term
from cms.contracts import Portable

FILE = "claims.yaml"
COLUMNS = ("list", "phrase", "is_on", "note")


def dump(folder: Path) -> None:
    """Write the terms, and those dismissals whose contradiction readers can still find: the others have ended."""
    terms = list(Term.objects.order_by("list", "phrase").values(*COLUMNS))
    write(folder / FILE, {"terms": terms, "may_stand": list(_standing())})


def _standing() -> Iterator[Row]:
    given = {one.key: one for one in Dismissal.objects.order_by("at", "key")}
    found = Contradiction.objects.filter(key__in=given).select_related("first__article", "second__article")
    by_key = {one.key: one for one in found.order_by("pk")}
    for key, dismissal in given.items():
        if (contradiction := by_key.get(key)) is None:
            continue
        sides = [
            {**named(row.article), "says": statement_of(row).said}
            for row in (contradiction.first, contradiction.second)
        ]
        yield {
            "kind": contradiction.kind,
            "between": sorted(sides, key=lambda side: (side["article"], side["says"])),
            "reason": dismissal.reason,
            "by": dismissal.by_name,
            "at": dismissal.at.isoformat(),
        }


@transaction.atomic
def load(folder: Path) -> None:
    """Add what this site does not have; what it has decided itself stays. Raises ValueError."""
    document = read(folder / FILE)
    _load_terms(document.get("terms", ()))
    for row in document.get("may_stand", ()):
        _let_stand(row)


def _load_terms(rows: Iterable[Row]) -> None:
    known = set(Term.objects.values_list("list", "phrase"))
    for row in rows:
        if (row["list"], row["phrase"]) not in known:
            term = Term(**{name: row[name] for name in COLUMNS if name in row})
            term.full_clean()
            term.save()


def _let_stand(row: Row) -> None:
    """The key of a contradiction holds the numbers of its articles, which are others on another site."""
    sides: list[Any] = [(article_of(side), str(side["says"])) for side in row["between"]]
    if len(sides) != 2 or any(article is None for article, _ in sides):
        return
    key = key_of(str(row["kind"]), [(article.pk, said) for article, said in sides])
    reason, by = str(row["reason"]), str(row.get("by", ""))
    dismissal, is_new = Dismissal.objects.get_or_create(
        key=key, defaults={"reason": reason, "by_name": by, "at": moment(row["at"])}
    )
    if not is_new:
        return
    let_statements_pass(key)
    for article in dict.fromkeys(article for article, _ in sides):
        data = {"check": CHECK, "about": " / ".join(said for _, said in sides)}
        log_import(AuditEvent.Kind.FINDING_PASSED, article, by, dismissal.reason, data)


PORTABLE = Portable("claims", dump, load, names_articles=True)
