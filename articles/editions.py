"""Writing an edition: the only place that does. Runs inside the publish transaction and does nothing slow."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from articles import addresses
from articles.metadata import Metadata, tag_records
from articles.models import Article, Edition, EditionDependency, Revision, SlugClaim
from articles.related.pins import link_waiting_pins
from articles.windows import open_window, shown_last
from cms import plugins
from cms.contracts import Document, PublishEvent, SlotContext, Source


class SlugTaken(Exception):
    """The address belongs to another article, now or in the past; addresses are never given away."""

    def __init__(self, slug: str, article: Article) -> None:
        self.slug = slug
        self.article = article
        super().__init__(
            f"The address “{slug}” belongs to the article “{article.title}”. Choose another one."
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything an edition is made of, compiled outside the transaction."""

    article: Article
    revision: Revision
    source: Source
    metadata: Metadata
    document: Document
    copied_from: Edition | None = None
    substantive: bool = True

    @property
    def content_hash(self) -> str:
        """Equal hashes mean that readers would see no difference."""
        meta, document = self.metadata, self.document
        seen = [
            meta.title, meta.slug, meta.description, meta.canonical_url, meta.topic and meta.topic.pk,
            [author.pk for author in meta.authors], meta.reviewer and meta.reviewer.pk, str(meta.reviewed_on),
            meta.image and meta.image.pk, sorted(meta.tags), document.html, document.byline_html,
        ]  # fmt: skip
        versions = [(dependency.key, dependency.version) for dependency in document.dependencies]
        return hashlib.sha256(json.dumps([seen, versions]).encode()).hexdigest()


def write_edition(draft: Draft, start: datetime, by: User | None) -> Edition:
    """Write the edition that is visible from `start` on, its dependencies and what the plugins keep of it.

    The caller holds the lock on the article. Raises SlugTaken.
    """
    article, meta, document = draft.article, draft.metadata, draft.document
    _claim(article, meta.slug)
    addresses.claim(article, addresses.written_in(draft.source.front_matter))
    last = article.editions.order_by("-number").first()
    before = shown_last(article, start)
    published_at = before.published_at if before else min(meta.published_at or start, start)
    if before is None:
        updated_at = max(min(meta.updated_at or published_at, start), published_at)
    else:
        updated_at = start if draft.substantive else before.updated_at
    edition = Edition(
        article=article, revision=draft.revision, number=last.number + 1 if last else 1, copied_from=draft.copied_from,
        slug=meta.slug, title=meta.title, description=meta.description, canonical_url=meta.canonical_url,
        language=draft.source.language, topic=meta.topic, reviewer=meta.reviewer, reviewed_on=meta.reviewed_on,
        image=meta.image, html=document.html, byline_html=document.byline_html, text=document.text,
        toc=[asdict(heading) for heading in document.toc], word_count=document.word_count,
        has_paid_links=bool(document.placements), source_text=draft.source.text,
        front_matter=dict(draft.source.front_matter), findings=[asdict(finding) for finding in document.findings],
        content_hash=draft.content_hash, published_at=published_at, updated_at=updated_at,
        live_from=start, live_until=open_window(article, start), created_by=by,
    )  # fmt: skip
    edition.structured_data = _nodes(draft, edition)
    edition.save()
    through = Edition.authors.through
    through.objects.bulk_create(through(edition=edition, author=author) for author in meta.authors)
    edition.tags.set(tag_records(meta.tags))
    EditionDependency.objects.bulk_create(
        EditionDependency(edition=edition, key=dependency.key, version=dependency.version)
        for dependency in document.dependencies
    )
    link_waiting_pins(article)
    event = PublishEvent(article.pk, edition.pk, document)
    for listener in plugins.registry().listeners.values():
        call_listener(listener.id, listener.published, event)
    return edition


def call_listener(name: str, function: Callable[[Any], None], argument: object) -> None:
    """Run one listener in a savepoint: a failing plugin loses its own rows, not the editor's publication."""
    try:
        with transaction.atomic():
            function(argument)
    except Exception:
        plugins.log.exception("listener_failed", listener=name)


def _claim(article: Article, slug: str) -> None:
    claim, _ = SlugClaim.objects.select_related("article").get_or_create(
        slug=slug, defaults={"article": article}
    )
    if claim.article_id != article.pk:
        raise SlugTaken(slug, claim.article)


def _nodes(draft: Draft, edition: Edition) -> list[Any]:
    context = SlotContext(source=draft.source, document=draft.document, edition=edition)
    nodes: list[Any] = []
    for slot in plugins.registry().slots("jsonld"):
        nodes.extend(plugins.guarded("slot", slot.render, context, default=[], slot=slot.id))
    return nodes
