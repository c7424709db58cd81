"""Generic directives: `:::name` containers and one-line `::name{…}` embeds."""

from __future__ import annotations

import re
import shlex
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, get_type_hints

from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from cms.contracts import Finding

if TYPE_CHECKING:
    from articles.compile.parser import Markdown

OPEN = re.compile(r"^(:{3,})\s*([a-z][a-z0-9-]*)\s*(.*)$")
CLOSE = re.compile(r"^:{3,}\s*$")
LEAF = re.compile(r"^::([a-z][a-z0-9-]*)\s*(?:\{([^}]*)\}\s*)?$")
FENCE = re.compile(r"^(`{3,}|~{3,})")
INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def install_directives(md: Markdown) -> None:
    md.block.ruler.before("fence", "container", _container, INTERRUPTS)
    md.block.ruler.before("fence", "embed", _make_leaf(md), INTERRUPTS)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _find_close(state: StateBlock, first: int, last: int) -> int | None:
    """Return the line that closes the container opened before `first`; fences and nested containers are skipped."""
    depth, fence = 1, ""
    for number in range(first, last):
        text = _line(state, number)
        mark = FENCE.match(text)
        if mark and (not fence or text.startswith(fence)):
            fence = "" if fence else mark.group(1)
        elif fence:
            continue
        elif CLOSE.match(text):
            depth -= 1
            if depth == 0:
                return number
        elif OPEN.match(text):
            depth += 1
    return None


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    opening = OPEN.match(_line(state, start))
    if opening is None:
        return False
    if silent:
        return True
    name, title = opening.group(2), opening.group(3).strip()
    close = _find_close(state, start + 1, end)
    until = end if close is None else close
    if close is None:
        message = f"The block :::{name} is never closed."
        fix = "Put ::: on a line of its own where the block ends."
        state.env["findings"].append(
            Finding("MD01", "error", message, line=start + 1, quote=f":::{name}", fix=fix)
        )

    token = state.push("container_open", "aside", 1)
    token.map, token.markup, token.meta, token.block = (
        [start, until],
        opening.group(1),
        {"name": name, "title": title},
        True,
    )
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", until
    state.md.block.tokenize(state, start + 1, until)
    state.parentType, state.lineMax = parent, line_max
    token = state.push("container_close", "aside", -1)
    token.meta, token.block = {"name": name}, True
    state.line = until if close is None else until + 1
    return True


def _make_leaf(md: Markdown) -> Any:
    def leaf(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.is_code_block(start):
            return False
        found = LEAF.match(_line(state, start))
        if found is None:
            return False
        if silent:
            return True
        name, raw = found.group(1), found.group(2) or ""
        token = state.push("embed", "", 0)
        token.map, token.block, token.content = [start, start + 1], True, _line(state, start)
        token.meta = {"name": name, "attrs": None, "error": ""}
        embed = md.embeds.get(name)
        if embed is not None:
            try:
                token.meta["attrs"] = build_attrs(embed.attrs, raw)
                state.env["embeds"].setdefault(name, []).append(token.meta["attrs"])
            except Exception as error:  # a plugin's class may refuse its values with any of them
                token.meta["attrs"], token.meta["error"] = None, str(error)
        state.line = start + 1
        return True

    return leaf


def build_attrs(attrs: type, raw: str) -> Any:
    """Fill a dataclass from the words of a directive.

    Plain words fill fields in order, a field typed as a tuple takes all that are left, `key=value` sets a field by
    name, several values of a list separated by commas. Raises ValueError with a message for the editor.
    """
    try:
        words = shlex.split(raw)
    except ValueError:
        raise ValueError("a quotation mark is not closed") from None
    hints = get_type_hints(attrs)
    values: dict[str, Any] = {}
    positional = [field.name for field in fields(attrs)]
    lists = {name for name in positional if str(hints[name]).startswith("tuple")}
    for word in words:
        name, equals, value = word.partition("=")
        if equals:
            if name not in hints:
                raise ValueError(f"it has no setting {name!r}")
            values[name] = value.split(",") if name in lists else value
        elif not positional:
            raise ValueError(f"{word!r} is one word too many")
        elif positional[0] in lists:
            values.setdefault(positional[0], []).append(word)
        else:
            values[positional.pop(0)] = word
    for field in fields(attrs):
        if field.name not in values and field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"it needs a {field.name.replace('_', ' ')}")
    return attrs(**{name: tuple(value) if name in lists else value for name, value in values.items()})
