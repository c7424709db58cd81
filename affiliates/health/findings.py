"""What the editor of an article hears about its links: a warning, since readers can still read the page."""

from __future__ import annotations

from collections.abc import Iterator

from affiliates.models import LinkHealth
from cms.contracts import Check, Finding, Snapshot

BROKEN = "LNK10"


def broken_links(snapshot: Snapshot) -> Iterator[Finding]:
    """LNK10: a link of this article has failed the checker's last two questions. One query, none without links."""
    uses = {use.link_id: use.link_slug for use in snapshot.document.placements}
    if not uses:
        return
    alerts = LinkHealth.objects.alerts().filter(target__link__in=uses).select_related("target__link")
    for health in alerts.order_by("target__link"):
        link = health.target.link
        line, quote = place_of(snapshot.source.text, uses[link.pk])
        message = f"The link “{link.title}” is in trouble: {health.detail}"
        fix = "Replace it under Link health, or accept it there if you know better."
        yield Finding(BROKEN, "warning", message, line=line, quote=quote, fix=fix)


def place_of(text: str, slug: str) -> tuple[int | None, str]:
    """Return line and words of the first use of a link in the text; neither if a box or the end call shows it."""
    wanted = f"aff:{slug}"
    for number, line in enumerate(text.splitlines(), start=1):
        if wanted in line:
            return number, wanted
    return None, ""


BROKEN_LINKS = Check(
    BROKEN,
    "warning",
    broken_links,
    about="A link that the last visits found gone, at the wrong shop or without your tag",
    why="Readers go nowhere, or somebody else is paid",
)
