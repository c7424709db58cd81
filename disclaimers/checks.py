"""Publish checks on what was really placed on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cms.contracts import Check, Finding, Snapshot
from disclaimers import rules
from disclaimers.placing import SHOWN, page_of_snapshot
from disclaimers.rules import Record
from disclaimers.shipped import amazon_sentences


def _shown(snapshot: Snapshot) -> Sequence[Record]:
    return snapshot.document.records.get(SHOWN, ())


def missing_disclosure(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF01: a paid link, and readers of some jurisdiction are not told that we earn from it."""
    page = page_of_snapshot(snapshot)
    missing = rules.undisclosed_in(_shown(snapshot), page) if page.is_paid else ()
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
    if not any(rules.normalised(record.text) in amazon_sentences() for record in _shown(snapshot)):
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
    if not any(record.kind == rules.HEALTH_INFORMATION for record in _shown(snapshot)):
        message = f"Add the health disclaimer: no text in “{page.language}” is shown."
        fix = f"Under Disclaimers, switch on or write a health_information text in “{page.language}”."
        yield Finding("SAF03", "error", message, fix=fix)


CHECKS = (
    Check("AFF01", "error", missing_disclosure),
    Check("AFF05", "error", missing_amazon_statement),
    Check("SAF03", "error", missing_health_information),
)
