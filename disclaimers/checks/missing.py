"""Whether the texts that a page must have are there at all: AFF01, AFF05 and SAF03."""

from __future__ import annotations

from collections.abc import Iterator

from cms.contracts import Finding, Snapshot
from disclaimers import rules
from disclaimers.checks.facts import shown_on
from disclaimers.placing import page_of_snapshot
from disclaimers.shipped import amazon_sentences


def missing_disclosure(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF01: a paid link, and readers of some jurisdiction are not told that we earn from it."""
    page = page_of_snapshot(snapshot)
    missing = rules.undisclosed_in(shown_on(snapshot), page) if page.is_paid else ()
    if missing:
        places = ", ".join(missing)
        message = f"Add the commission disclosure: no text in “{page.language}” is shown for {places}."
        fix = f"Under Disclaimers, switch on or write a disclosure in “{page.language}” for {places}."
        yield Finding("AFF01", "error", message, fix=fix)


def missing_amazon_statement(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF05: an Amazon link without one of the sentences that Amazon's agreement accepts."""
    page = page_of_snapshot(snapshot)
    if not page.has_amazon_link:
        return
    if not any(rules.normalised(record.text) in amazon_sentences() for record in shown_on(snapshot)):
        message = "Add the Amazon sentence: the page has an Amazon link and no accepted statement."
        fix = (
            f"Under Disclaimers, switch on the Amazon Associate statement in “{page.language}” "
            f"for {', '.join(page.jurisdictions)}."
        )
        yield Finding("AFF05", "error", message, fix=fix)


def missing_health_information(snapshot: Snapshot) -> Iterator[Finding]:
    """SAF03: a health article that does not say that it is no medical advice."""
    page = page_of_snapshot(snapshot)
    if not page.is_health_article:
        return
    if not any(record.kind == rules.HEALTH_INFORMATION for record in shown_on(snapshot)):
        message = f"Add the health disclaimer: no text in “{page.language}” is shown."
        fix = f"Under Disclaimers, switch on or write a health_information text in “{page.language}”."
        yield Finding("SAF03", "error", message, fix=fix)
