"""An exported folder: the records that lie beside its articles come in first, so that articles can name them."""

from __future__ import annotations

from pathlib import Path

import structlog
from django.db import transaction

from articles.models import Image
from articles.nesting import read_yaml
from cms import plugins

MANIFEST = "chelate.yaml"  # marks the folder; without it no record of a folder is read
FORMAT = 1
log = structlog.get_logger("chelate.intake")


def load_records(folder: Path, *, is_dry_run: bool = False, after_articles: bool = False) -> list[str]:
    """Load what every plugin has written into an exported folder; return what went wrong.

    Twice for a folder: before its articles, and after them what names articles.
    """
    if not (folder / MANIFEST).is_file():
        return []
    if problem := _problem_of(folder / MANIFEST):
        return [problem]
    last = Image.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    portables = plugins.registry().portables.items()
    names = [name for name, portable in portables if portable.names_articles is after_articles]
    problems = [problem for name in names if (problem := _load(name, folder))]
    if is_dry_run:
        for image in Image.objects.filter(pk__gt=last):  # the row is taken back, the file must be, too
            image.file.delete(save=False)
    return problems


def _problem_of(manifest: Path) -> str:
    try:
        written = read_yaml(manifest.read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, TypeError, KeyError):
        return f"{manifest}: this is no “format: {FORMAT}” file of an export; the records beside it were not read."
    if written == FORMAT:
        return ""
    return (
        f"{manifest}: format {written} is not known here, only {FORMAT}; the records beside it were not read."
    )


def _load(name: str, folder: Path) -> str:
    try:
        with transaction.atomic():
            plugins.registry().portables[name].load(folder)
    except Exception as error:
        log.exception("records_not_loaded", portable=name, folder=str(folder))
        return f"{folder}: the records of “{name}” could not be read ({type(error).__name__}: {error})."
    return ""
