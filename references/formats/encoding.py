"""Bytes to text: reference managers write UTF-8, UTF-16 and Windows-1252, and often declare another one."""

from __future__ import annotations

import codecs
import re

MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"%\s*Encoding:\s*([\w.-]+)", re.IGNORECASE)
SAMPLE = 4000
ESCAPES = {"unicode-escape", "raw-unicode-escape"}  # source code in disguise: they make halves of characters
NULLS = 0.3  # of every second byte: Latin text in UTF-16 has them nearly everywhere, text in bytes nowhere


def decode(data: bytes) -> str:
    """Return the text of a file with "\\n" at the line ends. Never fails: what fits nothing is U+FFFD."""
    text = _decode(data)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\x00", "")


def _decode(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if wide := _utf16_without_mark(data):
        return data.decode(wide, "replace")
    # Valid UTF-8 is no accident; what a header declares often is.
    for name in ("utf-8", _declared(data), "windows-1252"):
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    return data.decode("windows-1252", "replace")


def _utf16_without_mark(data: bytes) -> str:
    sample = data[:SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[0::2].count(0) > half * NULLS:
        return "utf-16-be"
    return "utf-16-le" if sample[1::2].count(0) > half * NULLS else ""


def _declared(data: bytes) -> str:
    found = DECLARED.search(data[:SAMPLE])
    name = found[1].decode("ascii", "replace") if found else "utf-8"
    try:
        found_codec = codecs.lookup(name)
    except LookupError:
        return "utf-8"
    is_text = found_codec._is_text_encoding and found_codec.name not in ESCAPES
    return name if is_text else "utf-8"
