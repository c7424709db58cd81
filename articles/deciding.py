"""What people have decided about articles, in and out of a folder: `decisions.yaml`.

Old addresses, findings that were let pass, signatures under the present wording, and what the site makes of checks.
An article is named as its own file names it, so that it is found on another site, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.dateparse import parse_datetime

from articles import addresses
from articles.intake.identity import find_article, own_id
from articles.models import (
    Article,
    AuditEvent,
    Author,
    CheckSetting,
    OldAddress,
    Override,
    Review,
    Revision,
    SlugClaim,
)
from articles.nesting import read_yaml
from cms.contracts import Portable

FILE = "decisions.yaml"
CHECK = ("check_id", "is_on", "severity", "note")
Row = Mapping[str, Any]


def named(article: Article) -> dict[str, str]:
    """Return what finds an article again, here and on another site."""
    return {"article": own_id(article), "slug": article.slug}


def article_of(row: Row) -> Article | None:
    return find_article(str(row.get("article", "")), str(row.get("slug", "")), "")


def moment(written: object) -> datetime:
    """Return a moment as an export writes it. Raises ValueError."""
    read = parse_datetime(str(written))
    if read is None or read.tzinfo is None:
        raise ValueError(f"“{written}” is no moment with a time zone.")
    return read


def write(path: Path, document: Mapping[str, list[Any]]) -> None:
    """Write the lists that are not empty; no file if all are."""
    if filled := {name: rows for name, rows in document.items() if rows}:
        text = yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=120)
        path.write_text(text, encoding="utf-8")


def read(path: Path) -> dict[str, list[Row]]:
    """Return the lists of a file, none if there is no such file. Raises ValueError."""
    found = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if not isinstance(found, dict) or not all(isinstance(rows, list) for rows in found.values()):
        raise ValueError(f"{path.name} must be lists with names.")
    return found


def dump(folder: Path) -> None:
    document: dict[str, list[Any]] = {
        "addresses": list(_addresses()),
        "let_pass": list(_overrides()),
        "signatures": list(_signatures()),
        "checks": [
            {name: getattr(row, name) for name in CHECK} for row in CheckSetting.objects.order_by("check_id")
        ],
    }
    write(folder / FILE, document)


def _addresses() -> Iterator[Row]:
    articles: dict[int, Article] = {}
    found: dict[int, list[str]] = {}
    for claim in SlugClaim.objects.select_related("article"):
        articles[claim.article_id] = claim.article
        if claim.slug != claim.article.slug:
            found.setdefault(claim.article_id, []).append(f"{addresses.BELOW}{claim.slug}/")
    for kept in OldAddress.objects.select_related("article"):
        articles[kept.article_id] = kept.article
        found.setdefault(kept.article_id, []).append(kept.path)
    rows = [{**named(articles[number]), "lead_here": sorted(led)} for number, led in found.items()]
    yield from sorted(rows, key=lambda row: str(row["article"]))


def _overrides() -> Iterator[Row]:
    for row in Override.objects.select_related("article").order_by("created_at", "check_id", "about"):
        yield {
            **named(row.article),
            "check": row.check_id,
            "about": row.about,
            "reason": row.reason,
            "by": row.actor_name,
            "at": row.created_at.isoformat(),
            **(
                {"withdrawn_at": row.withdrawn_at.isoformat(), "withdrawn_by": row.withdrawn_by}
                if row.withdrawn_at
                else {}
            ),
        }


def _signatures() -> Iterator[Row]:
    """Of the present wording only: earlier wordings are history, and history stays in the back-up."""
    reviews = Review.objects.select_related("article__head", "revision", "reviewer").order_by(
        "signed_at", "pk"
    )
    for review in reviews:
        head = review.article.head
        if head is None or (words := digest(head)) != digest(review.revision):
            continue
        yield {
            **named(review.article),
            "words": words,
            "author": review.reviewer.slug if review.reviewer else "",
            "name": review.reviewer_name,
            "note": review.note,
            "at": review.signed_at.isoformat(),
        }


def digest(revision: Revision) -> str:
    """Return what two revisions share that say the same."""
    said = json.dumps([revision.text, revision.front_matter], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def load(folder: Path) -> None:
    """Add what this site does not have; what it has decided itself stays. Raises ValueError."""
    document = read(folder / FILE)
    with transaction.atomic():
        for row in document.get("addresses", ()):
            if (article := article_of(row)) is not None:
                addresses.claim(article, row.get("lead_here") or ())
        for row in document.get("let_pass", ()):
            _let_pass(row)
        for row in document.get("signatures", ()):
            _sign(row)
        _set_checks(document.get("checks", ()))


def _let_pass(row: Row) -> None:
    article = article_of(row)
    if article is None:
        return
    same = Override.objects.filter(article=article, check_id=row["check"], about=row["about"])
    made_at, is_standing = moment(row["at"]), "withdrawn_at" not in row
    if same.filter(created_at=made_at).exists() or (is_standing and same.filter(withdrawn_at=None).exists()):
        return
    made = Override.objects.create(
        article=article,
        check_id=row["check"],
        about=row["about"],
        reason=row["reason"],
        actor_name=row.get("by", ""),
        created_at=made_at,
        withdrawn_at=None if is_standing else moment(row["withdrawn_at"]),
        withdrawn_by=row.get("withdrawn_by", ""),
    )
    if is_standing:
        log_import(
            AuditEvent.Kind.FINDING_PASSED,
            article,
            made.actor_name,
            made.reason,
            {"check": made.check_id, "about": made.about},
        )


def log_import(
    kind: AuditEvent.Kind, article: Article | None, by: str, reason: str, data: Mapping[str, Any]
) -> None:
    """Leave the row that the decision itself would leave, and say where it comes from."""
    AuditEvent.objects.create(
        kind=kind, article=article, actor_name=by, reason=reason, data={**data, "from": "an imported folder"}
    )


def _sign(row: Row) -> None:
    article = article_of(row)
    if article is None or article.head is None or digest(article.head) != row["words"]:
        return
    signed_at = moment(row["at"])
    if article.reviews.filter(signed_at=signed_at, reviewer_name=row["name"]).exists():
        return
    article.reviews.create(
        revision=article.head,
        reviewer=Author.objects.filter(slug=row.get("author") or "").first(),
        reviewer_name=row["name"],
        note=row.get("note", ""),
        signed_at=signed_at,
    )
    log_import(
        AuditEvent.Kind.SIGNED, article, row["name"], row.get("note", ""), {"revision": article.head.number}
    )


def _set_checks(rows: Iterable[Row]) -> None:
    known = set(CheckSetting.objects.values_list("check_id", flat=True))
    for row in rows:
        if row["check_id"] not in known:
            setting = CheckSetting(**{name: row[name] for name in CHECK})
            setting.full_clean()
            setting.save()
            log_import(AuditEvent.Kind.CHECK_CHANGED, None, "", setting.note, {"check": setting.check_id})


PORTABLE = Portable("decisions", dump, load, names_articles=True)
