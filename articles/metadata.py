"""Front matter to the records that an edition points at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import slugify

from articles.front_matter import LISTS, MOST_ITEMS, is_language, normalised
from articles.models import Article, Author, Edition, Image, Tag, Topic, bylines
from cms.contracts import Finding

QUOTED = 80
SHAPES = {
    "canonical_url": "a full address of up to 200 characters, https://…",
    "language": "a code such as en or pt-BR",
    "reviewed_on": "a day, 2026-05-31",
    "date": "a day or a time, 2026-05-31 10:00",
    "updated": "a day or a time, 2026-05-31 10:00",
}


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

    def keep(self, edition: Edition) -> None:
        """Stay with what an edition shows where its front matter no longer leads there.

        A slug may have been given to a person or topic since: no reader's page loses its byline over that.
        """
        self.slug, self.title = edition.slug, edition.title
        shown = bylines([edition])[edition.pk]
        if len(self.authors) < len(shown):
            self.authors = shown
        self.topic = self.topic or edition.topic
        self.reviewer = self.reviewer or edition.reviewer
        self.image = self.image or edition.image


def read_metadata(article: Article, front_matter: Mapping[str, Any]) -> Metadata:
    """Look up authors, topic and image by their slugs: at most three queries."""
    front_matter = normalised(front_matter)
    wanted = list(dict.fromkeys(front_matter.get("authors", [])[:MOST_ITEMS]))
    reviewer_slug = front_matter.get("reviewed_by", "")
    people = {author.slug: author for author in Author.objects.filter(slug__in=[*wanted, reviewer_slug])}
    findings = [
        _missing("author", name, "Add the author or choose another one.")
        for name in dict.fromkeys([*wanted, reviewer_slug])
        if name and name not in people
    ] + _unreadable(front_matter)
    topic = _one(Topic, "topic", front_matter, findings)
    image = _one(Image, "image", front_matter, findings)
    title = " ".join((front_matter.get("title") or article.title).split())
    slug = front_matter.get("slug") or article.slug or slugify(title)
    if not title:
        findings.append(
            Finding("FM01", "error", "The article has no title.", critical=True, fix="Write a title.")
        )
    if not slug or slugify(slug) != slug:  # critical: no list of articles could link to it
        message = f"The address “{slug[:QUOTED]}” may hold only small letters, digits and hyphens."
        fix = f"Use {slugify(slug)[:120] or 'another address'}."
        findings.append(Finding("FM01", "error", message, critical=True, quote=slug[:QUOTED], fix=fix))
    return Metadata(
        title=title[:200],
        slug=slug[:120],
        description=front_matter.get("description", "")[:300],
        canonical_url=_web_address(front_matter.get("canonical_url", "")),
        topic=topic,
        authors=[people[name] for name in wanted if name in people],
        reviewer=people.get(reviewer_slug),
        reviewed_on=_date(front_matter.get("reviewed_on", "")),
        image=image,
        tags=[name.strip() for name in front_matter.get("tags", [])[:MOST_ITEMS] if slugify(name)],
        published_at=_moment(front_matter.get("date", "")),
        updated_at=_moment(front_matter.get("updated", "")),
        findings=findings,
    )


def tag_records(names: list[str]) -> list[Tag]:
    """Return the tags of these names, made where they are missing."""
    by_slug = {slugify(name)[:60]: name[:60] for name in names}
    # In one order, so that two publications that bring the same new tags wait for each other but never deadlock.
    Tag.objects.bulk_create(
        [Tag(slug=slug, name=name) for slug, name in sorted(by_slug.items())], ignore_conflicts=True
    )
    return list(Tag.objects.filter(Q(slug__in=by_slug) | Q(name__in=by_slug.values())))


def _one(model: Any, key: str, front_matter: Mapping[str, Any], findings: list[Finding]) -> Any:
    slug = front_matter.get(key, "")
    if not slug:
        return None
    found = model.objects.filter(slug=slug).first()
    if found is None:
        findings.append(_missing(key, slug, f"Add the {key} or choose another one."))
    return found


def _missing(what: str, name: str, fix: str) -> Finding:
    return Finding("FM02", "error", f"There is no {what} “{name[:QUOTED]}”.", quote=name[:QUOTED], fix=fix)


def _unreadable(front_matter: Mapping[str, Any]) -> list[Finding]:
    """Say which values are not used, since nobody would notice."""
    readers: dict[str, Callable[[str], object]] = {
        "canonical_url": _web_address,
        "language": is_language,
        "reviewed_on": _date,
        "date": _moment,
        "updated": _moment,
    }
    found = [
        Finding(
            "FM03",
            "warning",
            f"“{value[:QUOTED]}” is not used: {key} needs {SHAPES[key]}.",
            quote=value[:QUOTED],
        )
        for key, read in readers.items()
        if (value := front_matter.get(key, "")) and not read(value)
    ]
    for key in sorted(LISTS):
        if (count := len(front_matter.get(key, []))) > MOST_ITEMS:
            message = f"Only the first {MOST_ITEMS} of {count:,} {key} are used."
            found.append(Finding("FM03", "warning", message))
    return found + [
        Finding("FM03", "warning", f"The tag “{name[:QUOTED]}” is not used: it has no letter from a to z.")
        for name in front_matter.get("tags", [])[:MOST_ITEMS]
        if not slugify(name)
    ]


def _web_address(value: str) -> str:
    """Return a full address as links and structured data may carry it, "" for anything else."""
    try:
        URLValidator(schemes=("http", "https"))(value)
    except ValidationError:
        return ""
    return value if len(value) <= 200 else ""


def _date(value: str) -> date | None:
    try:
        return parse_date(value[:10])
    except ValueError:
        return None


def _moment(value: str) -> datetime | None:
    """Read a date or a time; a bare date means midnight UTC, a time without zone is UTC."""
    try:
        moment = parse_datetime(value)
        if moment is None:
            day = _date(value)
            return datetime.combine(day, time(), UTC) if day else None
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first hours of the year 1 lie before it in other zones
        return None
