from affiliates.models.click import Channel, Click, ClickClass, ClickDay, DropDay, VisitorSalt
from affiliates.models.health import CheckRun, LinkCheck, LinkHealth, LinkReplacement
from affiliates.models.imports import EarningsMapping, FileChunk, ImportFile, ReportKind, TagPool
from affiliates.models.keyword import Keyword
from affiliates.models.ledger import Attribution, Conversion, EarningsDay, Method, NetworkClickDay, Status
from affiliates.models.link import AffiliateLink
from affiliates.models.network import Network, Program
from affiliates.models.placement import Layout, Placement
from affiliates.models.product import Product
from affiliates.models.report import Report
from affiliates.models.tally import CountedDay, CountMark, Dimension, EarningsTally, SeenToday, Tally, ViewDay
from affiliates.models.target import LinkTarget

__all__ = [
    "AffiliateLink",
    "Attribution",
    "Channel",
    "CheckRun",
    "Click",
    "ClickClass",
    "ClickDay",
    "Conversion",
    "CountMark",
    "CountedDay",
    "Dimension",
    "DropDay",
    "EarningsDay",
    "EarningsMapping",
    "EarningsTally",
    "FileChunk",
    "ImportFile",
    "Keyword",
    "Layout",
    "LinkCheck",
    "LinkHealth",
    "LinkReplacement",
    "LinkTarget",
    "Method",
    "Network",
    "NetworkClickDay",
    "Placement",
    "Product",
    "Program",
    "Report",
    "ReportKind",
    "SeenToday",
    "Status",
    "TagPool",
    "Tally",
    "ViewDay",
    "VisitorSalt",
]
