"""Words that stay words: what would be Markdown, a citation or a directive by accident is escaped."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile("[ \t\r\x0b\x0c\x1c-\x1f\x85\xa0\u2028\u2029]+")
_INLINE = re.compile(
    r"[\\`*\[\]|]|~(?=~)|(?<=~)~|(?<![\w./+])@(?=[\w{])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,40};)|<(?=[A-Za-z/!?])"
)
_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_LINE_START = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=[\s-]|$)|=(?==*\s*$)|>|:(?=[:-]))")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_ADDRESS = re.compile(r"[\s\x00-\x20\x7f\"'()<>\[\]\\^`{|}*_~\ud800-\udfff]")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_MARKS = re.compile(r"[\[\]`*~<>\\|@]+")


def spaced(text: str) -> str:
    """Return the text with plain blanks in place of all others, and without letters that nobody sees."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text))


def visible(text: str) -> str:
    """Return the text without letters that nobody sees and that no database takes."""
    return _INVISIBLE.sub("", text)


def escape(text: str) -> str:
    """Escape what means something within a line."""
    return _INLINE.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), text)


def escape_start(line: str) -> str:
    """Escape what means something at the beginning of a line."""
    if number := _NUMBER.match(line):
        return f"{number[1]}\\{line[number.end(1) :]}"
    return f"\\{line}" if _LINE_START.match(line) else line


def one_address(written: str) -> str:
    """Return what an attribute names, as browsers read it."""
    return re.sub(r"[\t\n\r]", "", written).strip()


def address(text: str) -> str:
    """Return an address as it may stand between the round brackets of a link."""
    encoded = _ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in _bytes(found[0])), text)
    return _ENTITY.sub("&amp;", encoded)


def _bytes(character: str) -> bytes:
    return character.encode("utf-8", "replace")


def plain_words(text: str) -> str:
    """Return the description of a picture: one line, no marks."""
    return " ".join(_MARKS.sub(" ", spaced(text)).split())


def quoted(text: str) -> str:
    """Return one line for the title of a picture, which stands between quotation marks."""
    line = " ".join(spaced(text).split())
    for mark, written in (("&", "&amp;"), ("\\", "&#92;"), ('"', "&quot;"), ("|", "&#124;"), ("`", "&#96;")):
        line = line.replace(mark, written)
    return line.replace("<", "&lt;").replace("[", "&#91;").replace("]", "&#93;")


def code_span(text: str) -> str:
    """Return a span of code, whatever backticks are in it."""
    line = " ".join(_INVISIBLE.sub("", text).split())
    if not line:
        return ""
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"{fence}{line}{fence}"
