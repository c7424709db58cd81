"""Background work of the kernel. Every task may run twice without harm."""

from __future__ import annotations

from cms.tasks import task


@task(idempotent=True)
def recompile_dependants(keys: list[str]) -> int:
    """Recompile what shows one of `keys`."""
    from articles.recompile import recompile

    return recompile(keys)


@task(idempotent=True)
def recompile_one(edition_id: int) -> bool:
    """Compile an edition again; nothing is written unless a record it shows has changed."""
    from articles.recompile import recompile_edition

    return recompile_edition(edition_id)


@task(idempotent=True)
def refresh_related(article_id: int) -> int:
    """Recompute "You may also like" after an article was published, changed or withdrawn."""
    from articles.related.engine import refresh

    return refresh(article_id)
