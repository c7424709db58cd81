"""Headings that lost their marks. Only in a text that has none at all, and only where no other reading fits."""

from __future__ import annotations

from collections.abc import Sequence

from articles.importers.callouts import LABEL
from articles.importers.draft import Draft, told
from articles.importers.lines import Kind, Line, Lines, next_text, say_lines, set_apart
from articles.importers.words import ends_sentence, is_title

SECTION, SUBSECTION = "## ", "### "
PARAGRAPH = 60  # characters; a shorter line that ends no sentence is nothing that a heading could head
SHORT = 80
LEAD_WORDS = 8


def restore_headings(draft: Draft) -> Draft:
    """Mark section headings, and list items that head a paragraph; report short lines that may be headings."""
    if not draft.has_lost_marks:
        return draft
    sections = {place for place in range(len(draft.lines)) if _is_section(draft.lines, place)}
    leads = _leads(draft.lines, sections)
    lines: list[Line] = []
    has_section = False
    for place, line in enumerate(draft.lines):
        if place in sections:
            has_section = True
            lines += set_apart([line.but(SECTION + line.text.strip())])
        elif place in leads:
            lines += set_apart([line.but((SUBSECTION if has_section else SECTION) + line.content)])
        else:
            lines.append(line)
    doubtful = [
        line for place, line in enumerate(draft.lines) if place not in sections and _is_doubtful(line)
    ]
    return _report(draft, sections, leads, doubtful).with_lines(lines)


def _report(draft: Draft, sections: set[int], leads: set[int], doubtful: Sequence[Line]) -> Draft:
    if sections:
        message = f"Headings that had lost their marks were marked again ({_where(draft.lines, sections)})."
        draft = draft.tell(told("IMP01", message, line=draft.lines[min(sections)]))
    if leads:
        message = f"List items that head a paragraph became headings ({_where(draft.lines, leads)})."
        draft = draft.tell(told("IMP11", message, line=draft.lines[min(leads)]))
    if doubtful:
        where = say_lines([line.number for line in doubtful]).capitalize()
        draft = draft.wonder(
            f"{where}: short and without a final stop, perhaps a heading; left as a paragraph."
        )
    return draft


def _where(lines: Lines, places: set[int]) -> str:
    return say_lines([lines[place].number for place in sorted(places)])


def _is_section(lines: Lines, place: int) -> bool:
    line = lines[place]
    if not line.is_prose or line.text.startswith(" ") or not is_title(line.text):
        return False
    above = lines[place - 1] if place else None
    if above is not None and above.is_prose and not ends_sentence(above.text):
        return False
    below = next_text(lines, place)
    return below is not None and (below.kind in _HEADED or _is_paragraph(below))


_HEADED = {Kind.ITEM, Kind.TABLE, Kind.QUOTE, Kind.DIRECTIVE}


def _is_paragraph(line: Line) -> bool:
    """Return whether a heading could head this line."""
    if not line.is_prose or line.text.startswith(" ") or line.text[:1].islower():
        return False
    text = line.text.rstrip()
    is_full = ends_sentence(text) or text.endswith(":") or len(text) >= PARAGRAPH
    return bool(LABEL.match(text)) or (is_full and not (is_title(text) and not text.endswith("?")))


def _leads(lines: Lines, sections: set[int]) -> set[int]:
    """Return the list items that head a paragraph below them ("- Timing", then a line of prose).

    In a section with such items, a title that heads further items is one of them, too.
    """
    leads: set[int] = set()
    titles: set[int] = set()
    begun = 0
    for place in range(len(lines) + 1):
        if place == len(lines) or place in sections:
            leads |= titles if any(begun <= lead < place for lead in leads) else set()
            titles, begun = set(), place
        elif _is_title_item(lines, place) and not (place and _is_title_item(lines, place - 1)):
            below = lines[place + 1] if place + 1 < len(lines) else None
            if below is not None and _is_paragraph(below) and place + 1 not in sections:
                leads.add(place)
            elif below is not None and below.kind is Kind.ITEM and not _is_title_item(lines, place + 1):
                titles.add(place)
    return leads


def _is_title_item(lines: Lines, place: int) -> bool:
    line = lines[place]
    return line.kind is Kind.ITEM and is_title(line.content) and len(line.content.split()) <= LEAD_WORDS


def _is_doubtful(line: Line) -> bool:
    text = line.text.strip()
    if not line.is_prose or not text[:1].isalnum() or len(text) > SHORT:
        return False
    return not ends_sentence(text) and not text.endswith((":", ";", ","))
