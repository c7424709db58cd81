"""Links, products, networks and clicks in the admin."""

from affiliates.admin import clicks, links, networks, placements, products

__all__ = ["clicks", "links", "networks", "placements", "products"]
