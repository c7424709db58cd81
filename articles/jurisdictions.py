"""Where rules apply. A site names the jurisdictions that it publishes for; the strictest of them wins. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

EVERYWHERE = "*"
EU_MEMBERS = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()
)
ALIASES: Mapping[str, str] = MappingProxyType({"GB": "UK", "EL": "GR"})


def touches(jurisdictions: Iterable[str], code: str) -> bool:
    """Return whether a rule for `jurisdictions` applies in `code`.

    "US" covers "US-CA". "EU" and its members touch each other both ways: a German text in the EU answers to German
    law.
    """
    own = {ALIASES.get(name, name) for name in jurisdictions}
    wanted = ALIASES.get(code, code)
    if EVERYWHERE in own or wanted in own or wanted.split("-")[0] in own:
        return True
    return ("EU" in own and wanted in EU_MEMBERS) or (wanted == "EU" and bool(own & EU_MEMBERS))
