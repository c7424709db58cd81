"""A plan of one week and a small site for the tests of the sample ledger."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from affiliates.clicks.conditions import Aim
from affiliates.clicks.destinations import Destination
from affiliates.demo.places import Place
from affiliates.demo.plan import load
from affiliates.demo.traffic import Traffic
from affiliates.subids import Carrier, SubIdRule

LEDGER = Path(__file__).parents[3] / "cms" / "demo" / "ledger.yaml"
NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)  # a Sunday


def plan(**changes):
    return replace(load(LEDGER), **changes)


def place(number=1, **changes):
    """A place in the text of the first article, with a link that is redirected."""
    direct = changes.pop("is_direct", False)
    found = Destination(
        link_id=number,
        slug=f"link-{number}",
        status="live",
        ends_at=None,
        fallback_url="",
        fallback_article_id=None,
        replacement_id=None,
        is_direct=direct,
        sends_token=False,
        approved=(),
        rule=SubIdRule(Carrier.QUERY, "clickref"),
        placement_id=changes.pop("placement_id", number),
        public_id=changes.pop("public_id", f"00000{number}"),
        edition=1,
        aims=changes.pop("aims", (Aim(100 + number, "https://shop.example/", "", 1),)),
    )
    values = {
        "article": "magnesium-forms-compared",
        "article_id": 1,
        "kind": "product",
        "depth": 0.4,
        "link": found.slug,
        "network": "awin",
        "program": "",
        "destination": found,
    }
    return Place(**{**values, **changes})


def ended():
    return place(9, article="", article_id=0, kind="", depth=0.0, placement_id=None, public_id="")


def traffic(places=None, now=NOW, **changes):
    return Traffic(plan(**changes), [place()] if places is None else places, ended(), now)


def hits(days):
    return [hit for day in days for _, hit in day.hits]
