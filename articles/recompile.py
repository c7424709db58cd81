"""When a reference, disclaimer, link, picture or article changes, what readers see of it follows.

Editions are recompiled from their own source, never from the working copy. An unchanged content hash writes nothing;
new error findings do not stop it: they are stored with the edition and shown on the dashboard.
"""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from django.db import transaction
from django.utils import timezone

from articles import tasks
from articles.compile import compile_article, make_source
from articles.compliance.findings import keep
from articles.editions import Draft, write_edition
from articles.metadata import read_metadata
from articles.models import Article, AuditEvent, Edition
from cms.contracts import CompileError

BATCH = 100
log = structlog.get_logger("chelate.recompile")


def dependency_changed(*keys: str) -> None:
    """Queue the recompilation of every live or scheduled edition that shows one of `keys` ("disclaimer:3")."""
    transaction.on_commit(lambda: tasks.recompile_dependants.enqueue(list(keys)))


def recompile(keys: Iterable[str]) -> int:
    """Recompile the editions that depend on `keys` and return how many readers see anew.

    One edition that cannot be compiled any more must not keep the others from it.
    """
    affected = Edition.objects.live_or_scheduled().filter(dependencies__key__in=list(keys)).distinct()
    ids = affected.order_by("pk").values_list("pk", flat=True)
    written, failure = 0, None
    for edition_id in ids.iterator(chunk_size=BATCH):
        try:
            written += recompile_edition(edition_id)
        except CompileError as error:
            log.warning("recompile_refused", edition=edition_id, reason=str(error))
        except Exception as error:  # raised below, so that the task runs again
            log.exception("recompile_failed", edition=edition_id)
            failure = error
    if failure is not None:
        raise failure
    return written


def recompile_edition(edition_id: int) -> bool:
    """Recompile one edition in its own window. Return False if nothing changed for readers or it is over."""
    edition = (
        Edition.objects.live_or_scheduled()
        .select_related("article", "revision", "topic", "reviewer", "image")
        .filter(pk=edition_id)
        .first()
    )
    if edition is None:
        return False
    source = make_source(edition.source_text, edition.front_matter, edition.article_id)
    metadata = read_metadata(edition.article, edition.front_matter)
    metadata.keep(edition)
    document = compile_article(source, "publish", found=metadata.findings)
    draft = Draft(edition.article, edition.revision, source, metadata, document, substantive=False)
    if draft.content_hash == edition.content_hash:
        keep(edition, document.findings)
        return False
    with transaction.atomic():
        Article.objects.select_for_update(no_key=True).get(pk=edition.article_id)
        now = timezone.now()
        still = Edition.objects.live_or_scheduled().filter(pk=edition.pk).exists()
        if not still:
            return False
        new = write_edition(draft, max(now, edition.live_from), None)
        keep(new, document.findings)
        AuditEvent.objects.create(
            kind=AuditEvent.Kind.RECOMPILED,
            article=edition.article,
            edition=new,
            data={"from": edition.number},
        )
        tasks.index_article.enqueue(edition.article_id)
    return True
