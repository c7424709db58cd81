"""Offers and programs that have ended: the redirect knows at once, this lets the articles follow."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from affiliates import services
from affiliates.models import AffiliateLink
from cms.tasks import task


@task(idempotent=True)
def expire_links() -> int:
    """Set live links whose date has passed to expired, so that articles stop showing them. Return how many."""
    now = timezone.now()
    over = Q(expires_at__lte=now) | Q(program__ends_on__lt=now.date())
    ended = AffiliateLink.objects.filter(over, status=AffiliateLink.Status.LIVE)
    changed = [services.set_status(link, AffiliateLink.Status.EXPIRED) for link in ended]
    return sum(changed)
