"""Links as rows of our own CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from affiliates.exchange.formats import write
from affiliates.models import AffiliateLink


def dump(links: QuerySet[AffiliateLink]) -> str:
    """Return a file that changes nothing when it is imported again."""
    found = links.order_by("slug").with_target()  # type: ignore[attr-defined]  # a queryset of ours, typed by Django as a plain one
    return write(
        iter(_rows(found.select_related("network", "program").prefetch_related("targets", "keywords")))
    )


def _rows(links: Iterable[AffiliateLink]) -> Iterable[Mapping[str, str]]:
    for link in links:
        yield {
            "slug": link.slug,
            "title": link.title,
            "store_name": link.store_name,
            "network": link.network.key,
            "program": link.program.slug if link.program else "",
            "address": link.target_url or "",
            "status": link.status,
            "expires_at": link.expires_at.isoformat() if link.expires_at else "",
            "fallback_url": link.fallback_url,
            "notes": link.notes,
            "keywords": ";".join(phrase for keyword in link.keywords.all() for phrase in keyword.phrases),
            "other_addresses": ";".join(
                f"{country}:{target.url}"
                for target in link.targets.all()
                if target.is_active
                for country in target.countries.split()
            ),
        }
