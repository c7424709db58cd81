"""How reports are read and whose tracking IDs are whose, in one file, `earnings.yaml`. The ledger is no content: it is
in the back-up of the database, and its rows can be downloaded as CSV.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import structlog
import yaml
from django.db import transaction

from affiliates.earnings.rules import load as load_rules
from affiliates.earnings.tags import follow
from affiliates.models import EarningsMapping, Network, ReportKind, TagPool
from affiliates.networks import all_networks
from articles.intake.identity import find_article, own_id
from articles.models import Article, Topic
from articles.nesting import read_yaml
from cms.contracts import Portable

FILE = "earnings.yaml"
ID = "affiliates-earnings"
log = structlog.get_logger("chelate.earnings")
Entry = Mapping[str, Any]


def dump(folder: Path) -> None:
    """Write the saved column mappings, the oldest first since the newest of two wins, and the tracking IDs."""
    mappings = EarningsMapping.objects.select_related("network").order_by("saved_at", "pk")
    tags = TagPool.objects.select_related("network", "article", "topic").order_by("pk")
    document = {
        "mappings": [
            {
                "network": mapping.network.key,
                "name": mapping.name,
                "report": mapping.report_kind,
                "header": mapping.header_signature,
                "rules": mapping.rules,
            }
            for mapping in mappings
        ],
        "tracking_ids": [dict(_tag(tag)) for tag in tags],
    }
    if any(document.values()):
        text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
        (folder / FILE).write_text(text, encoding="utf-8")


def _tag(tag: TagPool) -> Iterator[tuple[str, Any]]:
    yield "network", tag.network.key
    yield "tracking_id", tag.tracking_id
    if tag.marketplace:
        yield "marketplace", tag.marketplace
    if tag.article:
        # Both as an exported article says them of itself: the name finds it also where it was written anew.
        yield "article", own_id(tag.article)
        yield "slug", tag.article.slug
    if tag.topic:
        yield "topic", tag.topic.slug
    if tag.valid_from:
        yield "from", tag.valid_from
    if tag.valid_until:
        yield "until", tag.valid_until
    if tag.notes:
        yield "notes", tag.notes


@transaction.atomic
def load(folder: Path) -> None:
    """Create or update what a file holds; loading it again changes nothing. Raises RulesError for unusable rules."""
    if not (folder / FILE).is_file():
        return
    document = read_yaml((folder / FILE).read_text(encoding="utf-8")) or {}
    networks = {network.key: network for network in all_networks()}
    for entry in document.get("mappings") or ():
        if network := _network(networks, entry):
            _load_mapping(network, entry)
    new = [
        tag
        for entry in document.get("tracking_ids") or ()
        if (network := _network(networks, entry)) and (tag := _load_tag(network, entry))
    ]
    if new:
        follow(*new)


def _network(networks: Mapping[str, Network], entry: Entry) -> Network | None:
    network = networks.get(entry["network"])
    if network is None:  # of a plugin that this site does not have
        log.warning("network_missing", network=entry["network"], record=entry.get("name", ""))
    return network


def _load_mapping(network: Network, entry: Entry) -> None:
    load_rules(entry["rules"])
    values = {
        "report_kind": ReportKind(entry["report"]),
        "header_signature": str(entry.get("header", "")),
        "rules": entry["rules"],
    }
    mapping = EarningsMapping.objects.filter(network=network, name=entry["name"]).first()
    if mapping is None:
        EarningsMapping.objects.create(network=network, name=entry["name"], **values)
    elif any(getattr(mapping, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(mapping, name, value)
        mapping.save()


def _load_tag(network: Network, entry: Entry) -> TagPool | None:
    """Return the new assignment, None if it is there or its article or topic is not: it must not become the site's."""
    article, topic = _article(entry), Topic.objects.filter(slug=entry.get("topic")).first()
    if bool(entry.get("article")) != bool(article) or bool(entry.get("topic")) != bool(topic):
        log.warning("tracking_id_left_out", tracking_id=entry["tracking_id"], article=entry.get("slug", ""))
        return None
    there = TagPool.objects.filter(
        network=network,
        tracking_id=entry["tracking_id"],
        marketplace=entry.get("marketplace", ""),
        article=article,
        topic=topic,
        valid_from=_day(entry.get("from")),
        valid_until=_day(entry.get("until")),
    )
    notes = str(entry.get("notes", ""))
    if not there.exists():
        tag = TagPool(network=network, tracking_id=entry["tracking_id"], article=article, topic=topic)
        tag.marketplace, tag.notes = entry.get("marketplace", ""), notes
        tag.valid_from, tag.valid_until = _day(entry.get("from")), _day(entry.get("until"))
        tag.full_clean()
        tag.save()
        return tag
    if not there.filter(notes=notes).exists():
        there.update(notes=notes)
    return None


def _article(entry: Entry) -> Article | None:
    source_id = entry.get("article")
    return find_article(str(source_id), str(entry.get("slug", "")), "") if source_id else None


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None


EARNINGS = Portable(ID, dump, load, names_articles=True)
