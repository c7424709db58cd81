"""Publish checks on what was really placed on the page."""

from cms.contracts import Check
from disclaimers.checks import missing, safety, seen

CHECKS = (
    Check(
        "AFF01", "error", missing.missing_disclosure,
        about="A paid link, and no disclosure for readers of some jurisdiction", why="16 CFR 255.5 (FTC)",
    ),
    Check(
        "AFF02", "error", seen.link_before_disclosure,
        about="A paid link that readers meet before the disclosure", why="16 CFR 255.0(f): clear and conspicuous",
    ),
    Check(
        "AFF03", "error", seen.disclosed_in_footnote_only,
        about="A disclosure in a footnote and nowhere else", why="16 CFR 255.0(f): unavoidable, without hover or click",
    ),
    Check(
        "AFF04", "warning", seen.vague_disclosure,
        about="A disclosure that says “affiliate link” and not that we are paid",
        why="FTC's questions and answers: “affiliate link” alone is not understood",
    ),
    Check(
        "AFF05", "error", missing.missing_amazon_statement,
        about="An Amazon link without Amazon's sentence", why="Amazon Associates agreement",
    ),
    Check(
        "EU01", "error", seen.unlabelled_for_europe,
        about="A paid link for readers in the UK, Germany, Austria or France without their word for advertising",
        why="CAP 2.1 (UK); § 5a UWG (Germany); UCPD art. 7(2)",
    ),
    Check(
        "CLM09", "error", safety.missing_fda_statement,
        about="A statement about what a supplement does, without the FDA's disclaimer (US)",
        why="21 CFR 101.93(b)-(e)",
    ),
    Check(
        "SAF01", "warning", safety.missing_interactions,
        about="An advised supplement without the note on its interactions",
        why="NIH Office of Dietary Supplements; FTC 2022: risks have to be told",
    ),
    Check(
        "SAF03", "error", missing.missing_health_information,
        about="A health article that does not say that it is no medical advice",
        why="A health page carries more duty of care",
    ),
    Check(
        "SAF04", "warning", safety.missing_group_warnings,
        about="A group that needs more care, beside an advised supplement, without its warning",
        why="FTC Health Products Compliance Guidance 2022",
    ),
)  # fmt: skip
