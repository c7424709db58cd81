"""Files of our own export, `format: chelate`: taken word for word, so that importing them again changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from articles.importers.callouts import count_written
from articles.importers.draft import Draft
from articles.importers.header import Header
from articles.importers.keys import LISTS
from articles.importers.lines import split
from articles.importers.values import as_list, day_of
from cms.contracts import Finding, ImportedArticle

FORMAT, NAME = "format", "chelate"
SOURCE_ID = "source_id"
TITLE, SLUG = "article_title", "article_slug"  # written only where the front matter itself does not say it
RESERVED = (FORMAT, SOURCE_ID, TITLE, SLUG)
MOST_TITLE, MOST_SLUG = 200, 120
_RESERVED = re.compile(rf"_*(?:{'|'.join(RESERVED)})")


def escaped(key: str) -> str:
    """Return the name under which an export writes a key: an article may have a `format` of its own."""
    return f"_{key}" if _RESERVED.fullmatch(key) else key


def unescaped(key: str) -> str:
    return key.removeprefix("_") if _RESERVED.fullmatch(key) else key


def is_own(values: Mapping[str, Any]) -> bool:
    return values.get(FORMAT) == NAME


def read_own(
    header: Header,
    values: Mapping[str, Any],
    path: Path,
    findings: tuple[Finding, ...] = (),
    not_understood: tuple[str, ...] = (),
) -> ImportedArticle:
    """Return the article of an exported file; even an empty text is one."""
    front_matter = {
        unescaped(key): _as_edited(key, value) for key, value in values.items() if key not in RESERVED
    }
    title = values.get(TITLE) or front_matter.get("title") or path.stem
    slug = values.get(SLUG) or front_matter.get("slug") or path.stem
    lines = split(header.body, header.body_line)
    recommended = front_matter.get("recommended")
    return ImportedArticle(
        source_id=str(values.get(SOURCE_ID) or ""),
        path=path,
        title=str(title)[:MOST_TITLE],
        text=header.body,
        slug=slugify(str(slug))[:MOST_SLUG] or "article",
        published_on=day_of(str(front_matter.get("date", ""))),
        front_matter=front_matter,
        pins=tuple(map(str, recommended)) if isinstance(recommended, list) else (),
        line_map=tuple(line.number for line in lines),
        callout_count=count_written(Draft(lines)).callout_count,
        findings=findings,
        not_understood=not_understood,
        is_exact=True,
    )


def _as_edited(key: str, value: Any) -> Any:
    """Read `authors: Ana, Bo` of somebody who has edited the file; we always write a list."""
    return as_list(value) if key in LISTS and isinstance(value, str) else value
