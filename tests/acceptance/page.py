"""A page as a reader's browser sees it: elements in document order, text without mark-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "br", "hr", "source", "input", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    position: int
    text: str = ""

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


@dataclass
class Page(HTMLParser):
    """`elements` in document order; `text` is what stands outside scripts."""

    html: str
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()
        assert not self.open, f"{[element.tag for element in self.open]} are never closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, len(self.elements))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if any(element.tag in {"script", "style"} for element in self.open):
            return
        self.words.append(data)
        for element in self.open:
            element.text += data

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str = "", css: str = "") -> list[Element]:
        return [
            element
            for element in self.elements
            if (not tag or element.tag == tag) and (not css or element.has_class(css))
        ]

    def one(self, tag: str = "", css: str = "") -> Element:
        found = self.all(tag, css)
        assert len(found) == 1, f"{len(found)} elements <{tag} class={css!r}>"
        return found[0]

    @property
    def paid_links(self) -> list[Element]:
        return [link for link in self.all("a") if "sponsored" in link.attributes.get("rel", "")]

    def named(self, identifier: str) -> Element:
        found = [element for element in self.elements if element.attributes.get("id") == identifier]
        assert len(found) == 1, f"{len(found)} elements with the id {identifier!r}"
        return found[0]
