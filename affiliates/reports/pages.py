"""Which reports there are, and what each can tell."""

from __future__ import annotations

from dataclasses import dataclass

from affiliates.models import Dimension

VIEWS, IMPRESSIONS = "views", "impressions"


@dataclass(frozen=True, slots=True)
class Page:
    """One table. `seen` names its denominator: article views, links in sight, or none."""

    key: str
    title: str
    dimension: str
    heading: str
    seen: str = ""
    has_money: bool = False


TABLES = (
    Page("article", "Articles", Dimension.ARTICLE, "Article", VIEWS, has_money=True),
    Page("placement", "Placements", Dimension.PLACEMENT, "Place", IMPRESSIONS, has_money=True),
    Page("position", "Positions", Dimension.POSITION, "Position", IMPRESSIONS, has_money=True),
    Page("link", "Links", Dimension.LINK, "Link", IMPRESSIONS, has_money=True),
    Page("network", "Networks", Dimension.NETWORK, "Network", IMPRESSIONS, has_money=True),
    Page("day", "Days", Dimension.TOTAL, "Day", VIEWS, has_money=True),
    Page("country", "Countries", Dimension.COUNTRY, "Country"),
    Page("device", "Devices", Dimension.DEVICE, "Device"),
    Page("language", "Languages", Dimension.LANGUAGE, "Language"),
    Page("referrer", "Referrers", Dimension.REFERRER, "Came from"),
    Page("reason", "Not people", Dimension.REASON, "Why"),
    Page("reconcile", "Networks' counts", Dimension.NETWORK, "Network"),
)
PAGES = {page.key: page for page in TABLES}
OVERVIEW = Page("overview", "Overview", Dimension.TOTAL, "", VIEWS, has_money=True)
