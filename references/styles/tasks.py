"""Background work of the citation styles."""

from __future__ import annotations

from cms.tasks import task


@task(idempotent=True)
def render_citations(key: str) -> bool:
    """Make a rendering that a preview did not wait for."""
    from references.styles.stored import make_waiting

    return make_waiting(key)


@task(idempotent=True)
def drop_old_renderings() -> int:
    """Delete renderings that were made long ago."""
    from references.styles.stored import drop_old

    return drop_old()
