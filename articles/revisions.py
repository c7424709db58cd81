"""Saving the working copy: every state is a revision, and nothing an editor typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from articles.front_matter import MOST_ITEMS, clean_text, normalised
from articles.models import Article, Revision, Topic
from articles.related.pins import sync_pins
from cms import plugins


class StaleRevision(Exception):
    """Somebody else saved first. `current` is what they saved; the caller still holds the editor's text."""

    def __init__(self, current: Revision | None) -> None:
        super().__init__("Somebody else has saved this article since you opened it.")
        self.current = current


def save_revision(
    article: Article,
    *,
    text: str,
    front_matter: Mapping[str, Any],
    kind: str = Revision.Kind.SAVE,
    author: User | None = None,
    reason: str = "",
    expected_head: int | None = None,
) -> Revision:
    """Append a revision and make it the head. An unchanged text returns the head and writes nothing.

    With `expected_head` (the id of the revision that the editor started from) raises StaleRevision if the head has
    moved on since. The article's own columns (title, slug, topic) and pins follow the front matter.
    """
    text, front_matter = as_stored(text, front_matter)
    with transaction.atomic():
        locked = lock(article.pk)
        head = locked.head
        if expected_head is not None and locked.head_id != expected_head:
            raise StaleRevision(head)
        if head is not None and head.text == text and head.front_matter == front_matter:
            _follow(article, locked)
            return head
        revision = Revision.objects.create(
            article=locked,
            number=head.number + 1 if head else 1,
            kind=kind,
            text=text,
            front_matter=front_matter,
            author=author,
            reason=reason[:300],
        )
        locked.head = revision
        _take_over(locked, front_matter)
        locked.save(update_fields=["head", "title", "slug", "topic", "updated_at"])
        sync_pins(locked, front_matter.get("recommended", [])[:MOST_ITEMS])
        _hand_to_parts(locked.pk, front_matter)
    _follow(article, locked)
    return revision


def lock(article_id: int) -> Article:
    """Return the article, locked until the transaction ends. Raises StaleRevision if it was deleted meanwhile.

    NO KEY: rows that only point at the article (edges, pins) need not wait; FOR UPDATE let two of them deadlock.
    """
    article = Article.objects.select_for_update(no_key=True).filter(pk=article_id).first()
    if article is None:
        raise StaleRevision(None)
    return article


def as_stored(text: str, front_matter: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return text and front matter as a revision keeps them."""
    return clean_text(text.replace("\r\n", "\n").replace("\r", "\n")), normalised(front_matter)


def restore(revision: Revision, *, by: User | None = None, expected_head: int | None = None) -> Revision:
    """Bring an old state back as a new revision, so that restoring can itself be undone."""
    return save_revision(
        revision.article,
        text=revision.text,
        front_matter=revision.front_matter,
        kind=Revision.Kind.RESTORE,
        author=by,
        reason=f"Restored revision {revision.number}",
        expected_head=expected_head,
    )


def _take_over(article: Article, front_matter: Mapping[str, Any]) -> None:
    article.title = (front_matter.get("title") or article.title)[:200]
    article.slug = slugify(front_matter.get("slug") or article.slug or article.title)[:120]
    if topic := front_matter.get("topic"):
        article.topic = Topic.objects.filter(slug=topic).first() or article.topic
    elif "topic" in front_matter:
        article.topic = None


def _hand_to_parts(article_id: int, front_matter: Mapping[str, Any]) -> None:
    """Give each plugin the keys it owns. A failing one loses its own rows, not the editor's save."""
    for part in plugins.registry().article_parts.values():
        if part.save is None:
            continue
        own = {key: front_matter[key] for key in part.front_matter_keys if key in front_matter}
        try:
            with transaction.atomic():
                part.save(article_id, own)
        except Exception:
            plugins.log.exception("article_part_failed", part=part.id)


def _follow(article: Article, stored: Article) -> None:
    """Let the caller's instance show what was stored."""
    for name in ("head_id", "title", "slug", "topic_id", "updated_at"):
        setattr(article, name, getattr(stored, name))
