"""The login of the sample site, kept beside its database so that a second run can print it again."""

from __future__ import annotations

import os
from pathlib import Path

from django.contrib.auth import get_user_model
from django.utils.crypto import get_random_string

USERNAME = "editor"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that reads like something else


def exists() -> bool:
    return get_user_model().objects.filter(username=USERNAME).exists()


def ensure(file: Path) -> str:
    """Return the password of the sample editor; make the login, or a new password, where there is none."""
    user, _ = get_user_model().objects.get_or_create(
        username=USERNAME,
        defaults={
            "is_staff": True,
            "is_superuser": True,
            "email": "editor@example.org",
            "first_name": "Demo",
        },
    )
    password = file.read_text().strip() if file.exists() else ""
    if not password or not user.check_password(password):
        password = "-".join(get_random_string(4, ALPHABET) for _ in range(3))
        user.set_password(password)
        user.save()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)  # one that is there would keep its own mode
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(password + "\n")
    return password
