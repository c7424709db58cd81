"""Disclaimers on the page: the resolver, the baked slots, and the facts that the rules ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from cms.contracts import (
    CALLOUTS,
    HEALTH,
    NETWORKS,
    PLACEMENTS,
    Finding,
    Keys,
    RenderContext,
    SlotContext,
    Snapshot,
    Source,
)
from disclaimers import advice, health, rules
from disclaimers.rules import Page, Record

KIND = "disclaimer"  # of the lookup part, and of dependency keys: "disclaimer:3"
SHOWN = "disclaimers"  # Document.records: one rules.Record for each text on the page
PAID = "disclaimers:paid"  # Document.records: set where the page asked for a disclosure
FRONT_MATTER_KEY = "disclaimers"
RANKING_KEY = "ranking_influenced_by_commission"
CARDS = frozenset({"product", "comparison"})  # kinds of placements
DEFAULT_JURISDICTIONS = ("US",)
RULES_KEY = "disclaimer:rules"  # every page depends on it: a new rule may concern any of them


def carried_by(source: Source) -> list[str]:
    """Return the slugs of the texts that an article names in its front matter."""
    named = source.front_matter.get(FRONT_MATTER_KEY) or ()
    return [named] if isinstance(named, str) else [slug for slug in named if isinstance(slug, str)]


def resolve(keys: Keys) -> Mapping[str, Record]:
    """Return every record that this page might show, in one query."""
    from disclaimers.models import Disclaimer

    return {record.slug: record for record in Disclaimer.objects.for_page(carried_by(keys.source))}


def page_of(source: Source, text: str, noted: Callable[[str], Sequence[Any]], *, is_paid: bool) -> Page:
    """Return the facts of a page; `noted` gives the records that plugins left while rendering."""
    front_matter = source.front_matter
    tags = front_matter.get("tags") or ()
    words = "\n".join([str(front_matter.get("title", "")), *map(str, tags), text])
    sold = advice.nutrients_in("\n".join(use.title for use in noted(PLACEMENTS)))
    return Page(
        language=source.language,
        jurisdictions=source.jurisdictions or DEFAULT_JURISDICTIONS,
        is_paid=is_paid,
        networks=frozenset(noted(NETWORKS)),
        has_evidence_callout=bool(noted(CALLOUTS)),
        is_health_article=health.is_about_health(words),
        supplement_claim_count=health.count_supplement_claims(text, sells=is_paid),
        supplements=advice.supplements_advised(words) | sold,
        doses=advice.doses_named(text),
        has_compound_dose=advice.has_compound_dose(text),
        groups=advice.groups_named(text),
        shows_product_card=any(use.kind in CARDS for use in noted(PLACEMENTS)),
        is_ranking_paid=front_matter.get(RANKING_KEY) is True,
    )


def page_of_snapshot(snapshot: Snapshot) -> Page:
    records = snapshot.document.records
    is_paid = bool(records.get(PLACEMENTS) or records.get(NETWORKS) or records.get(PAID))
    return page_of(
        snapshot.source, snapshot.document.text, lambda kind: records.get(kind, ()), is_paid=is_paid
    )


def before_paid_link(slot: SlotContext) -> str:
    """Render the disclosures. The kernel puts them in front of the block with the first paid link."""
    context = _context(slot)
    context.record(PAID, True)
    shown = _shown(slot, context, rules.BEFORE_PAID_LINK)
    if not shown:
        return ""
    return f'<aside class="disclosure">{"".join(map(_text_html, shown))}</aside>\n'


def before_references(slot: SlotContext) -> str:
    return _notices(_shown(slot, _context(slot), rules.BEFORE_REFERENCES))


def after_body(slot: SlotContext) -> str:
    """Render notices and statements, and say so if the article names a text that cannot be shown."""
    context = _context(slot)
    context.depend(RULES_KEY, "")
    if page_of(context.source, slot.text, context.records, is_paid=context.is_paid).is_health_article:
        context.record(HEALTH, True)
    for slug in carried_by(context.source):
        record = context.lookup.get(KIND, slug)
        if record is None:
            message = f"There is no disclaimer named {slug}."
            context.finding(Finding("DIS01", "error", message, quote=slug, fix="Choose one that exists."))
        elif not record.is_active:
            message = f"The disclaimer {slug} is switched off; readers do not see it."
            context.finding(Finding("DIS01", "warning", message, quote=slug, fix="Choose another one."))
    return _notices(_shown(slot, context, rules.AFTER_BODY))


def _shown(slot: SlotContext, context: RenderContext, name: str) -> list[Record]:
    """Return the texts of one slot and note them. Without a paid link, disclosures by hand move to the end."""
    page = page_of(context.source, slot.text, context.records, is_paid=context.is_paid)
    placed = rules.place(context.lookup.part(KIND).values(), page, carried_by(context.source))
    moved = rules.BEFORE_PAID_LINK if name == rules.AFTER_BODY and not page.is_paid else name
    shown = [record for record in placed if record.slot in {name, moved}]
    for record in shown:
        context.record(SHOWN, record)
        context.depend(f"{KIND}:{record.id}", record.version)
    return shown


def _notices(shown: Sequence[Record]) -> str:
    if not shown:
        return ""
    return f'<section class="notices">{"".join(map(notice_html, shown))}</section>\n'


def notice_html(record: Record) -> str:
    css_class = "notice notice--health" if record.kind == rules.HEALTH_INFORMATION else "notice"
    heading = f'<p class="notice__title">{escape(record.heading)}</p>' if record.heading else ""
    return f'<div class="{css_class}">{heading}{_text_html(record)}</div>'


def record_html(record: Record) -> str:
    """Return one record as a page shows it, for the preview in the admin."""
    if record.slot == rules.BEFORE_PAID_LINK:
        return f'<aside class="disclosure">{_text_html(record)}</aside>'
    return f'<section class="notices">{notice_html(record)}</section>'


def _text_html(record: Record) -> str:
    paragraphs = (part.strip() for part in record.text.split("\n\n"))
    return "".join(f"<p>{escape(part)}</p>" for part in paragraphs if part)


def _context(slot: SlotContext) -> RenderContext:
    if slot.render is None:
        raise ValueError("This slot is baked into the page; it needs the rendering.")
    return slot.render
