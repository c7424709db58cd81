"""XML of others without what makes XML dangerous: no entity is declared, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MAX_DEPTH = 100  # PubMed has 15 levels and its formulas as many again
KEPT = {"i": "i", "em": "i", "italic": "i", "sub": "sub", "sup": "sup"}
SCRIPTS = {"msub": "sub", "msup": "sup"}  # MathML: a base, then what is raised or lowered


class InvalidXml(ValueError):
    """The text is no XML that we read."""


class _Builder(TreeBuilder):
    """Builds no deeper than our readers, which call themselves, can follow."""

    depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise InvalidXml(f"XML that is nested deeper than {MAX_DEPTH} levels is not read.")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse(text: str) -> Element:
    """Return the root element. Raises InvalidXml, for a document that declares entities, too."""
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
        return builder.close()
    except (expat.ExpatError, AssertionError) as error:
        raise InvalidXml(f"This is no XML: {error}") from error


def _refuse(*_: Any) -> None:
    raise InvalidXml("XML that declares entities is not read.")


def marked(element: Element | None) -> str:
    """Return the words of an element with the few marks that titles keep: `<i>`, `<sub>`, `<sup>`."""
    return " ".join("".join(_pieces(element)).split()) if element is not None else ""


def _pieces(element: Element) -> Iterator[str]:
    name = element.tag.rpartition(":")[2]
    mark, script = KEPT.get(name), SCRIPTS.get(name)
    if mark:
        yield f"<{mark}>"
    if not script:  # blanks between the elements of a formula mean nothing
        yield escape(element.text or "", quote=False)
    for place, child in enumerate(element):
        yield f"<{script}>" if script and place == 1 else ""
        yield from _pieces(child)
        yield f"</{script}>" if script and place == 1 else ""
        if not script:
            yield escape(child.tail or "", quote=False)
    if mark:
        yield f"</{mark}>"
