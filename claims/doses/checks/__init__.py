"""The publish checks on doses, DOS01 to DOS03 and DOS05 to DOS08."""

from claims.doses.checks.above import above_the_limit
from claims.doses.checks.compounds import compound_mass
from claims.doses.checks.groups import group_without_limit
from claims.doses.checks.intake import intake_as_dose
from claims.doses.checks.stated import stated_limit
from claims.doses.checks.units import international_units_only, unit_slip
from cms.contracts import Check

CHECKS = (
    Check(
        "DOS01",
        "error",
        above_the_limit,
        about="An advised supplement dose above the upper limit of the people it is for",
        why="The strictest limit of the site's jurisdictions: NASEM (US), EFSA (EU, UK)",
    ),
    Check(
        "DOS02",
        "warning",
        compound_mass,
        about="The mass of a compound, such as magnesium bisglycinate, without that of its element",
        why="Readers and limits count the element",
    ),
    Check(
        "DOS03",
        "error",
        unit_slip,
        about="An amount that is a thousand times the recommended intake, or far above every limit",
        why="Milligrams and micrograms are taken for one another",
    ),
    Check(
        "DOS05",
        "error",
        stated_limit,
        about="An upper limit, or what it counts, stated otherwise than its authority does",
        why="NASEM and EFSA tables",
    ),
    Check(
        "DOS06",
        "info",
        intake_as_dose,
        about="A recommended intake given as the dose of a supplement, without a word on food",
        why="Recommended intakes count food",
    ),
    Check(
        "DOS07",
        "info",
        international_units_only,
        about="International units without micrograms or milligrams",
        why="Labels in the EU and the UK give no IU",
    ),
    Check(
        "DOS08",
        "warning",
        group_without_limit,
        about="A dose for children, pregnancy or kidney disease without their limit or the advice to ask somebody",
        why="Each group has limits of its own",
    ),
)

__all__ = ["CHECKS"]
