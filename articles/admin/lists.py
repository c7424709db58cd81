"""The lists that a chooser offers: authors, topics, tags, pictures, articles. Values are what front matter holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, Q

from articles.models import Article, Author, Image, Tag, Topic

LIMIT = 12
# Where rules of disclosure and claims differ: countries (ISO 3166), the EU as a whole, and California.
JURISDICTIONS: Mapping[str, str] = {
    "US": "United States",
    "US-CA": "California",
    "CA": "Canada",
    "EU": "European Union",
    "UK": "United Kingdom",
    "DE": "Germany",
    "AT": "Austria",
    "CH": "Switzerland",
    "FR": "France",
    "BE": "Belgium",
    "ES": "Spain",
    "IT": "Italy",
    "AU": "Australia",
}


@dataclass(frozen=True, slots=True)
class Row:
    value: str
    label: str
    detail: str = ""


def find(kind: str, query: str) -> list[Row]:
    """Return the first matches of a list, in one query. Raises KeyError for an unknown list."""
    return SEARCHES[kind](query.strip())[:LIMIT]


def labels_of(model: type[Model], key: str, label: str) -> Callable[[Iterable[str]], Mapping[str, str]]:
    """Return a function that finds the words for stored values in one query."""

    def labels(values: Iterable[str]) -> Mapping[str, str]:
        rows: Any = model._default_manager.filter(**{f"{key}__in": list(values)})
        return dict(rows.values_list(key, label))

    return labels


def jurisdiction_labels(values: Iterable[str]) -> Mapping[str, str]:
    return {value: JURISDICTIONS.get(value, value) for value in values}


def no_labels(values: Iterable[str]) -> Mapping[str, str]:
    return {}


author_labels = labels_of(Author, "slug", "name")
topic_labels = labels_of(Topic, "slug", "name")
image_labels = labels_of(Image, "slug", "alt")
article_labels = labels_of(Article, "slug", "title")


def _authors(query: str) -> list[Row]:
    found = Author.objects.filter(Q(name__icontains=query) | Q(slug__icontains=query))[:LIMIT]
    return [Row(author.slug, author.name, author.job_title) for author in found]


def _topics(query: str) -> list[Row]:
    return [Row(topic.slug, topic.name) for topic in Topic.objects.filter(name__icontains=query)[:LIMIT]]


def _tags(query: str) -> list[Row]:
    return [Row(tag.name, tag.name) for tag in Tag.objects.filter(name__icontains=query)[:LIMIT]]


def _images(query: str) -> list[Row]:
    found = Image.objects.filter(Q(slug__icontains=query) | Q(alt__icontains=query))[:LIMIT]
    return [Row(image.slug, image.alt or image.slug, f"{image.width} x {image.height}") for image in found]


def _articles(query: str) -> list[Row]:
    found = Article.objects.filter(Q(title__icontains=query) | Q(slug__icontains=query))
    return [Row(article.slug, article.title, article.slug) for article in found.only("slug", "title")[:LIMIT]]


def _jurisdictions(query: str) -> list[Row]:
    codes = dict.fromkeys([*settings.CHELATE_JURISDICTIONS, *JURISDICTIONS])
    rows = [Row(code, JURISDICTIONS.get(code, code), code) for code in codes]
    return [row for row in rows if query.casefold() in f"{row.label} {row.value}".casefold()]


SEARCHES: Mapping[str, Callable[[str], list[Row]]] = {
    "authors": _authors,
    "topics": _topics,
    "tags": _tags,
    "images": _images,
    "articles": _articles,
    "jurisdictions": _jurisdictions,
}
