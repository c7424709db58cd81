"""Links, products, networks and clicks in the admin."""

from affiliates.admin import clicks, health, links, networks, placements, products

__all__ = ["clicks", "health", "links", "networks", "placements", "products"]
