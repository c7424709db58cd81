"""Links, products, networks, clicks, earnings and reports in the admin."""

from affiliates.admin import (
    clicks,
    earnings,
    health,
    keywords,
    ledger,
    links,
    networks,
    placements,
    products,
    reports,
)

__all__ = [
    "clicks",
    "earnings",
    "health",
    "keywords",
    "ledger",
    "links",
    "networks",
    "placements",
    "products",
    "reports",
]
