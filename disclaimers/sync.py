"""Bring the records that come with the software into the database without touching an editor's work."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.db import transaction

from articles.models import EditionDependency
from articles.recompile import dependency_changed
from disclaimers import audit
from disclaimers.models import Disclaimer
from disclaimers.placing import RULES_KEY
from disclaimers.services import add_version
from disclaimers.shipped import Shipped, shipped


def sync(records: Sequence[Shipped] | None = None) -> list[str]:
    """Create the shipped records that are missing and bring the untouched ones up to date.

    Return the slugs that changed. A record that an editor has changed or switched off stays as it is.
    """
    with transaction.atomic():
        changed = [
            record.id for record in (shipped() if records is None else records) if _bring_up_to_date(record)
        ]
        if changed:
            _tell_editions(changed)
    return changed


def _bring_up_to_date(record: Shipped) -> bool:
    columns = record.columns()
    disclaimer, is_new = Disclaimer.objects.select_for_update().get_or_create(
        slug=record.id, defaults={**columns, "origin": Disclaimer.Origin.SHIPPED}
    )
    if disclaimer.origin != Disclaimer.Origin.SHIPPED or disclaimer.is_customised:
        return False
    has_new_rule = any(getattr(disclaimer, name) != value for name, value in columns.items())
    if has_new_rule:
        before = copy(disclaimer)
        for name, value in columns.items():
            setattr(disclaimer, name, value)
        disclaimer.save()
        audit.rule_changed(before, disclaimer)
    version = disclaimer.current
    has_new_text = version is None or record.wording != (version.heading, version.text, version.text_short)
    if has_new_text:
        new = add_version(disclaimer, record.text, heading=record.heading, text_short=record.text_short)
        if version is not None:  # a fresh site's log does not begin with fifty lines
            audit.text_changed(disclaimer, new)
    return is_new or has_new_rule or has_new_text


def _tell_editions(slugs: list[str]) -> None:
    """Queue recompilation, unless nothing is published yet: a fresh site starts with an empty queue."""
    keys = [disclaimer.dependency_key for disclaimer in Disclaimer.objects.filter(slug__in=slugs)]
    keys.append(RULES_KEY)
    if EditionDependency.objects.filter(key__in=keys).exists():
        dependency_changed(*keys)


def sync_after_migrate(*, apps: Apps = current_apps, **_: object) -> None:
    """Run `sync` once the tables are as the models want them (receiver of Django's post_migrate)."""
    try:
        state = apps.get_model("disclaimers", "Disclaimer")
    except LookupError:  # migrated back to nothing
        return
    if {column.name for column in state._meta.fields} == {column.name for column in Disclaimer._meta.fields}:
        sync()
