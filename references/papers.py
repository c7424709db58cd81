"""`::papers`: a table of the works behind an article, with what each one adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from cms.contracts import Embed, Finding, RenderContext
from references import checks, citekeys, csl, formatting, markup
from references.entries import NOTHING, Entry, entries
from references.models import Reference
from references.works import Work, work_of

SHOWN = "references.shown"  # record kind: id of a work that a table shows
UNKNOWN = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Papers:
    """`::papers` shows what has an insight, or everything; `::papers{key key}` shows these."""

    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    work: Work
    custom: Mapping[str, Any]


def render(attrs: Papers, context: RenderContext) -> str:
    rows = _rows(attrs, context, report=True)
    if not rows:
        message = "The papers table is empty: the article lists no references."
        context.finding(
            Finding("MD03", "warning", message, quote="::papers", fix="List some or remove ::papers.")
        )
        return ""
    for row in rows:
        context.record(SHOWN, row.work.id)
    with_type = any(row.work.study_type for row in rows)
    head = ["Paper", "Relevant insight", *(["Study type"] if with_type else [])]
    titles = "".join(f'<th scope="col">{title}</th>' for title in head)
    body = "".join(_row(row, with_type=with_type) for row in rows)
    return (
        '<div class="papers table-scroll" tabindex="0" role="region" aria-label="Papers"><table><thead>'
        f'<tr>{titles}<th scope="col" class="align-right">Citations</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>\n"
    )


def to_text(attrs: Papers, context: RenderContext) -> str:
    return "; ".join(row.work.title for row in _rows(attrs, context, report=False))


def _rows(attrs: Papers, context: RenderContext, *, report: bool) -> list[Row]:
    listed = [entry for entry in entries(context.source.front_matter) if entry.raw is None]
    if attrs.keys:
        by_key = {entry.text_key: entry for entry in listed}
        named = [citekeys.normalise(key) for key in dict.fromkeys(attrs.keys)]
        chosen: Sequence[Entry] = [by_key.get(key, Entry(key, key)) for key in named]
    else:
        chosen = [entry for entry in listed if entry.custom.get("insight")] or listed
    rows = []
    for entry in chosen:
        if work := work_of(context, entry.text_key):
            rows.append(Row(work, entry.custom or NOTHING))
        elif report and attrs.keys:  # the reference list reports the front matter's own
            context.finding(checks.unknown_citation(entry.id, context.line))
    return rows


def _row(row: Row, *, with_type: bool) -> str:
    work, insight = row.work, str(row.custom.get("insight") or "")
    title = markup.title_html(str(work.csl.get("title") or "")) or escape(work.citekey)
    link = formatting.best_link(work.csl) or f"#ref-{work.citekey}"
    flag = f'<strong class="references__flag">{escape(work.flag)}</strong> ' if work.flag else ""
    by = ", ".join(part for part in (_who(work), str(work.year or "")) if part)
    paper = f'{flag}<a href="{escape(link)}">{title}</a>' + (f" ({escape(by)})" if by else "")
    cells = [paper, markup.title_html(insight) or UNKNOWN]
    if with_type:
        known = work.study_type in Reference.StudyType.values
        cells.append(escape(Reference.StudyType(work.study_type).label) if known else UNKNOWN)
    return (
        "<tr>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + f'<td class="align-right">{_count(row.custom)}</td></tr>'
    )


def _who(work: Work) -> str:
    return formatting.label(work.csl, joined_by=" & ") if csl.first_author(work.csl) else ""


def _count(custom: Mapping[str, Any]) -> str:
    """Return how often others cite the work, by whom and when it was counted. Unknown is not nought."""
    count = str(custom.get("citation_count", "")).strip().replace(",", "")
    if not count.isascii() or not count.isdigit():
        return UNKNOWN
    told = [str(custom.get(name) or "").strip() for name in ("citation_source", "citation_date")]
    known = ", ".join(escape(part) for part in told if part)
    return f"{int(count):,}" + (f" ({known})" if known else "")


EMBED = Embed("papers", Papers, render, to_text)
