"""Whether readers see, before they click, that we are paid: AFF02, AFF03, AFF04 and EU01."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

from articles.jurisdictions import ALIASES
from cms.contracts import Finding, Passage, Snapshot
from disclaimers import advice, rules
from disclaimers.checks.facts import NOWHERE, Place, any_case, disclosures_on, find
from disclaimers.placing import page_of_snapshot

PAID_LINK = re.compile(r'<a [^>]*?class="(?:[^"]* )?paid[ "]')
DISCLOSURE = '<aside class="disclosure"'
LABEL = re.compile(r'<span class="paid__label">([^<]*)</span>')
LANGUAGES = {"en": "UK", "de": "DE", "fr": "FR"}  # whose word for advertising a page in this language may use


@lru_cache(maxsize=2)
def _words(name: str) -> re.Pattern[str]:
    return advice.words(advice.terms()["disclosure"][name])


def link_before_disclosure(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF02: readers meet a paid link before they are told that we earn from it."""
    html = snapshot.document.html
    link = PAID_LINK.search(html)
    if link is None or not any(disclosures_on(snapshot)):
        return  # AFF01 says that nothing discloses
    disclosure = html.find(DISCLOSURE)
    if disclosure == -1 or disclosure > link.start():
        names = ", ".join(f"“{record.slug}”" for record in disclosures_on(snapshot))
        line, quote = _first_paid_link(snapshot)
        yield Finding(
            "AFF02",
            "error",
            "Move the disclosure above the first paid link: readers meet the link first.",
            line=line,
            quote=quote,
            fix=f"Under Disclaimers, give {names} the place “Before the first paid link”.",
        )


def _first_paid_link(snapshot: Snapshot) -> Place:
    document = snapshot.document
    for use in document.placements[:1]:
        for passage in document.passages:
            for mark in passage.marks if passage.block_index == use.block_index else ():
                if mark.kind == "link" and mark.end > mark.start:
                    return passage.place(snapshot.source.text, mark.start, mark.end)
        return next((b.first_line for b in document.blocks if b.index == use.block_index), None), ""
    return NOWHERE


def disclosed_in_footnote_only(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF03: the only words that disclose stand where a reader has to go looking for them."""
    if not page_of_snapshot(snapshot).is_paid or any(disclosures_on(snapshot)):
        return
    telling = [passage for passage in snapshot.document.passages if _discloses(passage)]
    if telling and all(passage.kind == "footnote" for passage in telling):
        line, quote = find(snapshot, any_case(_words("adequate")), lambda passage: passage.kind == "footnote")
        message = "Show the disclosure without hover or click: it stands in a footnote only."
        fix = "Under Disclaimers, switch on a disclosure; it is placed above the first paid link."
        yield Finding("AFF03", "error", message, line=line, quote=quote, fix=fix)


def _discloses(passage: Passage) -> bool:
    return _words("adequate").search(rules.folded(passage.text)) is not None


def vague_disclosure(snapshot: Snapshot) -> Iterator[Finding]:
    """AFF04: a disclosure that speaks of affiliate links and not of money."""
    for record in disclosures_on(snapshot):
        words = rules.folded(f"{record.heading}\n{record.text}")
        vague = _words("vague").search(words)
        if vague and not _words("adequate").search(words):
            message = f"Say that you are paid: the disclosure “{record.slug}” says only “{vague[0]}”."
            fix = f"Write in “{record.slug}” that you earn a commission, or switch it off."
            yield Finding("AFF04", "warning", message, fix=fix)


def unlabelled_for_europe(snapshot: Snapshot) -> Iterator[Finding]:
    """EU01: a place whose readers know one word for advertising, and neither text nor link says it."""
    page = page_of_snapshot(snapshot)
    if not page.is_paid:
        return
    disclosed = [f"{record.heading}\n{record.text}" for record in disclosures_on(snapshot)]
    labels = [unescape(label) for label in LABEL.findall(snapshot.document.html)]
    for place in dict.fromkeys(ALIASES.get(code, code) for code in page.jurisdictions):
        wanted = advice.terms()["labels"].get(place)
        if wanted and not _is_labelled(_with_own_language(wanted, page.language), disclosed, labels):
            message = f"Add the word for advertising that readers in {place} know: {wanted[0].capitalize()}."
            fix = (
                f"Say “{wanted[0].capitalize()}” in the disclosure for {place} or in the label of the links."
            )
            yield Finding("EU01", "error", message, fix=fix)


def _with_own_language(wanted: Iterable[str], language: str) -> tuple[str, ...]:
    own = LANGUAGES.get(language.split("-", maxsplit=1)[0].casefold(), "")
    return (*wanted, *advice.terms()["labels"].get(own, ()))


def _is_labelled(wanted: tuple[str, ...], disclosed: list[str], labels: list[str]) -> bool:
    """Return whether one disclosure says the word, or every label does."""
    says = advice.words(wanted)
    if any(says.search(rules.folded(text)) for text in disclosed):
        return True
    return bool(labels) and all(says.search(rules.folded(label)) for label in labels)
