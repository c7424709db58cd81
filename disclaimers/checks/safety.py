"""Whether the warnings stand where a supplement is advised, and the FDA's words where one is said to work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cms.contracts import Finding, Passage, Snapshot
from disclaimers import advice, rules
from disclaimers.checks.facts import advice_on, any_case, find, shown_on
from disclaimers.kinds import GROUP, INTERACTION, KINDS
from disclaimers.placing import page_of_snapshot
from disclaimers.shipped import shipped

FDA_KIND = "structure_function_disclaimer"
FDA_WORDS = re.compile(
    r"not\s+been\s+evaluated\s+by\s+the\s+(?:u\.?s\.?\s+)?(?:fda|food\s+and\s+drug\s+administration)",
    re.IGNORECASE,
)


def missing_interactions(snapshot: Snapshot) -> Iterator[Finding]:
    """SAF01: a supplement is advised, and readers are not told which medicines it gets in the way of."""
    page = page_of_snapshot(snapshot)
    kinds = {record.kind for record in shown_on(snapshot)}
    for name in sorted(page.supplements):
        kind = f"{INTERACTION}{name}"
        if kind in kinds:
            continue

        def advises(passage: Passage, wanted: str = name) -> bool:
            return wanted in advice.supplements_advised(passage.text)

        pattern = advice.words(advice.terms()["nutrients"][name])
        line, quote = find(snapshot, any_case(pattern), advises)
        if line is None:  # it is sold, not advised in words
            line, quote = find(snapshot, any_case(pattern), lambda passage: True)
        words = KINDS[kind]
        yield Finding(
            "SAF01",
            "warning",
            f"Add the interaction note: the article advises a supplement, and “{words}” is not shown.",
            line=line,
            quote=quote,
            fix=advice_on(kind, page.language, words),
        )


def missing_group_warnings(snapshot: Snapshot) -> Iterator[Finding]:
    """SAF04: a group that needs more care is named beside an advised supplement, without its warning."""
    page = page_of_snapshot(snapshot)
    kinds = {record.kind for record in shown_on(snapshot)}
    for name in sorted(page.groups) if page.supplements else ():
        kind = f"{GROUP}{name}"
        if kind not in kinds:
            pattern = advice.words(advice.terms()["groups"][name])
            line, quote = find(snapshot, any_case(pattern), lambda passage: True)
            words = KINDS[kind]
            yield Finding(
                "SAF04",
                "warning",
                f"Add the group warning: the article names the group, and “{words}” is not shown.",
                line=line,
                quote=quote,
                fix=advice_on(kind, page.language, words),
            )


def missing_fda_statement(snapshot: Snapshot) -> Iterator[Finding]:
    """CLM09: a supplement is said to do something, and the FDA's words are missing or are not the FDA's."""
    page = page_of_snapshot(snapshot)
    is_american = any(code.split("-")[0] == "US" for code in page.jurisdictions)
    if not is_american or page.supplement_claim_count < 1:
        return
    shown = [record.text for record in shown_on(snapshot) if record.kind == FDA_KIND]
    if any(rules.normalised(text) in _statements() for text in shown):
        return
    line, quote = find(snapshot, FDA_WORDS, lambda passage: True)
    if shown or quote:
        message = "The FDA disclaimer is not in the prescribed words."
        fix = "Take it out of the text; the prescribed one is then placed by its rule."
        yield Finding("CLM09", "info", message, line=line, quote=quote, fix=fix)
    else:
        message = "Add the FDA disclaimer: the article says what a supplement does for the body."
        fix = advice_on(FDA_KIND, page.language, KINDS[FDA_KIND])
        yield Finding("CLM09", "error", message, fix=fix)


def _statements() -> frozenset[str]:
    return frozenset(
        rules.normalised(text)
        for record in shipped()
        if record.kind == FDA_KIND
        for text in (record.text, *record.accepted_variants)
    )
