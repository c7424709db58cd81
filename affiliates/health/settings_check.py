"""System check: mail about links needs a mail server."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core import checks

NOTHING_IS_SENT = "django.core.mail.backends.dummy.EmailBackend"


def check_mail(**_: object) -> Iterator[checks.CheckMessage]:
    if settings.LINK_ALERT_RECIPIENTS and settings.EMAIL_BACKEND == NOTHING_IS_SENT:
        yield checks.Warning(
            "LINK_ALERT_RECIPIENTS names people, but EMAIL_URL is not set: no mail leaves this site.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example:587.",
            id="affiliates.W001",
        )
