"""What this plugin registers with the socket, and the hook that it opens there for others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from affiliates.article_column import COLUMN as CLICKS
from affiliates.article_panel import placements_panel
from affiliates.checks import CHECKS
from affiliates.clicks.salts import delete_old_salts
from affiliates.contracts import Network
from affiliates.earnings.portable import EARNINGS
from affiliates.earnings.tags import TAGS, follow_dates
from affiliates.earnings.tasks import forget_uploads
from affiliates.expiry import expire_links
from affiliates.health.card import dashboard_card
from affiliates.health.findings import BROKEN_LINKS
from affiliates.health.tasks import check_links, send_digest
from affiliates.independence import CHECKS as INDEPENDENCE
from affiliates.markup import embeds as boxes
from affiliates.markup import links, lookup
from affiliates.markup import slots as around
from affiliates.markup.tags import resolve_tags
from affiliates.parts import PART
from affiliates.portable import PORTABLE
from affiliates.publishing import LISTENER
from affiliates.reports.card import reports_card
from affiliates.sums import tick
from affiliates.tallies.retention import delete_old_clicks
from affiliates.tallies.settling import settle
from cms.contracts import (
    ArticleColumn,
    ArticlePart,
    Check,
    Embed,
    Listener,
    Portable,
    Schedule,
    Slot,
    Syntax,
    Urls,
)
from cms.hookspecs import hookimpl, hookspec

OPENS = {"networks": Network}


@hookspec
def networks() -> Sequence[Network]:  # type: ignore[empty-body]  # a specification: pluggy never calls it
    """Affiliate networks that Chelate does not know by itself."""


def _no_rules(md: Any) -> None:
    """These kinds have a resolver only."""


@hookimpl
def markdown() -> Sequence[Syntax]:
    return [
        Syntax(lookup.LINK, links.install, lookup.resolve_links, links.pick, label="Paid link"),
        Syntax(lookup.PLACEMENT, _no_rules, lookup.resolve_placements),
        Syntax(lookup.LAYOUT, _no_rules, lookup.resolve_layout),
        Syntax(TAGS, _no_rules, resolve_tags),
    ]


@hookimpl
def embeds() -> Sequence[Embed]:
    return [boxes.PRODUCT, boxes.COMPARE, boxes.BUTTON]


@hookimpl
def publish_checks() -> Sequence[Check]:
    return [*CHECKS, *INDEPENDENCE, BROKEN_LINKS]


@hookimpl
def article_parts() -> Sequence[ArticlePart]:
    return [PART]


@hookimpl
def article_columns() -> Sequence[ArticleColumn]:
    return [CLICKS]


@hookimpl
def slots() -> Sequence[Slot]:
    return [
        Slot("affiliates.end_call", "after_body", around.end_call, order=10),
        Slot("affiliates.placements", "admin_article", placements_panel),
        Slot("affiliates.beacon", "head", around.beacon_script, is_fixed=True),
        Slot("affiliates.link_health", "admin_dashboard", dashboard_card, order=20),
        Slot("affiliates.reports", "admin_dashboard", reports_card, order=30),
    ]


@hookimpl
def portables() -> Sequence[Portable]:
    return [PORTABLE, EARNINGS]


@hookimpl
def events() -> Sequence[Listener]:
    return [LISTENER]


@hookimpl
def schedules() -> Sequence[Schedule]:
    return [
        Schedule("affiliates.expiry", expire_links.enqueue, timedelta(minutes=5)),
        Schedule("affiliates.salts", delete_old_salts, timedelta(hours=1)),
        Schedule("affiliates.sums", tick, timedelta(minutes=1)),
        Schedule("affiliates.settle", settle.enqueue, timedelta(hours=1)),
        Schedule("affiliates.retention", delete_old_clicks.enqueue, timedelta(days=1)),
        Schedule("affiliates.link_health", check_links.enqueue, timedelta(minutes=15)),
        Schedule("affiliates.tags", follow_dates, timedelta(days=1)),
        Schedule("affiliates.uploads", forget_uploads.enqueue, timedelta(days=1)),
        Schedule("affiliates.link_digest", send_digest.enqueue, timedelta(days=7)),
    ]


@hookimpl
def urls() -> Sequence[Urls]:
    return [Urls("go/", "affiliates.urls")]
