"""Mail about links in trouble: at once for those that have just died, and all of them once a week."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from affiliates.health.places import articles_with
from affiliates.models import LinkHealth

SHOWN = 50


def report_new() -> int:
    """Write about alerts that no mail has named yet, and return how many there are. Each is named once."""
    new = list(LinkHealth.objects.alerts().with_link().filter(reported_at=None))
    if not new or not settings.LINK_ALERT_RECIPIENTS:
        return 0
    count = len(new)
    send(f"{count} affiliate link{'' if count == 1 else 's'} stopped working", new)
    LinkHealth.objects.filter(pk__in=[health.pk for health in new]).update(reported_at=timezone.now())
    return count


def send_weekly() -> int:
    """Write about every open alert and return how many there are. A week without one brings no mail."""
    alerts = list(LinkHealth.objects.alerts().with_link().order_by("trouble_since", "pk"))
    if not alerts or not settings.LINK_ALERT_RECIPIENTS:
        return 0
    count = len(alerts)
    send(f"{count} affiliate link{'' if count == 1 else 's'} need{'s' if count == 1 else ''} you", alerts)
    return count


def send(subject: str, alerts: Sequence[LinkHealth]) -> None:
    send_mail(
        f"[{settings.SITE_NAME}] {subject}",
        body_of(alerts),
        settings.DEFAULT_FROM_EMAIL,
        settings.LINK_ALERT_RECIPIENTS,
    )


def body_of(alerts: Sequence[LinkHealth]) -> str:
    """Return the mail: what each link leads to, since when, and which articles show it."""
    places = articles_with([health.target.link_id for health in alerts[:SHOWN]])
    parts = [_paragraph(health, places.get(health.target.link_id, [])) for health in alerts[:SHOWN]]
    if len(alerts) > SHOWN:
        parts.append(f"And {len(alerts) - SHOWN} more.")
    parts.append(
        f"All of them: {settings.SITE_URL}{reverse('admin:affiliates_linkhealth_changelist')}?attention=yes"
    )
    return "\n\n".join(parts) + "\n"


def _paragraph(health: LinkHealth, titles: Sequence[str]) -> str:
    link = health.target.link
    since = f" since {health.trouble_since:%-d %B %Y}" if health.trouble_since else ""
    where = "; ".join(titles) if titles else "no published article"
    address = reverse("admin:affiliates_linkhealth_change", args=[health.pk])
    lines = [
        f"{link} (aff:{link.slug})",
        f"{health.get_state_display()}{since}. {health.detail}",
        f"In: {where}",
    ]
    return "\n".join([*lines, f"{settings.SITE_URL}{address}"])
