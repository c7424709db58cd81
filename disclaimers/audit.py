"""Lines in the audit log: whose hand changed what readers are told, and from what to what."""

from __future__ import annotations

from django.contrib.auth.models import User

from articles.models import AuditEvent
from disclaimers.conditions import summary
from disclaimers.models import Disclaimer, DisclaimerVersion


def text_changed(disclaimer: Disclaimer, version: DisclaimerVersion, by: User | None = None) -> None:
    """Note a new wording. The version itself keeps the words."""
    _log(disclaimer, {"text": f"version {version.number}"}, by)


def rule_changed(before: Disclaimer | None, now: Disclaimer, by: User | None = None) -> None:
    """Note what decides where a text is shown, if that is different. `before` is None for a new one."""
    old, new = _where_shown(before) if before else {}, _where_shown(now)
    changes = {
        name: f"{old[name]} → {value}" if name in old else value
        for name, value in new.items()
        if old.get(name) != value
    }
    if changes:
        _log(now, changes, by)


def _where_shown(disclaimer: Disclaimer) -> dict[str, str]:
    return {
        "in use": "yes" if disclaimer.is_active else "no",
        "shown where the page": summary(disclaimer.when),
        "jurisdictions": ", ".join(disclaimer.jurisdictions),
        "language": disclaimer.locale,
        "place": disclaimer.slot,
    }


def _log(disclaimer: Disclaimer, changes: dict[str, str], by: User | None) -> None:
    AuditEvent.objects.create(
        kind=AuditEvent.Kind.DISCLAIMER_CHANGED,
        actor=by,
        actor_name=by.get_username() if by else "",
        data={"disclaimer": disclaimer.slug, **changes},
    )
