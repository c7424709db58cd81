"""LaTeX in bibliographies to text with `<i>`, `<sub>`, `<sup>`, and back."""

from __future__ import annotations

import re
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text

# Private characters stand for our three marks while pylatexenc decodes around them.
OPEN = {"i": "\ue000", "sub": "\ue002", "sup": "\ue004"}
CLOSE = {"i": "\ue001", "sub": "\ue003", "sup": "\ue005"}
TAGS = {mark: f"<{name}>" for name, mark in OPEN.items()} | {
    mark: f"</{name}>" for name, mark in CLOSE.items()
}
MARKED = {
    **dict.fromkeys(("textit", "emph", "mkbibemph", "textsl", "mathit", "it", "em", "sl"), "i"),
    "textsubscript": "sub",
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript"), "sup"),
}
INNER = r"((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)"
COMMAND = re.compile(rf"\\({'|'.join(MARKED)})\s*\{{{INNER}\}}")  # \emph{words}
SWITCH = re.compile(rf"\{{\\({'|'.join(MARKED)})\s+{INNER}\}}")  # {\em words}
SPECIAL = re.compile(r"[\\{}$~]|--|``|''")
BARE = re.compile(r"(?<!\\)([%&#])")  # Crossref writes them unescaped; to TeX "%" is a comment
MATH = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
SCRIPT = re.compile(r"([_^])(\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|[^\s\\{}])")
LONGEST = 20_000
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
WRITTEN = {"i": "textit", "sub": "textsubscript", "sup": "textsuperscript"}


def decode(text: str) -> str:
    """Return the text without LaTeX. What LaTeX's grammar cannot read stays, without its braces."""
    if not SPECIAL.search(text):
        return text
    if len(text) > LONGEST:  # an abstract at the most; the decoder takes a second for a megabyte
        return text.replace("{", "").replace("}", "")
    if len(re.findall(r"(?<!\\)\$", text)) % 2:
        text = re.sub(r"(?<!\\)\$", r"\\$", text)
    prepared = MATH.sub(_scripts, BARE.sub(r"\\\1", text))
    for pattern in (COMMAND, SWITCH):
        prepared = pattern.sub(_marked, prepared)
    try:
        decoded = _decoder().latex_to_text(prepared)
    except Exception:  # noqa: BLE001  whatever the decoder stumbles over, the words remain
        decoded = re.sub(r"[{}]", "", prepared)
    decoded = decoded.replace("\u02c6", "^").replace("\u02dc", "~")  # \textasciicircum, \textasciitilde
    for mark, tag in TAGS.items():
        decoded = decoded.replace(mark, tag)
    return " ".join(decoded.split())


def encode(text: str) -> str:
    """Return the text as BibTeX takes it: our marks as commands, the special characters escaped, the rest UTF-8."""
    written = "".join(ESCAPES.get(letter, f"\\{letter}" if letter in "%&#$_" else letter) for letter in text)
    for name, command in WRITTEN.items():
        written = re.sub(rf"<{name}>(.*?)</{name}>", rf"\\{command}{{\1}}", written)
    return written


def _scripts(found: re.Match[str]) -> str:
    def script(part: re.Match[str]) -> str:
        name = "sub" if part[1] == "_" else "sup"
        inner = part[2][1:-1] if part[2].startswith("{") else part[2]
        return f"{OPEN[name]}{{{inner}}}{CLOSE[name]}"

    return f"${SCRIPT.sub(script, found[1])}$"


def _marked(found: re.Match[str]) -> str:
    name = MARKED[found[1]]
    return f"{OPEN[name]}{{{found[2]}}}{CLOSE[name]}"


@lru_cache(maxsize=1)
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=True)
