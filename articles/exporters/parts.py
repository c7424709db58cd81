"""Front-matter keys that belong to plugins: what a revision keeps becomes what a file says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from django.db import transaction

from articles.importers.values import plain
from cms import plugins
from cms.contracts import ArticlePart

log = structlog.get_logger("chelate.export")


def export_parts(front_matter: Mapping[str, Any]) -> dict[str, Any]:
    """Return the front matter with every plugin's keys in their written form: whole references, addresses of links.

    A form that would not be read back as what is stored stays as it is stored. Two links may lead to one address, for
    instance: the address alone does not say which of them the article means.
    """
    values = dict(front_matter)
    for part in plugins.registry().article_parts.values():
        own = {key: front_matter[key] for key in part.front_matter_keys if key in front_matter}
        if not own:
            continue
        try:
            written = plain(dict(part.export(front_matter)))
            if not _reads_back(part, {**front_matter, **written}, own):
                log.warning("part_exported_as_stored", part=part.id, keys=sorted(own))
                continue
        except Exception:
            log.exception("part_not_exported", part=part.id)
            continue
        for key in own:
            del values[key]
        values.update(written)
    return values


def _reads_back(part: ArticlePart, written: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
    """Load the written form as an import would, and take it back."""
    with transaction.atomic():
        loaded = plain(dict(part.load(written)))
        transaction.set_rollback(True)
    return bool(loaded == own)
