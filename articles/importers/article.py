"""A converted draft as the socket's ImportedArticle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from django.utils.text import slugify

from articles.importers.citekeys import ascii_key
from articles.importers.convert import STEPS, convert
from articles.importers.draft import Draft, told
from articles.importers.lines import join
from articles.importers.reading import UnreadableFileError
from articles.importers.values import day_of
from articles.importers.words import quote, shorten
from cms.contracts import ImportedArticle

MOST_TITLE, MOST_SLUG = 200, 120


def finish(draft: Draft, path: Path, steps: Sequence[Callable[[Draft], Draft]] = STEPS) -> ImportedArticle:
    """Convert the body and return the article. Raises UnreadableFileError if there is no article in the file."""
    if not any(line.text.strip() for line in draft.lines):
        raise UnreadableFileError(path, "there is no text in it.")
    draft = _short_title(convert(draft, path, steps))
    front_matter = {key: value for key, value in draft.front_matter.items() if key != "source_id"}
    slug, draft = _slug(str(front_matter.pop("slug", "")), draft)
    pins = tuple(dict.fromkeys([*front_matter.pop("recommended", []), *draft.pins]))
    if draft.references:
        front_matter["references"] = [dict(item) for item in draft.references]
    text, line_map = join(draft.lines)
    return ImportedArticle(
        source_id=str(draft.front_matter.get("source_id", "")),
        path=path,
        title=draft.title,
        text=text,
        slug=slug,
        published_on=day_of(str(front_matter.get("date", ""))),
        front_matter=front_matter,
        pins=pins,
        line_map=line_map,
        callout_count=draft.callout_count,
        disclaimers=draft.disclaimers,
        findings=draft.findings,
        not_understood=draft.not_understood,
    )


def _short_title(draft: Draft) -> Draft:
    if len(draft.title) <= MOST_TITLE:
        return draft
    front_matter = {**draft.front_matter, "original_title": draft.title}
    message = f"The title has {len(draft.title)} characters; it was cut to {MOST_TITLE} and kept as “original_title”."
    return draft.but(title=shorten(draft.title, MOST_TITLE), front_matter=front_matter).wonder(message)


def _slug(wanted: str, draft: Draft) -> tuple[str, Draft]:
    """Return the address part: the one given if it can be one, else made from the title."""
    if wanted and slugify(wanted)[:MOST_SLUG] == wanted:
        return wanted, draft
    slug = (slugify(wanted) or slugify(draft.title) or ascii_key(draft.title) or "article")[:MOST_SLUG].strip(
        "-"
    )
    if wanted:
        message = f"{quote(wanted)} cannot be an address; it became {quote(slug)}."
        return slug, draft.tell(told("IMP16", message, quote=wanted))
    return slug, draft
