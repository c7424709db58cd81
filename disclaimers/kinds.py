"""The kinds that rules and checks know. An imported record may have another one and keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from disclaimers.conditions import groups, nutrients

INTERACTION, GROUP = "interaction_", "group_"  # followed by the id of the nutrient or the group

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "affiliate_disclosure": "Commission disclosure",
        "affiliate_label": "Ad label",
        "ranking_disclosure": "Disclosure of paid ranking",
        "network_statement": "Statement that a network asks for",
        "content_disclaimer": "Note on a network's content",
        "health_information": "Health information",
        "structure_function_disclaimer": "FDA statement on supplements",
        "regulatory_note": "Note on what the regulator does",
        "eu_health_claim_statement": "EU statement with a health claim",
        "eu_supplement_statement": "EU statement on supplements",
        "evidence_note": "Note on evidence",
        "emergency": "Urgent symptoms",
        "dose_elemental": "Note on elemental amounts",
        "dose_magnesium_limit": "Limit of magnesium",
        "privacy": "Privacy",
        **{f"{INTERACTION}{name}": f"Interactions of {words}" for name, words in nutrients()},
        **{f"{GROUP}{name}": f"Warning for a group: {words}" for name, words in groups()},
        "group_surgery": "Warning for a group: surgery",
        "unclear_disclosure": "Disclosure that does not say that we are paid",
        "imported_notice": "Imported notice",
        "other": "Other",
    }
)
