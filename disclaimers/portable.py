"""Disclaimers in import and export: by name in each article, in full in a file beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from articles.nesting import read_yaml
from articles.recompile import dependency_changed
from disclaimers import rules
from disclaimers.models import Disclaimer
from disclaimers.placing import FRONT_MATTER_KEY, RULES_KEY
from disclaimers.services import add_version, fingerprint, remember

FILE = "disclaimers.yaml"
COLUMNS = (
    "family kind title jurisdictions locale when slot priority is_verbatim accepted_variants source source_status"
    " notes is_active origin is_customised"
).split()


def load_article(front_matter: Mapping[str, Any]) -> Mapping[str, Any]:
    """Turn the texts that an article carries into records, and return their names.

    The same text is the same record, whichever article brought it first. A single word is taken for a name.
    """
    carried = front_matter.get(FRONT_MATTER_KEY)
    texts = [carried] if isinstance(carried, str) else carried if isinstance(carried, list) else []
    language = str(front_matter.get("language") or settings.SITE_LANGUAGE)
    wanted = [text.strip() for text in map(str, texts) if text.strip()]
    names = [text if _is_name(text) else remember(text, language).slug for text in wanted]
    return {FRONT_MATTER_KEY: list(dict.fromkeys(names))} if names else {}


def export_article(snapshot: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the names; their texts travel in disclaimers.yaml."""
    return {FRONT_MATTER_KEY: snapshot[FRONT_MATTER_KEY]} if snapshot.get(FRONT_MATTER_KEY) else {}


def _is_name(text: str) -> bool:
    return text == text.lower() and " " not in text


def dump(folder: Path) -> None:
    """Write every record with its present wording to disclaimers.yaml."""
    rows = []
    for disclaimer in Disclaimer.objects.select_related("current").order_by("slug"):
        row = {"slug": disclaimer.slug, **{name: getattr(disclaimer, name) for name in COLUMNS}}
        if (version := disclaimer.current) is not None:
            row |= {"heading": version.heading, "text": version.text, "text_short": version.text_short}
        rows.append(row)
    text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=100)
    (folder / FILE).write_text(text, encoding="utf-8")


def load(folder: Path) -> None:
    """Create the records of disclaimers.yaml that this site does not have.

    What this site has stays as it is, unless it is a text of the software that only the other site has changed.
    Raises ValueError if a record has a rule that this version cannot decide.
    """
    path = folder / FILE
    if not path.is_file():
        return
    own = {disclaimer.slug: disclaimer for disclaimer in Disclaimer.objects.select_related("current")}
    with transaction.atomic():
        for row in read_yaml(path.read_text(encoding="utf-8")) or []:
            disclaimer = own.get(row["slug"]) or Disclaimer(slug=row["slug"])
            is_untouched = disclaimer.origin == Disclaimer.Origin.SHIPPED and not disclaimer.is_customised
            if row["slug"] not in own or (is_untouched and row.get("is_customised")):
                _write(disclaimer, row)


def _write(disclaimer: Disclaimer, row: Mapping[str, Any]) -> None:
    if problems := rules.rule_problems(row.get("when", {})):
        raise ValueError(f"{disclaimer.slug}: {' '.join(problems)}")
    for name in COLUMNS:
        if name in row:
            setattr(disclaimer, name, row[name])
    disclaimer.save()
    heading, text, short = (str(row.get(name, "")) for name in ("heading", "text", "text_short"))
    if fingerprint(text) != (disclaimer.current.fingerprint if disclaimer.current else ""):
        add_version(disclaimer, text, heading=heading, text_short=short)
    dependency_changed(disclaimer.dependency_key, RULES_KEY)
