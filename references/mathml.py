"""MathML in titles to one line of text: sub- and superscripts stay, everything else is read out in its order."""

from __future__ import annotations

import re
from html import unescape

MATH = re.compile(r"<(?:\w+:)?math\b[^<>]*>(.*?)</(?:\w+:)?math>", re.IGNORECASE | re.DOTALL)
TOKEN = re.compile(r"<(/?)(?:\w+:)?([a-z]+)\b[^<>]*?(/?)>|([^<]+|<)", re.IGNORECASE)
SILENT = {"annotation", "annotation-xml", "maligngroup"}
WRITTEN = {
    "msub": "{0}<sub>{1}</sub>",
    "msup": "{0}<sup>{1}</sup>",
    "msubsup": "{0}<sub>{1}</sub><sup>{2}</sup>",
    "mfrac": "{0}/{1}",
    "mroot": "{1}√{0}",
}
LENGTHS = {name: form.count("}") for name, form in WRITTEN.items()}
DEPTH = 40

Node = tuple[str, list[str]]  # name, the text of each child


def to_text(html: str) -> str:
    """Return the text with every formula written out as "Mg<sup>2+</sup>"."""
    return MATH.sub(lambda found: " ".join(_formula(found[1]).split()), html)


def _formula(inner: str) -> str:
    stack: list[Node] = [("math", [])]
    for found in TOKEN.finditer(inner):
        closing, name, single, text = found[1], (found[2] or "").lower(), found[3], found[4]
        if text is not None:
            if text.strip():
                stack[-1][1].append(_escaped(" ".join(text.split())))
        elif name == "mspace":
            stack[-1][1].append(" ")
        elif closing:
            if len(stack) > 1 and stack[-1][0] == name:
                done = stack.pop()
                stack[-1][1].append(_written(*done))
        elif not single and len(stack) < DEPTH:
            stack.append((name, []))
    while len(stack) > 1:
        done = stack.pop()
        stack[-1][1].append(_written(*done))
    return "".join(stack[0][1])


def _written(name: str, children: list[str]) -> str:
    if name in SILENT:
        return ""
    if len(children) == LENGTHS.get(name):
        return WRITTEN[name].format(*children)
    return f"{'√' if name == 'msqrt' else ''}{''.join(children)}"


def _escaped(text: str) -> str:
    return unescape(text).replace("&", "&amp;").replace("<", "&lt;")
