"""The one allow-list that every piece of article HTML goes through, after rendering."""

from __future__ import annotations

import re

import nh3

ID_PREFIX = "c-"
TAGS = set(
    "a abbr aside b blockquote br caption cite code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i"
    " img ins kbd li mark ol p picture pre q s samp section small source span strong sub summary sup table tbody td"
    " tfoot th thead time tr u ul".split()
)
ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "role", "title", "tabindex"},
    "a": {"href", "rel", "hreflang"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding", "fetchpriority"},
    "source": {"srcset", "sizes", "type"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "q": {"cite"},
}
_CANDIDATE = r"\s*(?:https?:/)?/[^\s,/\\][^\s,\\]*(?:\s+\d{1,5}w)?\s*"  # of this site, or a full address
SRCSET = re.compile(rf"{_CANDIDATE}(?:,{_CANDIDATE})*")
ID_LISTS = {"id", "aria-labelledby", "aria-describedby", "aria-controls", "headers"}


def prefixed(name: str) -> str:
    """Return the id as it stands in the page: user text must not be able to name the site's own ids."""
    return ID_PREFIX + name


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute in ID_LISTS:
        return " ".join(prefixed(name) for name in value.split()) or None
    if attribute == "href" and value.startswith("#"):
        return f"#{prefixed(value[1:])}"
    if attribute == "srcset" and not SRCSET.fullmatch(value):
        return None  # nh3 looks at the schemes of href and src only
    return value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    generic_attribute_prefixes={"data-", "aria-"},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,  # the renderer sets rel; nh3's default would add noreferrer, which breaks Amazon's terms
    attribute_filter=_filter,
)


def clean(html: str) -> str:
    """Return safe HTML with every id and fragment prefixed. Not idempotent: clean a piece once."""
    return _cleaner.clean(html)
