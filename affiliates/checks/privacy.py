"""PRV01: what counts clicks keeps nothing of a person. Looked up once: tables do not change while a process runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from django.apps import apps
from django.db import models

from cms.contracts import Check, Finding, Snapshot

PERSONAL = re.compile(
    r"(?:^|_)(?:ips?|ip_?addr\w*|remote_addr\w*|user_?agents?|ua|cookies?|fingerprints?|visitor_ids?)(?:_|$)"
)


def personal_columns(found: Iterable[type[models.Model]]) -> list[str]:
    """Return "model.column" of every column that is made or named for an address, a browser or a cookie."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.concrete_fields
        if isinstance(field, models.GenericIPAddressField) or PERSONAL.search(field.name)
    ]


@cache
def _columns() -> tuple[str, ...]:
    return tuple(personal_columns(apps.get_app_config("affiliates").get_models(include_auto_created=True)))


def impersonal(snapshot: Snapshot) -> Iterator[Finding]:
    for column in _columns():
        message = f"Fix tracking: {column} can hold what identifies a reader."
        yield Finding("PRV01", "error", message, critical=True, fix="Remove the column before you publish.")


CHECKS = (
    Check(
        "PRV01", "error", impersonal, critical=True,
        about="A column of the click tables that can hold an IP address, a browser's name or a cookie",
        why="GDPR; ePrivacy; CCPA",
    ),
)  # fmt: skip
