"""Front matter to the records that an edition points at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import slugify

from articles.models import Article, Author, Image, Tag, Topic
from cms.contracts import Finding


@dataclass(slots=True)
class Metadata:
    """What the front matter names, looked up. Names without a record are findings."""

    title: str
    slug: str
    description: str
    canonical_url: str
    topic: Topic | None
    authors: list[Author]
    reviewer: Author | None
    reviewed_on: date | None
    image: Image | None
    tags: list[str]
    published_at: datetime | None
    updated_at: datetime | None
    findings: list[Finding] = field(default_factory=list)


def read_metadata(article: Article, front_matter: Mapping[str, Any]) -> Metadata:
    """Look up authors, topic and image by their slugs: at most three queries."""
    wanted = [str(name) for name in front_matter.get("authors") or []]
    reviewer_slug = str(front_matter.get("reviewed_by") or "")
    people = {author.slug: author for author in Author.objects.filter(slug__in=[*wanted, reviewer_slug])}
    findings = [
        _missing("author", name, "Add the author or choose another one.")
        for name in dict.fromkeys([*wanted, reviewer_slug])
        if name and name not in people
    ]
    topic = _one(Topic, "topic", front_matter, findings)
    image = _one(Image, "image", front_matter, findings)
    title = str(front_matter.get("title") or article.title).strip()
    slug = str(front_matter.get("slug") or article.slug or slugify(title))
    if not title:
        findings.append(Finding("FM01", "error", "The article has no title.", fix="Write a title."))
    if not slug or slugify(slug) != slug:
        message = f"The address “{slug}” may hold only small letters, digits and hyphens."
        findings.append(
            Finding("FM01", "error", message, quote=slug, fix=f"Use {slugify(slug) or 'another address'}.")
        )
    return Metadata(
        title=title[:200],
        slug=slug[:120],
        description=str(front_matter.get("description") or "")[:300],
        canonical_url=str(front_matter.get("canonical_url") or ""),
        topic=topic,
        authors=[people[name] for name in wanted if name in people],
        reviewer=people.get(reviewer_slug),
        reviewed_on=_date(front_matter.get("reviewed_on")),
        image=image,
        tags=[str(name).strip() for name in front_matter.get("tags") or [] if slugify(str(name))],
        published_at=_moment(front_matter.get("date")),
        updated_at=_moment(front_matter.get("updated")),
        findings=findings,
    )


def tag_records(names: list[str]) -> list[Tag]:
    """Return the tags of these names, made where they are missing."""
    by_slug = {slugify(name): name for name in names}
    Tag.objects.bulk_create(
        [Tag(slug=slug, name=name) for slug, name in by_slug.items()], ignore_conflicts=True
    )
    return list(Tag.objects.filter(slug__in=by_slug))


def _one(model: Any, key: str, front_matter: Mapping[str, Any], findings: list[Finding]) -> Any:
    slug = str(front_matter.get(key) or "")
    if not slug:
        return None
    found = model.objects.filter(slug=slug).first()
    if found is None:
        findings.append(_missing(key, slug, f"Add the {key} or choose another one."))
    return found


def _missing(what: str, name: str, fix: str) -> Finding:
    return Finding("FM02", "error", f"There is no {what} “{name}”.", quote=name, fix=fix)


def _date(value: object) -> date | None:
    try:
        return parse_date(str(value)[:10]) if value else None
    except ValueError:
        return None


def _moment(value: object) -> datetime | None:
    """Read a date or a time; a bare date means midnight UTC, a time without zone is UTC."""
    if not value:
        return None
    try:
        moment = parse_datetime(str(value))
    except ValueError:
        return None
    if moment is None:
        day = _date(value)
        return datetime.combine(day, time(), UTC) if day else None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
