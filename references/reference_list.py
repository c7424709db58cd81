"""The list at the end of the page: what is cited, in its order, then what the article lists without citing it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from string import ascii_lowercase

from cms.contracts import CITATIONS, CitationUse, RenderContext, Slot, SlotContext
from references import checks
from references.checks import ListedWork
from references.entries import entries
from references.formatting import format_reference
from references.papers import SHOWN
from references.works import CITATION, Work, work_of

OWN_HEADING = re.compile(r"^#{1,6}[ \t]+references[ \t]*#*\s*\Z", re.IGNORECASE | re.MULTILINE)
QUOTED = 80


def render(slot: SlotContext) -> str:
    context = slot.render
    if context is None:
        return ""
    uses: Sequence[CitationUse] = context.records(CITATIONS)
    cited, others = _works(context, uses)
    for listed in (*cited, *others):
        context.record(checks.LISTED, listed)
    if not cited and not others:
        return ""
    # An author who ends the text with "## References" means this list.
    heading = "" if OWN_HEADING.search(context.source.text) else '<h2 id="references">References</h2>'
    parts = [heading]
    if cited:
        entries_html = "".join(_entry(listed.work, uses) for listed in cited)
        parts.append(f"<ol>{entries_html}</ol>")
    if others:
        parts.append("<h3>Further reading</h3>" if cited else "")
        start = f' start="{len(cited) + 1}"' if cited else ""
        entries_html = "".join(_entry(listed.work, ()) for listed in others)
        parts.append(f"<ol{start}>{entries_html}</ol>")
    return f'<section class="references">{"".join(parts)}</section>\n'


def _works(context: RenderContext, uses: Sequence[CitationUse]) -> tuple[list[ListedWork], list[ListedWork]]:
    """Return what the text cites and what it only lists. Notes keys and items that lead nowhere."""
    by_id = {work.id: work for work in context.lookup.part(CITATION).values()}
    listed = {}
    for entry in entries(context.source.front_matter):
        if entry.raw is not None:
            context.record(checks.UNREADABLE, str(entry.raw)[:QUOTED])
        elif work := work_of(context, entry.text_key):
            listed[work.id] = entry.id
        else:
            context.finding(checks.unknown_citation(entry.id))
    order = dict.fromkeys(use.reference_id for use in sorted(uses, key=lambda use: use.number))
    cited = [
        ListedWork(
            by_id[pk], listed.get(pk, by_id[pk].citekey), is_cited=True, is_in_front_matter=pk in listed
        )
        for pk in order
    ]
    only_listed = dict.fromkeys((*listed, *context.records(SHOWN)))
    others = [
        ListedWork(
            by_id[pk], listed.get(pk, by_id[pk].citekey), is_cited=False, is_in_front_matter=pk in listed
        )
        for pk in only_listed
        if pk not in order
    ]
    return cited, others


def _entry(work: Work, uses: Sequence[CitationUse]) -> str:
    flag = f'<strong class="references__flag">{escape(work.flag)}</strong> ' if work.flag else ""
    own = [use.position for use in uses if use.reference_id == work.id]
    links = " ".join(_back_links(work.citekey, own))
    back = f' <span class="references__back">{links}</span>' if links else ""
    return f'<li id="ref-{work.citekey}">{flag}{format_reference(work.csl)}{back}</li>'


def _back_links(citekey: str, positions: Sequence[int]) -> Iterator[str]:
    for position in positions:
        label = f"Back to text, use {position}"
        yield f'<a href="#cite-{citekey}-{position}" aria-label="{label}">{letters(position)}</a>'


def letters(number: int) -> str:
    """Return a, b … z, aa, ab … for 1, 2 …"""
    written = ""
    while number:
        number, digit = divmod(number - 1, 26)
        written = ascii_lowercase[digit] + written
    return written


SLOT = Slot("references", "after_body", render, order=10)
