"""Telling programs by the name that they give themselves: a public list, our supplement, and what no browser does.

Measured on strings, one vote each (tests/affiliates/test_agents.py): 145 programs, 54 drawers of previews and 97
browsers that were written down from documentation and not taken from either list.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

FILE = Path(__file__).parent.parent / "data" / "agents.yaml"
# Words that name a program in any product's name. "Cubot" is a maker of phones.
_WORDS = re.compile(
    r"(?<!cu)bot(?:\b|_)|crawl|spider|scrap(?:e|y)|slurp|archiv|monitor|preview|headless|phantomjs|selenium"
    r"|curl|wget|httpie|python|perl|ruby|php/|java/|okhttp|go-http|node-fetch|axios|undici|libwww|lwp|postman|insomnia"
    r"|http[-_]?client|facebookexternalhit|whatsapp/|feed(?:fetcher|burner|ly)|link ?check|validator",
    re.IGNORECASE,
)
# Every browser since 1995 begins like this, and none names a web page or a mailbox.
_BROWSER = re.compile(r"(?:Mozilla|Opera)/\d")
_ADDRESS = re.compile(r"https?:|mailto:|\+http|[\w.]@[\w-]+\.", re.IGNORECASE)


def is_link_preview(user_agent: str) -> bool:
    return bool(_listed_previews().search(user_agent) or _own("preview").search(user_agent))


def is_program(user_agent: str) -> bool:
    """Return whether a string belongs to a program. Text browsers name the libraries of programs, and are people's."""
    if _ADDRESS.search(user_agent) or _listed().search(user_agent):
        return True
    if _own("browser").search(user_agent):
        return False
    is_browser = _BROWSER.match(user_agent) and not _WORDS.search(user_agent)
    return not is_browser or bool(_own("program").search(user_agent))


@cache
def _listed() -> re.Pattern[str]:
    return re.compile("|".join(entry["pattern"] for entry in CRAWLER_USER_AGENTS_DATA))


@cache
def _listed_previews() -> re.Pattern[str]:
    previews = [entry for entry in CRAWLER_USER_AGENTS_DATA if "social-preview" in entry.get("tags", ())]
    return re.compile("|".join(entry["pattern"] for entry in previews))


@cache
def _own(kind: str) -> re.Pattern[str]:
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return re.compile("|".join(entry["pattern"] for entry in entries if entry["kind"] == kind), re.IGNORECASE)
