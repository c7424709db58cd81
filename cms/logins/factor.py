"""The second factor: codes from an app (TOTP, RFC 6238, by django-otp) and recovery codes that are kept as hashes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.crypto import get_random_string, salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.models import RecoveryCode

RECOVERY_CODES = 8
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read as something else; 5 bits each, nearly
HALF = 5
NAME = "app"


def is_on(user: Any) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def having() -> set[Any]:
    """Return the keys of everybody who has one."""
    return set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))


def begin(user: Any) -> TOTPDevice:
    """Return a secret to be put into the app, the same one until it is used. It counts once a code of it was typed."""
    return begun(user) or TOTPDevice.objects.create(user=user, confirmed=False, name=NAME)


def begun(user: Any) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()


def confirm(user: Any, code: str) -> list[str]:
    """Turn the second factor on if the code is right; return the recovery codes, or nothing."""
    with transaction.atomic():
        unconfirmed = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False)
        device = unconfirmed.order_by("pk").first()
        if device is None or not device.verify_token(_bare(code)):
            return []
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        return new_recovery_codes(user)


def verify(user: Any, code: str) -> bool:
    """Return whether a code is right. None is right twice: not within its half minute, not a recovery code ever."""
    bare = _bare(code)
    with transaction.atomic():
        # The lock makes two requests with one code take turns.
        devices = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True)
        if bare.isdecimal() and any(device.verify_token(bare) for device in devices):
            return True
        used, _ = RecoveryCode.objects.filter(user=user, digest=_digest(user, bare)).delete()
        return used > 0


def turn_off(user: Any) -> bool:
    """Take the second factor away, with its recovery codes; return whether there was one."""
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        count, _ = TOTPDevice.objects.filter(user=user).delete()
    return count > 0


def new_recovery_codes(user: Any) -> list[str]:
    """Replace the recovery codes. This is the only time that they can be read."""
    codes = [
        f"{get_random_string(HALF, ALPHABET)}-{get_random_string(HALF, ALPHABET)}"
        for _ in range(RECOVERY_CODES)
    ]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=_digest(user, _bare(code))) for code in codes
        )
    return codes


def codes_left(user: Any) -> int:
    return RecoveryCode.objects.filter(user=user).count()


def _bare(code: str) -> str:
    """Return a code as typed on a phone, from paper or from an app: without blanks and dashes."""
    return "".join(char for char in code.casefold() if char.isalnum())[:20]


def _digest(user: AbstractBaseUser, code: str) -> str:
    return salted_hmac(f"cms.logins.factor.{user.pk}", code, algorithm="sha256").hexdigest()
