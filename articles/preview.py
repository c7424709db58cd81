"""Links that show a draft to people without a login. They are signed, they expire, and they name one revision."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from articles.compile import compile_article, make_source
from articles.compile.render import problem_html
from articles.metadata import read_metadata
from articles.models import Author, Edition, Revision
from articles.pages import article_page
from articles.reading import related_to
from cms.contracts import CompileError, Document

SALT = "articles.preview"
LIFETIME = timedelta(days=7)


def preview_url(revision: Revision, *, lifetime: timedelta = LIFETIME) -> str:
    """Return the path that shows this revision until `lifetime` is over."""
    until = int((timezone.now() + lifetime).timestamp())
    return reverse("articles:preview", args=[signing.dumps([revision.pk, until], salt=SALT)])


def preview_page(token: str) -> dict[str, Any]:
    """Return what the page shows. Raises Http404 if the link is forged, expired, or its revision is gone."""
    try:
        pk, until = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404("This preview link is not valid.") from error
    expires_at = datetime.fromtimestamp(until, UTC)
    revision = Revision.objects.select_related("article").filter(pk=pk).first()
    if expires_at <= timezone.now() or revision is None:
        raise Http404("This preview link has expired.")
    edition, authors = as_edition(revision)
    return {**article_page(edition, authors, related_to(edition)), "expires_at": expires_at}


def as_edition(revision: Revision) -> tuple[Edition, list[Author]]:
    """Compile a revision into the edition that publishing it now would make; nothing is saved."""
    source = make_source(revision.text, revision.front_matter, revision.article_id)
    meta = read_metadata(revision.article, revision.front_matter)
    try:
        document = compile_article(source, "preview")
    except CompileError as error:
        document = Document(problem_html(str(error)))
    now = timezone.now()
    edition = Edition(
        article=revision.article, revision=revision, slug=meta.slug, title=meta.title, description=meta.description,
        language=source.language, canonical_url=meta.canonical_url, topic=meta.topic, reviewer=meta.reviewer,
        reviewed_on=meta.reviewed_on, image=meta.image, html=document.html, byline_html=document.byline_html,
        toc=[asdict(heading) for heading in document.toc], word_count=document.word_count,
        has_paid_links=bool(document.placements),
        published_at=meta.published_at or now, updated_at=meta.updated_at or meta.published_at or now,
    )  # fmt: skip
    return edition, meta.authors
