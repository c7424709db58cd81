"""Front matter as YAML: the same values come back, here and in tools that read YAML a little differently."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

import yaml

FIRST = (
    "title slug date updated language authors reviewed_by reviewed_on topic tags description image image_alt"
    " canonical_url jurisdictions affiliate_link recommended"
).split()
LAST = ("references",)  # by far the longest
FIRST_INSIDE = ("id", "type", "title")
# Numbers, dates and yes/no as YAML 1.1 or 1.2 understands them; PyYAML itself would leave some of them bare.
_LOOKS_OTHERWISE = re.compile(r"[\d.+~-].*|y|n|yes|no|on|off|true|false|null", re.IGNORECASE)
_BREAK = re.compile("[\n\r\x85\u2028\u2029]")  # what YAML calls a line break


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """Keep every text on one line: nothing in it can then be taken for the end of the front matter or a comment."""
    style = None
    if _BREAK.search(value):
        style = '"'
    elif _LOOKS_OTHERWISE.fullmatch(value):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def write_front_matter(values: Mapping[str, Any]) -> str:
    """Return the lines between the fences; known keys first, in the order of the documents."""
    unknown = sorted(set(values) - set(FIRST) - set(LAST))
    ordered = {key: _sorted(values[key]) for key in (*FIRST, *unknown, *LAST) if key in values}
    return yaml.dump(ordered, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=sys.maxsize)


def _sorted(value: Any) -> Any:
    """Order the keys inside a value: PostgreSQL and SQLite hand them out differently, and a diff would show it."""
    if isinstance(value, Mapping):
        keys = [*(key for key in FIRST_INSIDE if key in value), *sorted(set(value) - set(FIRST_INSIDE))]
        return {key: _sorted(value[key]) for key in keys}
    return [_sorted(inner) for inner in value] if isinstance(value, list) else value
