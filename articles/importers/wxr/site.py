"""What an export says beyond its posts: who wrote, which pictures there are, where every post stood."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.text import slugify

from articles.importers.words import quote
from articles.importers.wxr.xml import Record, records

TAKEN = frozenset({"post", "page"})
STATUSES = frozenset({"publish", "future", "draft", "pending", "private"})
VERSIONS = frozenset({"1.0", "1.1", "1.2"})
MOST_NAMED = 20
_SIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)")
_KINDS = {
    "attachment": "entries of the media library",
    "revision": "earlier versions",
    "nav_menu_item": "entries of menus",
}


@dataclass(slots=True)
class Site:
    """`slugs` holds where published posts stood; two posts of one address count as none."""

    hosts: set[str] = field(default_factory=set)
    authors: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    alts: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    large: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    comments: int = 0
    version: str = ""

    def fate(self, record: Record) -> str:
        """Return why an item is not taken over, "" if it is."""
        kind, status = record.get("wp:post_type"), record.get("wp:status")
        if kind not in TAKEN:
            return _KINDS.get(kind) or f"items of the type {quote(kind)}"
        if record.is_too_large:
            return "posts that are too large"
        if status in STATUSES:
            return ""
        return {"trash": "posts in the trash", "auto-draft": "drafts that nobody saved"}.get(
            status, f"posts with the status {quote(status)}"
        )

    def is_own(self, host: str | None) -> bool:
        return bare_host(host) in self.hosts

    def slug_at(self, path: str) -> str:
        """Return the address part of the published post at a path of the old site, "" if there is none."""
        return self.slugs.get(_place(unquote(path)), "")

    def original(self, address: str) -> str:
        """Return the address of the picture that a smaller copy, such as zinc-300x200.jpg, was made of."""
        whole = _SIZED.sub("", address)
        return whole if parts_of(whole)[1] in self.alts else address

    def notes(self) -> list[str]:
        """Say what of the file was not taken over."""
        notes = []
        if self.left:
            listed = "; ".join(f"{what}: {count}" for what, count in sorted(self.left.items()))
            notes.append(f"Left out of the export: {listed}.")
        for names, why in ((self.large, "too large for an article"), (self.empty, "without any text")):
            if names:
                more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
                notes.append(f"Posts that are {why} were left out: {', '.join(names[:MOST_NAMED])}{more}.")
        if self.comments:
            notes.append(f"Comments of readers were left out: {self.comments}.")
        if self.version and self.version not in VERSIONS:
            notes.append(
                f"The export has the version {quote(self.version)}, which is new to us. Look closely."
            )
        return notes


def survey(path: Path) -> Site:
    """Read the whole file once. Raises UnreadableFileError, so that nothing is stored of a broken one."""
    site = Site()
    wanted: Counter[str] = Counter()
    for record in records(path):
        match record.tag:
            case "link" | "wp:base_site_url" | "wp:base_blog_url":
                site.hosts.add(bare_host(parts_of(record.text.strip())[0]))
            case "wp:wxr_version":
                site.version = record.text.strip()
            case "wp:author":
                login, name = record.get("wp:author_login"), record.get("wp:author_display_name")
                site.authors[login] = name or login
            case "wp:category":
                site.terms[record.get("wp:term_id")] = record.get("wp:cat_name")
            case "item":
                _note_item(site, record, wanted)
    site.hosts.discard("")
    site.slugs = {place: slug for place, slug in site.slugs.items() if wanted[slug] == 1}
    return site


def _note_item(site: Site, record: Record, wanted: Counter[str]) -> None:
    site.comments += record.skipped
    if record.get("wp:post_type") == "attachment":
        address = record.get("wp:attachment_url")
        site.pictures[record.get("wp:post_id")] = address
        site.alts[parts_of(address)[1]] = record.meta("_wp_attachment_image_alt")
    if why := site.fate(record):
        if record.is_too_large:
            site.large.append(f"{quote(record.get('title'))} (line {record.line})")
        else:
            site.left[why] += 1
        return
    slug = slug_of(record)
    wanted[slug] += 1
    place = _place(parts_of(record.get("link"))[1])
    if record.get("wp:status") == "publish" and slug and place:
        site.slugs[place] = slug


def slug_of(record: Record) -> str:
    """Return the address part of a post if it can be one of ours."""
    name = unquote(record.get("wp:post_name"))
    return name if slugify(name)[:120] == name else ""


def bare_host(host: str | None) -> str:
    return (host or "").casefold().removeprefix("www.")


def parts_of(address: str) -> tuple[str, str]:
    """Return host and decoded path of an address, nothing of what is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.hostname or "", unquote(parts.path)


def _place(path: str) -> str:
    return path.strip("/").casefold()
