"""The list at the end of the page: what is cited, in its order, then what the article lists without citing it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from string import ascii_lowercase

from cms.contracts import CITATIONS, CitationUse, Finding, RenderContext, Slot, SlotContext
from references import checks
from references.checks import ListedWork
from references.cited import STYLE_KEY, Styled, styled_of
from references.entries import entries
from references.formatting import format_reference
from references.papers import SHOWN
from references.styles import STYLES, find
from references.works import CITATION, Work, work_of

OWN_HEADING = re.compile(r"^#{1,6}[ \t]+references[ \t]*#*\s*\Z", re.IGNORECASE | re.MULTILINE)
QUOTED = 80
# Relative: an article may move to another address. references/files.py answers.
FILES = (
    '<p class="references__files">Save these references: <a href="references.bib">BibTeX</a>'
    ' <a href="references.ris">RIS</a></p>'
)


def render(slot: SlotContext) -> str:
    context = slot.render
    if context is None:
        return ""
    uses: Sequence[CitationUse] = context.records(CITATIONS)
    styled = styled_of(context)
    cited, others = (_in_order(works, styled) for works in _works(context, uses))
    for listed in (*cited, *others):
        context.record(checks.LISTED, listed)
    if not cited and not others:
        return ""
    # An author who ends the text with "## References" means this list.
    heading = "" if OWN_HEADING.search(context.source.text) else '<h2 id="references">References</h2>'
    parts = [heading]
    if cited:
        parts.append(_list(cited, uses, styled))
    if others:
        parts.append("<h3>Further reading</h3>" if cited else "")
        parts.append(_list(others, (), styled, start=len(cited) + 1))
    _report(context, styled)
    if context.mode == "publish":  # a draft has no address to load files from
        parts.append(FILES)
    pending = " data-pending" if styled.is_pending else ""  # the editor's preview asks again
    return f'<section class="references"{pending}>{"".join(parts)}</section>\n'


def _in_order(works: Sequence[ListedWork], styled: Styled) -> Sequence[ListedWork]:
    """Return the works by name where the style sorts them so; numbers follow the text."""
    if styled.style.is_numeric:
        return works
    places = {key: place for place, key in enumerate(styled.entries)}
    return sorted(works, key=lambda listed: places.get(listed.work.citekey, len(places)))


def _list(works: Sequence[ListedWork], uses: Sequence[CitationUse], styled: Styled, start: int = 1) -> str:
    items = "".join(_entry(listed.work, uses, styled) for listed in works)
    if not styled.style.is_numeric and styled.entries:
        return f'<ul class="references__names">{items}</ul>'
    return f"<ol{f' start={chr(34)}{start}{chr(34)}' if start > 1 else ''}>{items}</ol>"


def _report(context: RenderContext, styled: Styled) -> None:
    wanted = context.source.front_matter.get(STYLE_KEY)
    if wanted and not find(wanted):
        message = f"There is no citation style “{str(wanted)[:QUOTED]}”; the site's own is used."
        fix = f"Choose one of {', '.join(STYLES)}."
        context.finding(Finding("FM02", "warning", message, quote=str(wanted)[:QUOTED], fix=fix))
    if styled.problem:
        message = f"The citation style {styled.style.label} could not be applied; numbers in brackets stand instead."
        context.finding(Finding("MD08", "warning", f"{message} {styled.problem}"))


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


def _entry(work: Work, uses: Sequence[CitationUse], styled: Styled) -> str:
    listed = styled.entries.get(work.citekey)
    text = listed.html if listed and listed.html else format_reference(work.csl)
    flag = f'<strong class="references__flag">{escape(work.flag)}</strong> ' if work.flag else ""
    own = [use.position for use in uses if use.reference_id == work.id]
    links = " ".join(_back_links(work.citekey, own))
    back = f' <span class="references__back">{links}</span>' if links else ""
    return f'<li id="ref-{work.citekey}">{flag}{text}{back}</li>'


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
