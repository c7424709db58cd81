"""Tracking IDs in direct links: an article that has its own carries it instead of the account's."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.utils import timezone

from affiliates.carriers import insert
from affiliates.earnings.tags import TAGS, Tag, choose, tags_of
from affiliates.markup.lookup import LinkInfo, may_be_paid
from affiliates.subids import Carrier, SubIdRule
from affiliates.targets import TargetError, parse_target
from cms.contracts import Keys, RenderContext


def resolve_tags(keys: Keys) -> Mapping[str, tuple[Tag, ...]]:
    """Answer with the tracking IDs that concern the article."""
    if not may_be_paid(keys):
        return {}
    return {"": tuple(tags_of(keys.source.article_id, timezone.now().date()))}


def with_tag(context: RenderContext, link: LinkInfo) -> str:
    """Return the address of a direct link with the tracking ID of the article, where it has one."""
    if link.rule.carrier is not Carrier.TAG_POOL or not link.account_parameter or link.is_opaque:
        return link.url
    try:
        host = parse_target(link.url).host
    except TargetError:
        return link.url
    tag = choose(context.lookup.get(TAGS, "") or (), link.network, host)
    context.depend(TAGS, tag)
    rule = SubIdRule(Carrier.QUERY, link.account_parameter)
    return insert(link.url, rule, quote(tag, safe="")) if tag else link.url
