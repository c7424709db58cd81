"""The record of one edition for a regulator, a network or a lawyer: what readers saw, from when to when, and why."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from articles.exporters.front_matter import write_front_matter
from articles.models import AuditEvent, Edition, bylines

NAMES = ("page.html", "source.md", "record.json")
WITHHELD = "The audit log of the article. Only those who may see the audit log get it."
EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip of the same edition has the same bytes


def bundle(edition: Edition, *, with_log: bool) -> bytes:
    """Return a zip of the page, its source, its record and the checksums of the three.

    `with_log` only for those who may see the audit log; without it the record says that it is left out.
    """
    files = {
        "page.html": _page(edition),
        "source.md": f"---\n{write_front_matter(edition.front_matter)}---\n{edition.source_text}",
        "record.json": json.dumps(
            record(edition, with_log=with_log), ensure_ascii=False, indent=2, sort_keys=True
        ),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        sums = []
        for name, text in files.items():
            data = text.encode()
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("SHA256SUMS", EPOCH), "".join(sums))
    return packed.getvalue()


def record(edition: Edition, *, with_log: bool) -> dict[str, Any]:
    """Return everything that is on record about an edition, as JSON values."""
    reviews = edition.article.reviews.filter(signed_at__lte=_end(edition)).select_related("revision")
    return {
        "site": settings.SITE_URL,
        "address": f"{settings.SITE_URL}{edition.get_absolute_url()}",
        "title": edition.title,
        "language": edition.language,
        "edition": edition.number,
        "revision": edition.revision.number,
        "shown_from": _moment(edition.live_from),
        "shown_until": _moment(edition.live_until),
        "published_by": edition.created_by.get_username() if edition.created_by else "",
        "authors": [author.name for author in bylines([edition])[edition.pk]],
        "reviewer": edition.reviewer.name if edition.reviewer else "",
        "reviewed_on": edition.reviewed_on.isoformat() if edition.reviewed_on else None,
        "content_hash": edition.content_hash,
        "showed": [
            {"record": dependency.key, "version": dependency.version}
            for dependency in edition.dependencies.order_by("key")
        ],
        "findings": edition.findings,
        "signatures": [
            {
                "by": review.reviewer_name,
                "at": _moment(review.signed_at),
                "revision": review.revision.number,
                "note": review.note,
            }
            for review in reviews
        ],
        **({"log": _log(edition)} if with_log else {"left_out": {"log": WITHHELD}}),
    }


def _log(edition: Edition) -> list[Mapping[str, Any]]:
    while_shown = Q(at__lte=_end(edition)) | Q(edition=edition)  # its own end is logged a moment later
    events = AuditEvent.objects.filter(while_shown, article=edition.article_id).order_by("at", "pk")
    return [_event(event) for event in events]


def _event(event: AuditEvent) -> Mapping[str, Any]:
    return {
        "at": _moment(event.at),
        "what": event.kind,
        "by": event.actor_name or "Chelate",
        "reason": event.reason,
        "data": event.data,
    }


def _page(edition: Edition) -> str:
    names = [author.name for author in bylines([edition])[edition.pk]]
    return render_to_string("articles/admin/compliance/evidence.html", {"edition": edition, "names": names})


def _end(edition: Edition) -> datetime:
    return edition.live_until or timezone.now()


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
