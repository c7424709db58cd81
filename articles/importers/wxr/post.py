"""One post as a draft: its text, and what WordPress and its SEO plugins know about it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from articles import addresses
from articles.importers.draft import Draft, told
from articles.importers.values import as_moment, plain
from articles.importers.words import quote, title_from
from articles.importers.wxr import escape, tree
from articles.importers.wxr.content import convert
from articles.importers.wxr.site import Site, bare_host, parts_of
from articles.importers.wxr.xml import Record

UNSORTED = "uncategorized"
_NEVER = "0000-00-00"
_VARIABLE = re.compile(r"%%?\w+(?:\(\w*\))?%")
_PRIMARY = ("_yoast_wpseo_primary_category", "rank_math_primary_category")
_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description")
_TITLES = ("_yoast_wpseo_title", "rank_math_title")
_CANONICALS = ("_yoast_wpseo_canonical", "rank_math_canonical_url")


def draft_of(record: Record, site: Site) -> Draft:
    """Return the draft of a post that is taken over."""
    body = next(record.all("content:encoded"), None)
    content = convert(body.text if body else "", site, body.line if body else record.line)
    draft = Draft(content.lines, title=_letters(record.get("title")))
    draft = draft.tell(*content.findings).wonder(*content.not_understood)
    if not draft.title:
        first = next((line.text for line in draft.lines if line.is_prose), "")
        draft = draft.but(title=title_from(first) or f"Untitled {record.get('wp:post_id')}")
        draft = draft.wonder(
            f"Line {record.line}: the post has no title; {quote(draft.title)} was made from its text."
        )
    values: dict[str, Any] = {
        "source_id": _identity(record, site),
        "slug": unquote(record.get("wp:post_name")),
    }
    values |= {"date": _moment(record, "wp:post_date"), "updated": _moment(record, "wp:post_modified")}
    values |= {"authors": _authors(record, site), "canonical_url": _canonical(record, site)}
    values |= _cover(record, site)
    for add in (_sorted, _described, _status, _aliases):
        more, draft = add(record, site, draft)
        values |= more
    return draft.but(front_matter=plain({key: value for key, value in values.items() if value}))


def _identity(record: Record, site: Site) -> str:
    return record.get("guid") or f"wordpress:{min(site.hosts, default='')}:{record.get('wp:post_id')}"


def _letters(html: str) -> str:
    """Return the words of a title or an excerpt, which may hold marks and entities."""
    return " ".join(escape.spaced(tree.parse(html).root.words()).split())


def _moment(record: Record, name: str) -> str:
    """Return a time in UTC; drafts have none, or only that of their site's clock."""
    written = record.get(f"{name}_gmt")
    if written and not written.startswith(_NEVER):
        return as_moment(f"{written}+00:00") or ""
    local = record.get(name)
    return (as_moment(local[:10]) or "") if local and not local.startswith(_NEVER) else ""


def _authors(record: Record, site: Site) -> list[str]:
    login = record.get("dc:creator")
    return [site.authors.get(login) or login] if login else []


def _canonical(record: Record, site: Site) -> str:
    """Return the address of the original if the post is a copy from elsewhere."""
    written = _first(record, _CANONICALS)
    host, _ = parts_of(written)
    return written if host and bare_host(host) not in site.hosts else ""


def _cover(record: Record, site: Site) -> dict[str, str]:
    _, path = parts_of(site.pictures.get(record.meta("_thumbnail_id"), ""))
    return {"image": path, "image_alt": site.alts.get(path, "")} if path else {}


def _sorted(record: Record, site: Site, draft: Draft) -> tuple[dict[str, Any], Draft]:
    """Return topic and tags: the category that an SEO plugin calls the first one, or simply the first."""
    terms = [(term.attrs.get("domain"), _letters(term.text)) for term in record.all("category")]
    categories = [name for domain, name in terms if domain == "category" and name.casefold() != UNSORTED]
    tags = [name for domain, name in terms if domain == "post_tag"]
    primary = _letters(site.terms.get(_first(record, _PRIMARY), ""))
    topic = primary if primary in categories else next(iter(categories), "")
    rest = [name for name in dict.fromkeys(categories) if name != topic]
    if rest:
        listed = ", ".join(map(quote, rest))
        draft = draft.wonder(f"An article has one topic, {quote(topic)}; {listed} became tags.")
    return {"topic": topic, "tags": list(dict.fromkeys(filter(None, [*rest, *tags])))}, draft


def _described(record: Record, site: Site, draft: Draft) -> tuple[dict[str, Any], Draft]:
    written = _first(record, _DESCRIPTIONS)
    if _VARIABLE.search(written):
        draft = draft.wonder(
            f"The description {quote(written)} holds variables of an SEO plugin and was left out."
        )
        written = ""
    title = _letters(_first(record, _TITLES))
    if title and not _VARIABLE.search(title) and title != draft.title:
        draft = draft.wonder(
            f"The title for search engines, {quote(title)}, was kept as “original_seo_title”; pages show one title."
        )
    else:
        title = ""
    description = _letters(written or record.get("excerpt:encoded"))
    return {"description": description, "original_seo_title": title}, draft


def _status(record: Record, site: Site, draft: Draft) -> tuple[dict[str, Any], Draft]:
    """Return whether it stays a draft, and say why where WordPress knew more than that."""
    status = record.get("wp:status")
    why = {
        "private": "It was private in WordPress: only those logged in saw it.",
        "pending": "It waited for a review in WordPress.",
    }.get(status, "")
    if record.get("wp:post_password"):
        why = "It asked for a password in WordPress."
    elif record.get("wp:post_type") == "page":
        why = "It was a page of WordPress, not a post."
    if why:
        draft = draft.wonder(f"{why} It stays a draft; take “draft” out of the front matter to publish it.")
    return {"draft": bool(why) or status == "draft"}, draft


def _aliases(record: Record, site: Site, draft: Draft) -> tuple[dict[str, Any], Draft]:
    """Return where the post stood: its address, and the same with each name that it had before."""
    _, path = parts_of(record.get("link"))
    if not path.strip("/"):
        return {}, draft
    name = unquote(record.get("wp:post_name"))
    head, _, tail = path.rpartition(name) if name else (path, "", "")
    former = [f"{head}{unquote(old)}{tail}" for old in record.metas("_wp_old_slug") if name and name in path]
    listed = list(dict.fromkeys(map(_readable, [path, *former])))
    message = (
        f"Old addresses were kept as “aliases”; they lead here once it is published: {', '.join(listed)}."
    )
    draft = draft.tell(told("IMP17", message)).wonder(*filter(None, map(addresses.problem_of, listed)))
    return {"aliases": listed}, draft


def _readable(path: str) -> str:
    """Return a decoded path as one that can be decoded again, in letters that people read."""
    return path.replace("%", "%25").replace("?", "%3F").replace("#", "%23")


def _first(record: Record, keys: tuple[str, ...]) -> str:
    return next(filter(None, map(record.meta, keys)), "")
