"""The random key of each day's visitor hashes: made on first use, destroyed as soon as its day is over."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from affiliates.clicks.record import NewSalt, count
from affiliates.models import VisitorSalt

SALT_BYTES = 16


@dataclass(slots=True)
class _Current:
    """The key of this process's present day, so that a click costs no query for it."""

    day: date | None = None
    salt: bytes = b""


_current = _Current()


def salt_of(day: date) -> bytes | None:
    """Return the day's key; None if the database does not answer in time, then visitors are not recognised.

    The first use of a new day destroys the keys before it, whether or not a scheduled task runs.
    """
    if _current.day != day:
        salt = _stored(day)
        if salt is None:
            count(NewSalt(day, secrets.token_bytes(SALT_BYTES), timezone.now()))
            salt = _stored(day)
            delete_old_salts(day)
        if salt is None:
            return None
        _current.day, _current.salt = day, salt
    return _current.salt


def _stored(day: date) -> bytes | None:
    salt = VisitorSalt.objects.filter(day=day).values_list("salt", flat=True).first()
    return bytes(salt) if salt is not None else None


def delete_old_salts(today: date | None = None) -> int:
    """Destroy the keys of days that are over. No hash of those days can be made again."""
    day = today or timezone.now().date()
    deleted, _ = VisitorSalt.objects.filter(day__lt=day).delete()
    return deleted


def forget() -> None:
    """Drop this process's copy of the key."""
    _current.day, _current.salt = None, b""
