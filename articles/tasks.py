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
def refresh_related() -> int:
    """Recompute "You may also like" for every article that waits for it.

    Learning from the whole site is the work, so a hundred articles published at once take one refresh: the first
    task takes them all and the others find none.
    """
    from articles.related.engine import refresh_due

    return refresh_due()


@task(idempotent=True)
def index_article(article_id: int) -> int:
    """Write what search knows of an article anew."""
    from articles.search import index

    return index.index_article(article_id)


@task(idempotent=True)
def refresh_search() -> int:
    """Write what search lacks: all of it after an update, and records with a new name."""
    from articles.search import index

    return index.refresh()


@task(idempotent=True)
def check_everything(run_id: int) -> int:
    """Run every check over every page that readers see or will see."""
    from articles.compliance.findings import run

    return run(run_id)


@task(idempotent=True)
def send_purges() -> int:
    """Tell the CDN which pages have changed."""
    from articles.purging import send

    return send()
