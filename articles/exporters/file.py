"""One article as one file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles.exporters.front_matter import write_front_matter
from articles.exporters.parts import export_parts
from articles.importers.own import FORMAT, NAME, SLUG, SOURCE_ID, TITLE, escaped
from articles.intake.identity import own_id
from articles.models import Article, Revision


def write_article(article: Article, head: Revision) -> str:
    """Return the working copy as Markdown with front matter, as `articles.importers.own` reads it."""
    values = {escaped(key): value for key, value in export_parts(head.front_matter).items()}
    return f"---\n{write_front_matter(values | _marks(article, head.front_matter))}---\n{head.text}"


def _marks(article: Article, front_matter: Mapping[str, Any]) -> dict[str, str]:
    """Return what the article knows of itself and its front matter does not say."""
    marks = {FORMAT: NAME, SOURCE_ID: own_id(article)}
    if front_matter.get("title") != article.title:
        marks[TITLE] = article.title
    if front_matter.get("slug") != article.slug:
        marks[SLUG] = article.slug
    return marks
