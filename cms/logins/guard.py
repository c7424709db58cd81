"""Slows down the guessing of passwords and codes.

Tries are counted by name, in the database, so that every web process counts the same; where they come from is kept
nowhere. An attacker could keep somebody out by guessing without end. A browser in which that person has logged in
before is therefore counted on its own (`cms.logins.device`): the name may be under attack, its owner still gets in.
Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.models import LoginTries

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)  # doubled with each further try
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)


class TooSoon(Exception):
    """The next try is not due yet."""

    def __init__(self, left: timedelta) -> None:
        super().__init__(left)
        self.minutes = max(1, round(left.total_seconds() / 60 + 0.49))


def admit(what: str) -> None:
    """Count one more try of `what`, a name or a browser. Raises TooSoon, and counts nothing, while it must wait.

    It is counted before anybody looks at the password, so that many tries of one moment cannot share one wait.
    """
    _forget_old()
    with transaction.atomic():
        new = LoginTries(key=_key(what), last_at=timezone.now())
        LoginTries.objects.bulk_create([new], ignore_conflicts=True)
        row = LoginTries.objects.select_for_update().get(key=_key(what))
        now = max(timezone.now(), row.last_at)  # read under the lock; servers' clocks differ
        if row.last_at < now - FORGOTTEN_AFTER:
            row.count = 0
        left = row.last_at + wait_after(row.count) - now
        if left > timedelta(0):
            raise TooSoon(left)
        row.count += 1
        row.last_at = now
        row.save()


def forgive(what: str) -> None:
    """Forget the tries of what has succeeded."""
    LoginTries.objects.filter(key=_key(what)).delete()


def _forget_old() -> None:
    """Keep the table small while somebody tries one made-up name after another."""
    LoginTries.objects.filter(last_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()


def wait_after(count: int) -> timedelta:
    """Return how long the next try must wait after so many that failed."""
    if count < FREE_TRIES:
        return timedelta(0)
    doubled: int = 2 ** min(count - FREE_TRIES, 16)
    return min(LONGEST_WAIT, FIRST_WAIT * doubled)


def _key(what: str) -> str:
    """Return what the table keeps: names that people mistype here are often passwords."""
    return salted_hmac("cms.logins.guard", what, algorithm="sha256").hexdigest()
