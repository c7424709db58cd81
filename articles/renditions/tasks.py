"""Background work on pictures. Every task may run twice without harm."""

from __future__ import annotations

from cms.tasks import task


@task(idempotent=True)
def make_renditions() -> int:
    """Make smaller versions of the pictures that wait for them."""
    from articles.renditions.making import make_due

    return make_due()


@task(idempotent=True)
def sweep_renditions() -> int:
    """Delete renditions of pictures that are gone."""
    from articles.renditions.making import sweep

    return sweep()


@task(idempotent=True)
def delete_files(image_id: int, master: str) -> int:
    """Delete the files of a picture that is no longer in the library."""
    from articles.renditions.making import delete_files

    return delete_files(image_id, master)
