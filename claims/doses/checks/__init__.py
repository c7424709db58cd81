"""The publish checks on doses, DOS01 to DOS03 and DOS05 to DOS08."""

from claims.doses.checks.above import above_the_limit
from claims.doses.checks.compounds import compound_mass
from claims.doses.checks.groups import group_without_limit
from claims.doses.checks.intake import intake_as_dose
from claims.doses.checks.stated import stated_limit
from claims.doses.checks.units import international_units_only, unit_slip
from cms.contracts import Check

CHECKS = (
    Check("DOS01", "error", above_the_limit),
    Check("DOS02", "warning", compound_mass),
    Check("DOS03", "error", unit_slip),
    Check("DOS05", "error", stated_limit),
    Check("DOS06", "info", intake_as_dose),
    Check("DOS07", "info", international_units_only),
    Check("DOS08", "warning", group_without_limit),
)

__all__ = ["CHECKS"]
