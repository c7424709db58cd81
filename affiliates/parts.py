"""The front matter key `affiliate_link`: a URL in files, the slug of a managed link in revisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from affiliates.forms import EndLinkForm
from affiliates.markup.lookup import FRONT_MATTER_KEY, end_call_slug
from affiliates.models import AffiliateLink
from affiliates.services import link_for_url
from affiliates.targets import TargetError
from cms.contracts import ArticlePart


def load(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Turn a URL into a managed link. An address that cannot be one stays as written; compiling reports it."""
    given = end_call_slug(values)
    if "://" not in given:
        return {FRONT_MATTER_KEY: given} if given else {}
    try:
        link = link_for_url(given, name=str(values.get("slug") or values.get("title") or ""))
    except TargetError:
        return {FRONT_MATTER_KEY: given}
    return {FRONT_MATTER_KEY: link.slug}


def export(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the present URL of the link, so that a file says where it leads."""
    slug = end_call_slug(values)
    if not slug:
        return {}
    link = AffiliateLink.objects.filter(slug=slug).with_target().first()
    return {FRONT_MATTER_KEY: (link.target_url if link else None) or slug}


PART = ArticlePart(FRONT_MATTER_KEY, (FRONT_MATTER_KEY,), load, export, form=EndLinkForm)
