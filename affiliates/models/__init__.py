from affiliates.models.click import Channel, Click, ClickClass, ClickDay, DropDay, VisitorSalt
from affiliates.models.link import AffiliateLink, LinkTarget
from affiliates.models.network import Network, Program
from affiliates.models.placement import Layout, Placement
from affiliates.models.product import Product

__all__ = [
    "AffiliateLink",
    "Channel",
    "Click",
    "ClickClass",
    "ClickDay",
    "DropDay",
    "Layout",
    "LinkTarget",
    "Network",
    "Placement",
    "Product",
    "Program",
    "VisitorSalt",
]
