"""AFF08: the words of a paid link say which shop it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from affiliates.markup.lookup import SHOWN_LINKS, LinkInfo
from cms.contracts import Check, Finding, Snapshot

GENERIC = re.compile(
    r"\W*(?:(?:click |buy |shop |order |get (?:it|yours|one) |see )?(?:here|now|today)|buy|shop|order|here"
    r"|(?:check|see|view|compare)(?: the| current| latest| today['’]s)* (?:price|deal|offer|details|more)s?"
    r"|(?:buy|get|shop|order|see|find) (?:it|this|one|yours)(?: now| here| today)?|learn more|read more|more(?: info)?"
    r"|(?:this )?link|add to cart|view (?:product|on site)|product page|deal|best price)\W*",
    re.IGNORECASE,
)


def unclear(snapshot: Snapshot) -> Iterator[Finding]:
    """Say so where neither the words of the link nor its sentence name the shop."""
    shown: dict[str, LinkInfo] = {link.slug: link for link in snapshot.document.records.get(SHOWN_LINKS, ())}
    for passage in snapshot.document.passages:
        for mark in passage.marks:
            link = shown.get(mark.key) if mark.kind == "link" else None
            words = passage.text[mark.start : mark.end]
            if link is None or link.is_direct or not GENERIC.fullmatch(words):
                continue  # the label of a direct link names the shop
            if link.store_name.casefold() in f"{passage.text} {passage.column} {passage.row}".casefold():
                continue
            line, quote = passage.place(snapshot.source.text, mark.start, mark.end)
            message = (
                f"Name the store: “{words.strip()}” does not say that the link leads to {link.store_name}."
            )
            fix = f"Write for example “See it at {link.store_name}”."
            yield Finding("AFF08", "warning", message, line=line, quote=quote, fix=fix)


CHECKS = (
    Check(
        "AFF08", "warning", unclear,
        about="Words of a paid link that do not name the shop", why="Amazon policy; CAP 2.1",
    ),
)  # fmt: skip
