"""RIS in: a tolerant pre-pass puts the lines into the order that rispy wants, rispy splits them into fields.

Source of the tags: https://en.wikipedia.org/wiki/RIS_(file_format) and the files of a dozen publishers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import rispy

from references.formats.base import Batch, Entry, Problem, beginning
from references.formats.ris_fields import to_csl

START, END = "TY", "ER"
KNOWN = (
    "A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP ED EP ET ID IS J1 J2 JA JF JO"
    " KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PM PP PY RI RN RP SE SN SP ST T1 T2 T3 TA TI TT U1 U2 U3 U4 U5"
    " UR VL VO Y1 Y2"
).split()
# Of "CI - 95 %" in an abstract only the spelling of the standard, with two blanks, would make a field.
TAG = re.compile(rf"\s*(?:([A-Z][A-Z0-9])  -|({'|'.join([START, END, *KNOWN])}) {{0,3}}-)(?:[ \t]+|$)(.*)$")
IDENTIFY = {
    "TI",
    "T1",
    "CT",
    "BT",
    "AU",
    "A1",
    "DO",
    "DI",
    "ED",
}  # a record without any is a piece of the one before


@dataclass(slots=True)
class Record:
    line: int
    kind: str = ""
    fields: list[list[str]] = field(default_factory=list)

    @property
    def is_work(self) -> bool:
        return any(tag in IDENTIFY and value for tag, value in self.fields)


def sniff(text: str) -> float:
    if re.search(r"^\s*TY {0,3}-", text, re.MULTILINE):
        return 0.9
    return 0.5 if re.search(r"^\s*ER {0,3}-", text, re.MULTILINE) else 0.0


def read(text: str) -> Batch:
    """Read every record; a missing TY or ER, blanks, unknown tags and words between records do not matter."""
    entries, problems = [], []
    for record in records(text):
        fields = _parse(record)
        if fields:
            entries.append(Entry(to_csl(record.kind, fields), record.line))
        else:
            problems.append(Problem(record.line, "This record is empty.", beginning(record.kind)))
    return Batch("ris", tuple(entries), tuple(problems))


def records(text: str) -> Iterator[Record]:
    """Yield the records. A second TY opens a new one only if both halves name a work: ER is often missing."""
    open_record: Record | None = None
    lines = [_split(line) for line in text.split("\n")]
    for number, (tag, value) in enumerate(lines, 1):
        if tag == END:
            if open_record is not None:
                yield open_record
            open_record = None
        elif tag == START:
            if open_record is not None and open_record.is_work and _follows_a_work(lines, number):
                yield open_record
                open_record = None
            if open_record is None:
                open_record = Record(number)
            open_record.kind = open_record.kind or value
        elif tag:
            open_record = open_record or Record(number)
            open_record.fields.append([tag, value])
        elif open_record is not None and open_record.fields and value:
            last = open_record.fields[-1]
            last[1] = f"{last[1]} {value}".strip()
    if open_record is not None:
        yield open_record


def _split(line: str) -> tuple[str, str]:
    found = TAG.match(line)
    return (found[1] or found[2], found[3].strip()) if found else ("", line.strip())


def _follows_a_work(lines: list[tuple[str, str]], start: int) -> bool:
    """Return whether the lines from `start` to the next TY or ER say which work they mean."""
    for tag, value in islice(lines, start, None):
        if tag in {START, END}:
            return False
        if tag in IDENTIFY and value:
            return True
    return False


NO_DELIMITERS: dict[str, str] = {}


class Reader(rispy.RisParser):
    """Tags keep their names, since their meaning depends on the kind of work, and each may stand several times."""

    DEFAULT_MAPPING = {tag: tag for tag in (START, END, *KNOWN)} | {"UK": "unknown"}
    DEFAULT_LIST_TAGS = KNOWN
    DEFAULT_DELIMITER_MAPPING = NO_DELIMITERS


def _parse(record: Record) -> dict[str, list[str]]:
    """Let rispy read one record in its strict spelling."""
    lines = [f"{tag}  - {value}" for tag, value in record.fields if value]
    if not lines:
        return {}
    text = "\n".join([f"{START}  - {record.kind or 'GEN'}", *lines, f"{END}  - ", ""])
    [fields] = rispy.loads(text, implementation=Reader, skip_unknown_tags=True)
    fields.pop(START)
    return dict(fields)
