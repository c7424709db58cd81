"""Which disclaimers are due on a page. Pure: values in, values out.

A record is due when its locale is the page's, one of its jurisdictions touches one of the page's, and all predicates
of its rule are true. Every jurisdiction of the page counts, so the strictest one wins. A record without a rule is
shown only where an article names it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from articles.jurisdictions import EVERYWHERE, touches

DISCLOSURE, NOTICE, WARNING, STATEMENT = "disclosure", "notice", "warning", "statement"
BEFORE_PAID_LINK, BEFORE_REFERENCES, AFTER_BODY = "before_paid_link", "before_references", "after_body"
FAMILIES = (DISCLOSURE, NOTICE, WARNING, STATEMENT)
SLOTS = (BEFORE_PAID_LINK, BEFORE_REFERENCES, AFTER_BODY)
HEALTH_INFORMATION, NETWORK_STATEMENT = "health_information", "network_statement"
ANY = "any"
COMMISSION_KINDS = frozenset({"affiliate_disclosure", "affiliate_label"})

# Typographic quotes, apostrophes, dashes and hyphens, to the ones on a keyboard.
_FOLD = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "''\"\"-----")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Record:
    """One disclaimer in the version that readers get."""

    id: int
    slug: str
    version: int
    family: str
    kind: str
    text: str
    heading: str = ""
    jurisdictions: tuple[str, ...] = (EVERYWHERE,)
    locale: str = "en"
    when: Mapping[str, Any] = field(default_factory=_nothing)
    slot: str = AFTER_BODY
    priority: int = 50
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """The facts that rules ask for."""

    language: str = "en"
    jurisdictions: tuple[str, ...] = ("US",)
    is_paid: bool = False
    networks: frozenset[str] = frozenset()
    has_evidence_callout: bool = False
    is_health_article: bool = False
    supplement_claim_count: int = 0
    supplements: frozenset[str] = frozenset()  # ids of the nutrients that the page advises to take
    doses: frozenset[str] = frozenset()  # ids of the nutrients with an amount
    has_compound_dose: bool = False
    groups: frozenset[str] = frozenset()
    shows_product_card: bool = False
    is_ranking_paid: bool = False

    @property
    def has_amazon_link(self) -> bool:
        return any(network.split("-")[0] == "amazon" for network in self.networks)


def _counts(page: Page, wanted: Any) -> bool:
    count = page.supplement_claim_count
    return bool(
        ("eq" not in wanted or count == wanted["eq"]) and ("gte" not in wanted or count >= wanted["gte"])
    )


def _advises(page: Page, wanted: Any) -> bool:
    """`any`, one nutrient, or a list of which one is enough."""
    if wanted == ANY:
        return bool(page.supplements)
    return bool(page.supplements.intersection([wanted] if isinstance(wanted, str) else wanted))


PREDICATES: Mapping[str, Callable[[Page, Any], bool]] = MappingProxyType(
    {
        "has_affiliate_link": lambda page, wanted: page.is_paid == wanted,
        "has_amazon_link": lambda page, wanted: page.has_amazon_link == wanted,
        "has_evidence_callout": lambda page, wanted: page.has_evidence_callout == wanted,
        "is_health_article": lambda page, wanted: page.is_health_article == wanted,
        "supplement_structure_function_claims": _counts,
        "recommends_supplement": _advises,
        "mentions_dose": lambda page, wanted: bool(page.doses) == wanted,
        "mentions_dose_of": lambda page, wanted: wanted in page.doses,
        "mentions_compound_dose": lambda page, wanted: page.has_compound_dose == wanted,
        "mentions_group": lambda page, wanted: wanted in page.groups,
        "shows_product_card": lambda page, wanted: page.shows_product_card == wanted,
        "ranking_influenced_by_commission": lambda page, wanted: page.is_ranking_paid == wanted,
    }
)


NAMES = frozenset(
    {"recommends_supplement", "mentions_dose_of", "mentions_group"}
)  # predicates that take a name


def rule_problems(when: object) -> list[str]:
    """Return what is wrong with a rule, as sentences; an empty list means that it can be decided."""
    if not isinstance(when, dict):
        return ["A rule is a set of predicates, such as has_affiliate_link: true."]
    problems = []
    for name, wanted in when.items():
        if name not in PREDICATES:
            problems.append(f"There is no predicate named {name}. Known: {', '.join(PREDICATES)}.")
        elif name == "supplement_structure_function_claims":
            if not isinstance(wanted, dict) or not wanted or not _is_range(wanted):
                problems.append(f"{name} needs eq or gte with a whole number.")
        elif name in NAMES:
            names = wanted if name == "recommends_supplement" and isinstance(wanted, list) else [wanted]
            if not names or not all(isinstance(one, str) and one for one in names):
                problems.append(f"{name} needs a name, such as zinc.")
        elif not isinstance(wanted, bool):
            problems.append(f"{name} needs true or false.")
    return problems


def _is_range(wanted: Mapping[str, object]) -> bool:
    return all(name in {"eq", "gte"} and type(number) is int for name, number in wanted.items())


def folded(text: str) -> str:
    """Return a text without differences of case and typography; its lines stay."""
    return unicodedata.normalize("NFKC", text).translate(_FOLD).casefold()


def normalised(text: str) -> str:
    """Return a text in the form in which two wordings are compared: case, quotes, dashes and spaces do not count."""
    return " ".join(folded(text).split())


def speaks(locale: str, language: str) -> bool:
    """Return whether a text in `locale` is for a page in `language`: "en" serves "en-GB", "en-GB" not "en"."""
    record, page = locale.casefold().replace("_", "-"), language.casefold().replace("_", "-")
    return record in {page, page.split("-")[0]}


def is_due(record: Record, page: Page) -> bool:
    """Return whether the rule of a record places it on the page. An unknown predicate is never true."""
    return (
        record.is_active
        and bool(record.when)
        and speaks(record.locale, page.language)
        and any(touches(record.jurisdictions, code) for code in page.jurisdictions)
        and all(name in PREDICATES and PREDICATES[name](page, wanted) for name, wanted in record.when.items())
    )


def place(records: Iterable[Record], page: Page, carried: Sequence[str] = ()) -> tuple[Record, ...]:
    """Return what the page shows: the records that the article names (`carried`) and those that are due.

    A text that the article carries in the page's language stands in for the automatic one of its kind. A commission
    disclosure never does: what a writer once typed may be too vague. Equal texts are shown once.
    """
    by_slug = {record.slug: record for record in records}
    named = [by_slug[slug] for slug in dict.fromkeys(carried) if slug in by_slug and by_slug[slug].is_active]
    covered = {record.kind for record in named if speaks(record.locale, page.language)} - COMMISSION_KINDS
    due = [
        record
        for slug, record in sorted(by_slug.items())
        if is_due(record, page) and record.kind not in covered
    ]
    shown: dict[str, Record] = {}
    # Among equals the plain "we earn a commission" comes first: Amazon's sentence alone is not clear to everybody.
    for record in sorted(
        [*due, *named], key=lambda record: (-record.priority, record.kind not in COMMISSION_KINDS)
    ):
        shown.setdefault(normalised(record.text), record)
    return tuple(shown.values())


def undisclosed_in(shown: Iterable[Record], page: Page) -> tuple[str, ...]:
    """Return the jurisdictions of a page with paid links where nothing in `shown` discloses the commission."""
    disclosures = [
        record for record in shown if record.kind in COMMISSION_KINDS and record.slot == BEFORE_PAID_LINK
    ]
    return tuple(
        code
        for code in page.jurisdictions
        if not any(touches(record.jurisdictions, code) for record in disclosures)
    )
