"""Front-matter keys that belong to plugins: each plugin turns its own into what a revision keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from django.db import transaction

from articles.importers.values import plain
from articles.intake.notes import Notes
from cms import plugins

PLUGIN_KEYS = ("references", "disclaimers")  # keys that the importers themselves fill
log = structlog.get_logger("chelate.intake")


def load_parts(front_matter: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """Return the front matter with every plugin's keys in their stored form.

    A plugin that fails leaves its keys as the file has them, and a warning.
    """
    values = dict(front_matter)
    claimed: set[str] = set()
    for part in plugins.registry().article_parts.values():
        own = [key for key in part.front_matter_keys if key in values]
        claimed |= set(own)
        if not own:
            continue
        try:
            with transaction.atomic():
                loaded = plain(dict(part.load(front_matter)))
        except Exception as error:
            log.exception("article_part_failed", part=part.id)
            message = f"The plugin part “{part.id}” could not read {', '.join(own)} ({type(error).__name__}: {error})."
            notes.tell("IMP19", f"{message} The file’s values were kept as they are.", severity="warning")
            continue
        for key in own:
            del values[key]
        values.update(loaded)
    for key in PLUGIN_KEYS:
        if key in values and key not in claimed:
            notes.wonder(f"No plugin that is on reads “{key}”; it was kept as it is.")
    return values
