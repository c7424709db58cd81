"""One imported article into the database: created, updated, left unchanged, or kept as an editor has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from articles.importers.words import quote
from articles.intake import findings, identity
from articles.intake.notes import Notes
from articles.intake.parts import load_parts
from articles.intake.pictures import Album, cover, with_pictures
from articles.intake.records import with_records
from articles.intake.report import Entry, Status
from articles.models import Article, Revision
from articles.related.pins import link_waiting_pins
from articles.revisions import as_stored, save_revision
from cms.contracts import ImportedArticle


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a revision of the imported article holds, and what preparing it had to say."""

    text: str
    front_matter: Mapping[str, Any]
    notes: Notes

    def is_same(self, revision: Revision | None) -> bool:
        return revision is not None and (revision.text, revision.front_matter) == as_stored(
            self.text, self.front_matter
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that is stored, with what its findings are made from."""

    entry: Entry
    prepared: Prepared
    line_map: Sequence[int]

    def check(self) -> None:
        """Compile it. Called when all files are in, so that links between them are found."""
        entry = self.entry
        compiled = findings.compiled(self.prepared.text, self.prepared.front_matter, entry.article_id)
        entry.findings = findings.merged(entry.findings, findings.at_original_lines(compiled, self.line_map))


def take(
    imported: ImportedArticle,
    root: Path,
    *,
    by: User | None = None,
    overwrite: bool = False,
    is_dry_run: bool = False,
) -> Taken:
    """Write the article in a transaction of its own and return what was done.

    An unchanged source writes nothing at all, not even the records that it names.
    """
    with transaction.atomic():
        prepared = _prepare(imported, root, is_dry_run=is_dry_run)
        source_id = identity.source_id_of(imported, root)
        slug = imported.slug
        article = identity.find_article(source_id, slug, imported.title)
        # Two of our own drafts may want one address; publishing tells whose it is.
        holder = None if imported.is_exact else identity.holder_of(slug, article)
        if holder is not None and article is None and prepared.is_same(holder.head):
            article, holder = holder, None
        if holder is not None:
            prepared, slug = _with_other_slug(prepared, slug, article, holder)
        status = _status(article, prepared, overwrite=overwrite)
        if status in {Status.UNCHANGED, Status.KEPT}:
            transaction.set_rollback(True)
        else:
            article = _write(article, prepared, source_id, slug, imported, by)
    if status is Status.KEPT:
        prepared.notes.wonder(
            "An editor has changed this article since the last import, so the file’s text was not taken over."
            " Use --overwrite to make it the working copy; the editor’s text stays in the history."
        )
    return Taken(_entry(imported, prepared, status, slug, article), prepared, imported.line_map)


def _prepare(imported: ImportedArticle, root: Path, *, is_dry_run: bool) -> Prepared:
    notes = Notes()
    if imported.is_exact:
        return Prepared(imported.text, load_parts(imported.front_matter, notes), notes)
    album = Album(imported.path.parent, root, is_dry_run)
    values: dict[str, Any] = {"title": imported.title, "slug": imported.slug, **imported.front_matter}
    if imported.published_on:
        values.setdefault("date", imported.published_on.isoformat())
    if imported.pins:
        values["recommended"] = list(imported.pins)
    if imported.disclaimers:
        written = values.get("disclaimers") or []
        values["disclaimers"] = [
            *(written if isinstance(written, list) else [written]),
            *imported.disclaimers,
        ]
    if written := values.get("image"):
        slug = cover(str(written), str(values.get("image_alt") or ""), album, notes)
        values.pop("image")
        values |= {"image": slug} if slug else {"original_image": written}
    text = with_pictures(imported.text, album, notes)
    return Prepared(text, load_parts(with_records(values, notes), notes), notes)


def _with_other_slug(
    prepared: Prepared, slug: str, article: Article | None, holder: Article
) -> tuple[Prepared, str]:
    """Give the article an address that nobody has, and name the article that has the wanted one."""
    free = article.slug if article else identity.free_slug(slug)
    message = f"The address {quote(slug)} belongs to {quote(holder.title)}; this article got {quote(free)}."
    prepared.notes.tell("IMP16", message, fix="Write another “slug” in the front matter.", severity="warning")
    return replace(prepared, front_matter={**prepared.front_matter, "slug": free}), free


def _status(article: Article | None, prepared: Prepared, *, overwrite: bool) -> Status:
    if article is None:
        return Status.CREATED
    head = article.head
    last = article.revisions.filter(kind=Revision.Kind.IMPORT).first()
    if prepared.is_same(head) or prepared.is_same(last):
        return Status.UPDATED if overwrite and not prepared.is_same(head) else Status.UNCHANGED
    is_edited = head is not None and (
        last is None or (head.text, head.front_matter) != (last.text, last.front_matter)
    )
    return Status.KEPT if is_edited and not overwrite else Status.UPDATED


def _write(
    article: Article | None,
    prepared: Prepared,
    source_id: str,
    slug: str,
    imported: ImportedArticle,
    by: User | None,
) -> Article:
    is_new = article is None
    if article is None:
        article = Article.objects.create(title=imported.title, slug=slug, source_id=source_id, owner=by)
    elif article.source_id is None:
        article.source_id = source_id
        article.save(update_fields=["source_id"])
    save_revision(
        article,
        text=prepared.text,
        front_matter=prepared.front_matter,
        kind=Revision.Kind.IMPORT,
        author=by,
        reason=f"Imported from {imported.path.name}"[:300],
        expected_head=None if is_new else article.head_id,
    )
    if is_new:
        link_waiting_pins(article)
    return article


def _entry(
    imported: ImportedArticle, prepared: Prepared, status: Status, slug: str, article: Article | None
) -> Entry:
    return Entry(
        source=imported.path,
        status=status,
        slug=slug,
        title=imported.title,
        article_id=article.pk if article else None,
        references=len(imported.front_matter.get("references") or ()),
        pins=len(imported.pins),
        callouts=imported.callout_count,
        disclaimers=len(imported.disclaimers),
        findings=[*imported.findings, *prepared.notes.findings],
        not_understood=[*imported.not_understood, *prepared.notes.not_understood],
    )
