"""`::papers`: a table of the works behind an article, with what each one adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from cms.contracts import Embed, Finding, RenderContext
from references import checks, citekeys, csl, formatting, markup
from references.entries import NOTHING, Entry, entries
from references.models import Reference, SourceRecord
from references.works import Work, work_of

SHOWN = "references.shown"  # record kind: id of a work that a table shows
UNKNOWN = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Papers:
    """`::papers` shows what has an insight, or everything; `::papers{key key}` shows these.

    `sort=year` (author, title, type, citations; `sort=-year` turns it round) orders the rows, `type=rct,meta_analysis`
    and `since=2015` choose among them. Readers may sort and filter the table once more, if scripts run.
    """

    keys: tuple[str, ...] = ()
    sort: str = ""
    type: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    work: Work
    custom: Mapping[str, Any]


def render(attrs: Papers, context: RenderContext) -> str:
    rows = _rows(attrs, context, report=True)
    _report(attrs, context)
    if not rows:
        narrowed = attrs.type or attrs.since
        why = "no listed work fits" if narrowed else "the article lists no references"
        message = f"The papers table is empty: {why}."
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
    return _ordered([row for row in rows if _fits(attrs, row.work)], attrs.sort)


def _fits(attrs: Papers, work: Work) -> bool:
    kinds = _kinds(attrs)
    if kinds and work.study_type not in kinds:
        return False
    return not attrs.since.isdecimal() or (work.year is not None and work.year >= int(attrs.since))


def _kinds(attrs: Papers) -> list[str]:
    return [kind.strip().lower().replace("-", "_") for kind in attrs.type.split(",") if kind.strip()]


def _ordered(rows: list[Row], sort: str) -> list[Row]:
    """Return the rows by one column; what is unknown stands last in either direction."""
    value = SORTS.get(sort.removeprefix("-"))
    if value is None:
        return rows
    known = [row for row in rows if value(row) not in (None, "")]
    unknown = [row for row in rows if value(row) in (None, "")]
    return [*sorted(known, key=value, reverse=sort.startswith("-")), *unknown]


def _report(attrs: Papers, context: RenderContext) -> None:
    """Say which attribute means nothing."""
    odd = [kind for kind in _kinds(attrs) if kind not in Reference.StudyType.values]
    if attrs.sort and attrs.sort.removeprefix("-") not in SORTS:
        _wonder(
            context,
            f"sort={attrs.sort}",
            f"Sort by {', '.join(SORTS)}; with a hyphen in front, the other way.",
        )
    if odd:
        _wonder(context, f"type={attrs.type}", f"Study types are {', '.join(Reference.StudyType.values)}.")
    if attrs.since and not attrs.since.isdecimal():
        _wonder(context, f"since={attrs.since}", "Write a year, such as since=2015.")


def _wonder(context: RenderContext, quote: str, fix: str) -> None:
    context.finding(Finding("MD03", "warning", f"::papers does not know “{quote}”.", quote=quote, fix=fix))


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
        + f'<td class="align-right">{_count(_said(row))}</td></tr>'
    )


def _who(work: Work) -> str:
    return formatting.label(work.csl, joined_by=" & ") if csl.first_author(work.csl) else ""


def _said(row: Row) -> Mapping[str, Any]:
    """Return what the article says of the count, else the newest count of a source that the library asked."""
    if _number(row.custom) is not None or not row.work.counted:
        return row.custom
    counted = row.work.counted
    source = str(counted.get("source", ""))
    known = source in SourceRecord.Source.values
    return {
        "citation_count": counted.get("count"),
        "citation_source": SourceRecord.Source(source).label if known else source,
        "citation_date": str(counted.get("on", ""))[:10],
    }


def _number(custom: Mapping[str, Any]) -> int | None:
    count = str(custom.get("citation_count", "")).strip().replace(",", "")
    return int(count) if count.isascii() and count.isdigit() else None


def _count(custom: Mapping[str, Any]) -> str:
    """Return how often others cite the work, by whom and when it was counted. Unknown is not nought."""
    count = _number(custom)
    if count is None:
        return UNKNOWN
    told = [str(custom.get(name) or "").strip() for name in ("citation_source", "citation_date")]
    known = ", ".join(escape(part) for part in told if part)
    return f"{count:,}" + (f" ({known})" if known else "")


SORTS: Mapping[str, Callable[[Row], Any]] = {
    "author": lambda row: csl.first_author(row.work.csl).casefold(),
    "citations": lambda row: _number(_said(row)),
    "title": lambda row: row.work.title.casefold(),
    "type": lambda row: row.work.study_type,
    "year": lambda row: row.work.year,
}
EMBED = Embed("papers", Papers, render, to_text)
