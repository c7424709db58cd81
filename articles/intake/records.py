"""People, topics and tags that front matter names: found by slug or name, made where they are missing, and said so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from articles.importers.citekeys import ascii_key
from articles.importers.words import quote
from articles.intake.notes import Notes
from articles.metadata import tag_records
from articles.models import Author, Tag, Topic

MOST_NAME, MOST_TOPIC, MOST_TAG = 120, 80, 60


def with_records(front_matter: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """Return the front matter with slugs in place of names; every slug then has its record."""
    values = dict(front_matter)
    if names := values.get("authors"):
        values["authors"] = list(dict.fromkeys(_author(str(name), notes).slug for name in names))
    if name := values.get("reviewed_by"):
        values["reviewed_by"] = _author(str(name), notes).slug
    if name := values.get("topic"):
        values["topic"] = _topic(str(name), notes).slug
    if names := values.get("tags"):
        values["tags"] = _tags([str(name) for name in names], values, notes)
    return values


def slug_of(name: str, most: int) -> str:
    """Return an address part for a name in any script."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return (slugify(name) or ascii_key(name) or f"x-{digest}")[:most].strip("-")


def _author(name: str, notes: Notes) -> Author:
    slug = slug_of(name, MOST_NAME)
    known = Author.objects.filter(Q(slug=slug) | Q(slug=name) | Q(name__iexact=name)).order_by("pk").first()
    if known:
        return known
    if len(name) > MOST_NAME:
        notes.wonder(f"The author’s name {quote(name)} is longer than {MOST_NAME} characters; it was cut.")
    message = f"The author {quote(name)} was added."
    notes.tell("IMP15", message, fix="Add job title, credentials and a few words about them.")
    return Author.objects.create(name=_as_name(name, slug)[:MOST_NAME], slug=slug)


def _topic(name: str, notes: Notes) -> Topic:
    slug = slug_of(name, MOST_TOPIC)
    known = Topic.objects.filter(Q(slug=slug) | Q(slug=name) | Q(name__iexact=name)).order_by("pk").first()
    if known:
        return known
    notes.tell("IMP15", f"The topic {quote(name)} was added.", fix="Add a sentence or two that describe it.")
    return Topic.objects.create(name=_as_name(name, slug)[:MOST_TOPIC], slug=slug)


def _as_name(name: str, slug: str) -> str:
    """Return "Trace minerals" for a slug that stands for a name."""
    return name.replace("-", " ").capitalize() if name == slug and "-" in name else name


def _tags(names: Sequence[str], values: dict[str, Any], notes: Notes) -> list[str]:
    fit = [name for name in names if slugify(name) and max(len(name), len(slugify(name))) <= MOST_TAG]
    if unfit := [name for name in names if name not in fit]:
        values["original_tags"] = list(names)
        listed = ", ".join(map(quote, unfit))
        notes.wonder(f"{listed} cannot be tags; the list was kept as “original_tags”.")
    slugs = {slugify(name): name for name in fit}
    known = set(Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if new := [name for slug, name in slugs.items() if slug not in known]:
        tag_records(new)
        notes.tell("IMP15", f"New tags: {', '.join(map(quote, new))}.")
    return fit
