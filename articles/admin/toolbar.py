"""What the toolbar above the text offers. Fixed marks of Markdown; blocks and pickers come from the registry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from articles.compile.parser import parser
from cms import plugins
from cms.contracts import Syntax


@dataclass(frozen=True, slots=True)
class Mark:
    """Wraps or prefixes the selection. `before` and `after` are put around it; `line` starts each line."""

    id: str
    label: str
    icon: str
    before: str = ""
    after: str = ""
    line: str = ""
    keys: str = ""


MARKS = (
    Mark("bold", "Bold", "format_bold", "**", "**", keys="Ctrl+B"),
    Mark("italic", "Italic", "format_italic", "*", "*", keys="Ctrl+I"),
    Mark("heading", "Heading", "format_h2", line="## ", keys="Ctrl+Shift+2"),
    Mark("subheading", "Subheading", "format_h3", line="### ", keys="Ctrl+Shift+3"),
    Mark("list", "List", "format_list_bulleted", line="- ", keys="Ctrl+Shift+8"),
    Mark("numbers", "Numbered list", "format_list_numbered", line="1. ", keys="Ctrl+Shift+7"),
    Mark("quote", "Quotation", "format_quote", line="> ", keys="Ctrl+Shift+9"),
    Mark("link", "Link", "link", "[", "](https://)", keys="Ctrl+K"),
)


# Digits, since browsers keep most letters with Ctrl+Shift for themselves and AltGr types characters.
PICKER_KEYS = ("Ctrl+Shift+1", "Ctrl+Shift+4", "Ctrl+Shift+5", "Ctrl+Shift+6", "Ctrl+Shift+0")


@dataclass(frozen=True, slots=True)
class Picker:
    """A search in what a syntax can insert."""

    id: str
    label: str
    keys: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A `:::name` block."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Toolbar:
    marks: Sequence[Mark]
    pickers: Sequence[Picker]
    blocks: Sequence[Block]


def toolbar() -> Toolbar:
    """Return the marks, and whatever the plugins that are switched on add."""
    blocks = [Block(container.name, container.label) for container in parser().containers.values()]
    syntaxes = [syntax for syntax in plugins.registry().syntaxes.values() if _picks(syntax)]
    keys = zip(syntaxes, chain(PICKER_KEYS, repeat("")), strict=False)
    pickers = [
        Picker(syntax.id, syntax.label or _words(syntax.id), key, syntax.trigger) for syntax, key in keys
    ]
    return Toolbar(MARKS, pickers, blocks)


def _picks(syntax: Syntax) -> bool:
    return syntax.picker is not Syntax.__dataclass_fields__["picker"].default


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
