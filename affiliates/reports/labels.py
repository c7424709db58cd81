"""What the keys of the sums are called, for the rows of one page only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from affiliates.models import AffiliateLink, Click, ClickClass, Dimension, Network, Placement
from affiliates.models.network import routing_of
from affiliates.reports.countries import country_names
from affiliates.reports.rows import Row
from affiliates.tallies.facts import NO_PLACE, OTHER
from articles.models import Article

THIRD = {"1": "first third", "2": "middle", "3": "last third"}
DROPPED = {
    "prefetch": "a browser that looked ahead",
    "preview": "a browser's preview",
    "foreign_origin": "a message from another site",
    "content_type": "a message of another kind",
    "too_large": "a message that was too large",
    "unknown_placement": "a click on a place that does not exist",
    "unknown_view": "a view that names no article",
    "view_by_bot": "a view by a bot",
    "preview_link": "our own preview",
}
WHY = {
    "user_agent": "says that it is a program",
    "link_preview": "draws previews of links for a messenger or a network",
    "no_user_agent": "does not say what it is",
    "no_accept": "says of nothing that it can show it",
    "no_navigation": "opened by a script, not by a person",
    "platform": "names two different systems",
    "headers": "sends headers that its browser never sends",
    "rate": "more than 30 clicks on one link in an hour",
    "preview_link": "a link in a preview of ours",
    "fallback": "the link was not live: readers went to its fallback",
    "unknown_placement": "the address names a place that does not exist",
}


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    note: str = ""
    url: str = ""
    is_lower_bound: bool = False


def label(dimension: str, rows: Sequence[Row]) -> None:
    """Name rows in place, in at most one query."""
    names = _NAMERS.get(dimension, _as_it_is)([row.key for row in rows])
    for row in rows:
        found = names.get(row.key) or _left(dimension, row.key)
        row.label, row.note, row.url = found.text, found.note, found.url
        row.is_lower_bound = found.is_lower_bound


def _left(dimension: str, key: str) -> Label:
    """Return what to call a key without a record."""
    if key == OTHER:
        return Label("All others", "beyond the largest of each day")
    if key in (NO_PLACE, ""):
        nowhere = {
            Dimension.ARTICLE: Label(
                "No article", "links used outside of articles, or earnings without a place"
            ),
            Dimension.PLACEMENT: Label("No place", "the address was used as it stands"),
            Dimension.POSITION: Label("No position", "the address was used as it stands"),
            Dimension.LINK: Label("No link", "earnings that name none"),
            Dimension.COUNTRY: Label("Unknown", "no proxy names the country"),
            Dimension.REFERRER: Label("This site, or not told"),
            Dimension.LANGUAGE: Label("Not told"),
        }
        return nowhere.get(Dimension(dimension), Label("Unknown"))
    return Label(f"Deleted ({key})")


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isascii() and key.isdecimal()]


def _articles(keys: Sequence[str]) -> dict[str, Label]:
    found = Article.objects.filter(pk__in=_numbers(keys)).values_list("pk", "title")
    return {
        str(pk): Label(title, url=reverse("admin:articles_article_change", args=[pk])) for pk, title in found
    }


def _placements(keys: Sequence[str]) -> dict[str, Label]:
    found = Placement.objects.filter(pk__in=_numbers(keys)).select_related(
        "article", "link__network", "link__program"
    )
    return {
        str(place.pk): Label(
            place.article.title if place.article else "A deleted article",
            f"{place.where}: {place.link}",
            reverse("admin:affiliates_placement_change", args=[place.pk]),
            _is_direct(place.link),
        )
        for place in found
    }


def _links(keys: Sequence[str]) -> dict[str, Label]:
    found = AffiliateLink.objects.filter(pk__in=_numbers(keys)).select_related("network", "program")
    return {
        str(link.pk): Label(
            str(link),
            link.network.name,
            reverse("admin:affiliates_affiliatelink_change", args=[link.pk]),
            _is_direct(link),
        )
        for link in found
    }


def _networks(keys: Sequence[str]) -> dict[str, Label]:
    found = Network.objects.filter(pk__in=_numbers(keys))
    return {
        str(network.pk): Label(
            network.name,
            url=reverse("admin:affiliates_network_change", args=[network.pk]),
            is_lower_bound=network.routing == Network.Routing.DIRECT,
        )
        for network in found
    }


def _is_direct(link: AffiliateLink) -> bool:
    return routing_of(link.network, link.program) == Network.Routing.DIRECT


def _positions(keys: Sequence[str]) -> dict[str, Label]:
    kinds = dict(Placement.Kind.choices)
    found = {}
    for key in keys:
        kind, _, third = key.partition(":")
        if kind in kinds:
            found[key] = Label(str(kinds[kind]), THIRD.get(third, ""))
    return found


def _devices(keys: Sequence[str]) -> dict[str, Label]:
    return {value: Label(str(text)) for value, text in Click.Device.choices}


def _countries(keys: Sequence[str]) -> dict[str, Label]:
    """A code without a name, such as one of a proxy's own, stands as it is."""
    names = country_names()
    return {
        key: Label(names[key], key) if key in names else Label(key) for key in keys if key not in (OTHER, "")
    }


def _reasons(keys: Sequence[str]) -> dict[str, Label]:
    classes = {str(value): str(text) for value, text in ClickClass.choices}
    found = {}
    for key in keys:
        kind, _, reason = key.partition(":")
        if kind == "drop":
            found[key] = Label("Not counted", DROPPED.get(reason, reason))
        else:
            found[key] = Label(classes.get(kind, kind), WHY.get(reason, reason))
    return found


def _as_it_is(keys: Sequence[str]) -> dict[str, Label]:
    return {key: Label(key) for key in keys if key not in (OTHER, "")}


_NAMERS: Mapping[str, Callable[[Sequence[str]], dict[str, Label]]] = {
    Dimension.ARTICLE: _articles,
    Dimension.PLACEMENT: _placements,
    Dimension.LINK: _links,
    Dimension.NETWORK: _networks,
    Dimension.POSITION: _positions,
    Dimension.DEVICE: _devices,
    Dimension.COUNTRY: _countries,
    Dimension.REASON: _reasons,
}
