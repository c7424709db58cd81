"""Links, products, networks, clicks and reports in the admin."""

from affiliates.admin import clicks, health, links, networks, placements, products, reports

__all__ = ["clicks", "health", "links", "networks", "placements", "products", "reports"]
