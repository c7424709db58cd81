"""Links, products, networks, clicks, earnings and reports in the admin."""

from affiliates.admin import (
    clicks,
    earnings,
    health,
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
    "ledger",
    "links",
    "networks",
    "placements",
    "products",
    "reports",
]
