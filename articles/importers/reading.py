"""A file's text, or one clear sentence why it cannot be read."""

from __future__ import annotations

import codecs
from pathlib import Path

MAX_BYTES = 2 * 1024 * 1024  # ten times what one article may hold; a larger file is no article
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class UnreadableFileError(ValueError):
    """A file that cannot be imported as it is. Says which file, which line if known, and what to do."""

    def __init__(self, path: Path, problem: str, line: int | None = None) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{place}: {problem}")


def read_text(path: Path) -> str:
    """Return the text of a file with "\\n" line ends and no byte-order mark. Raises UnreadableFileError."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES // 2**20
            problem = f"the file has {size / 2**20:.1f} MB; an article may have {limit} MB. Split it up."
            raise UnreadableFileError(path, problem)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path, f"the file cannot be opened ({error.strerror or error}).") from error
    text = _decode(path, data)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise UnreadableFileError(path, "it holds a null character; is it a text file?", line)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(path: Path, data: bytes) -> str:
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        start = error.start + len(mark)
        line = data[:start].count(b"\n") + 1
        problem = f"byte 0x{data[start]:02x} is not {encoding.upper()}. Save the file as UTF-8; nothing was taken over."
        raise UnreadableFileError(path, problem, line) from error
