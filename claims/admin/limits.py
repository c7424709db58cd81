"""The intake limits that the dose checks go by: to read, with where each was read and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims import limits
from claims.doses import wording
from claims.limits import Limit

AUTHORITIES = {"NASEM": "NASEM, United States", "EFSA": "EFSA, European Union"}
MEASURES = {
    "RDA": "Recommended intake (RDA)",
    "AI": "Adequate intake (AI)",
    "PRI": "Reference intake (PRI)",
    "UL": "Upper limit",
    "safe_level": "Safe level of intake",
    "CDRR": "Reduce intake above",
    "UL_not_determined": "Upper limit",
}
STATUSES = {
    "verified": "Read in the source",
    "verified_partly": "Read, but not this very cell",
    "computed": "Computed",
    "memory": "To be checked",
}
_COUNTS = {
    "supplements_and_medications_only": "supplements and medicines",
    "supplements_and_fortified": "supplements and fortified food",
    "preformed_only": "retinol, no carotene",
    "total_intake": "food and supplements",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Rows of the table that differ in age or sex only and say the same."""

    row: Limit
    amount: str
    people: str
    measure: str
    counts: str
    status: str


def limits_page(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("claims.view_contradiction"):
        raise PermissionDenied
    rows = [row for row in limits.table().limits if row.authority in AUTHORITIES]
    nutrients = sorted({row.nutrient for row in rows})
    nutrient = request.GET.get("nutrient", "")
    if nutrient not in nutrients:
        nutrient = "magnesium"
    authority = request.GET.get("authority", "")
    shown = [row for row in rows if row.nutrient == nutrient and authority in {"", row.authority}]
    context = {
        **admin.site.each_context(request),
        "title": "Intake limits",
        "groups": [(AUTHORITIES[name], _lines(found)) for name, found in _by_authority(shown)],
        "nutrients": [(name, wording.nutrient(name)) for name in nutrients],
        "nutrient": nutrient,
        "nutrient_name": wording.nutrient(nutrient),
        "authorities": AUTHORITIES.items(),
        "authority": authority,
        "fractions": limits.fractions(nutrient),
        "conversions": limits.conversions(nutrient),
        "jurisdictions": settings.CHELATE_JURISDICTIONS,
    }
    return render(request, "claims/admin/limits.html", context)


def _by_authority(rows: list[Limit]) -> list[tuple[str, list[Limit]]]:
    ordered = sorted(rows, key=lambda row: list(AUTHORITIES).index(row.authority))
    return [(name, list(found)) for name, found in groupby(ordered, key=lambda row: row.authority)]


def _lines(rows: list[Limit]) -> list[Line]:
    """Return upper limits first, then intakes; children, adults, pregnancy and breastfeeding, by age."""
    stages = ("general", "pregnancy", "lactation")
    measures = list(MEASURES)[::-1]
    ordered = sorted(
        rows,
        key=lambda row: (
            measures.index(row.measure), row.form, stages.index(row.life_stage), row.age_min, row.sex,
        ),
    )  # fmt: skip
    alike: dict[tuple[object, ...], list[Limit]] = {}
    for row in ordered:
        alike.setdefault(_alike(row), []).append(row)
    return [_line(found) for found in alike.values()]


def _alike(row: Limit) -> tuple[object, ...]:
    return (
        row.measure,
        row.form,
        row.life_stage,
        row.micrograms,
        row.unit,
        row.source,
        row.source_status,
        row.note,
    )


def _line(alike: list[Limit]) -> Line:
    row = alike[0]
    amount = f"{row.amount:f} {row.unit}" if row.amount is not None else "not determined"
    if row.micrograms is not None:
        amount = wording.amount(row.micrograms)
    return Line(
        row, amount, _people(alike), MEASURES[row.measure], _COUNTS.get(row.applies_to, ""),
        STATUSES[row.source_status],
    )  # fmt: skip


def _people(alike: list[Limit]) -> str:
    """Return "Women, 19 to 50, pregnant" for the rows that say the same."""
    sexes = {row.sex for row in alike}
    who = {frozenset({"male"}): "Men", frozenset({"female"}): "Women"}.get(frozenset(sexes), "")
    low, high = min(row.age_min for row in alike), max(row.age_max for row in alike)
    ages = f"from {low}" if high >= 120 else f"{low} to {high}"
    if high < 19:
        who = "Children" if not who else {"Men": "Boys", "Women": "Girls"}[who]
    stage = {"pregnancy": ", pregnant", "lactation": ", breastfeeding"}.get(alike[0].life_stage, "")
    return f"{who or 'Adults'}, {ages}{stage}"
