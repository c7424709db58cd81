"""Citations such as "(Siebrecht, 2013)": linked where a listed reference matches, reported and left where none does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.importers import csl
from articles.importers.draft import Draft, told
from articles.importers.lines import Kind, Line
from articles.importers.words import fold, quote
from cms.contracts import Finding

_BRACKET = re.compile(rf"(?<!\])\((?P<inside>[^()\[\]`]{{2,300}}?\b{csl.YEAR}[a-z]?\b[^()\[\]`]{{0,80}})\)")
_NARRATIVE = re.compile(
    r"(?P<authors>\b[^\W\d_][\w'’-]+(?:\s+(?:&|and)\s+[^\W\d_][\w'’-]+|\s+et\s+al\.)?)"
    rf"\s+\((?P<year>{csl.YEAR})(?P<letter>[a-z])?\)"
)
_PART = re.compile(
    rf"^(?P<prefix>(?:see(?: also)?|e\.g\.,?|cf\.)\s+)?(?P<authors>[^\W\d_][^;\d]{{0,200}}?)[,\s]\s*"
    rf"(?P<year>{csl.YEAR})(?P<letter>[a-z])?(?P<locator>\s*,\s*pp?\.\s*[\d–-]+)?$"
)
_NAME_WORD = re.compile(r"^[^\W\d_][\w'’.-]*$")
_PARTICLES = frozenset("al da das de del della den der di dos du el la le ten ter van von".split())
_CODE = re.compile(r"(`+[^`]*`+)")
_NOT_AUTHORS = frozenset(
    "january february march april may june july august september october november december spring summer autumn fall"
    " winter since in from until before after around circa about early late updated accessed published".split()
)


def written_out(text: str) -> Iterator[str]:
    """Yield citations that are plain words, such as "Liu et al., 2021" of "(Liu et al., 2021)"."""
    for found in _BRACKET.finditer(text):
        for part in (part.strip() for part in found["inside"].split(";")):
            shape = _PART.match(part)
            if shape and _is_citation(shape):
                yield part


def linked(bracket: str, references: Sequence[Mapping[str, Any]]) -> str | None:
    """Return "[@liu2021]" for "(Liu et al., 2021)" where exactly one of the CSL items fits each work, else None."""
    found = _BRACKET.fullmatch(bracket)
    ledger = _Ledger(references, 0, [])
    text = _group(found, Line(bracket, 1), ledger) if found else bracket
    return text if text.startswith("[") and text.endswith("]") else None


@dataclass(slots=True)
class _Ledger:
    """How many citations were linked, and what was found on the way."""

    references: Sequence[Mapping[str, Any]]
    count: int
    findings: list[Finding]


def link_citations(draft: Draft) -> Draft:
    """Turn citations into `[@key]`. Reports what is cited but not listed, and listed but never cited."""
    ledger = _Ledger(draft.references, 0, [])
    lines = [line if line.is_code or line.kind is Kind.TABLE else _link(line, ledger) for line in draft.lines]
    written = "\n".join(line.text for line in lines if not line.is_code)
    never = [item for item in draft.references if not _is_cited(str(item.get("id")), written)]
    uncited = [
        told(
            "EVD06",
            f"The reference {quote(str(item.get('title', '')))} is listed but never cited.",
            quote=str(item.get("id", "")),
            fix=f"Cite it where it supports the text: [@{item.get('id', '')}], or drop it.",
        )
        for item in never
    ]
    if ledger.count:
        message = f"Citations linked to their references: {ledger.count}."
        ledger.findings.append(told("IMP10", message))
    return draft.with_lines(lines).tell(*ledger.findings, *uncited)


def _is_cited(key: str, written: str) -> bool:
    return bool(re.search(rf"@{re.escape(key)}(?![\w:-])", written))


def _link(line: Line, ledger: _Ledger) -> Line:
    pieces = _CODE.split(line.text)
    for place, piece in enumerate(pieces):
        if place % 2 == 0 and "(" in piece:
            linked = _BRACKET.sub(lambda found: _group(found, line, ledger), piece)
            pieces[place] = _NARRATIVE.sub(lambda found: _narrative(found, ledger), linked)
    return line.but("".join(pieces))


def _group(found: re.Match[str], line: Line, ledger: _Ledger) -> str:
    """Return `[@a; @b]` for the listed works of one bracket, and the bracket with the rest."""
    linked: list[str] = []
    left: list[str] = []
    for part in (part.strip() for part in found["inside"].split(";")):
        shape = _PART.match(part)
        keys = _matches(shape, ledger.references) if shape else []
        if shape and len(keys) == 1:
            linked.append(f"{shape['prefix'] or ''}@{keys[0]}{shape['locator'] or ''}")
            continue
        left.append(part)
        if shape and (keys or _is_citation(shape)):
            ledger.findings.append(_unmatched(part, keys, line))
    if not linked:
        return found[0]
    ledger.count += len(linked)
    rest = f" ({'; '.join(left)})" if left else ""
    return f"[{'; '.join(linked)}]{rest}"


def _narrative(found: re.Match[str], ledger: _Ledger) -> str:
    """Return `Author [@key]` for "Author (2013)" if exactly one listed work matches; a year alone is no citation."""
    keys = _matches(found, ledger.references)
    if len(keys) != 1:
        return found[0]
    ledger.count += 1
    return f"{found['authors']} [@{keys[0]}]"


def _is_citation(shape: re.Match[str]) -> bool:
    """Return whether the words before a year can be authors: "Liu et al." can, "since May" or "Boston 1999" cannot."""
    names, has_more = csl.families(shape["authors"])
    has_comma = shape[0][shape.end("authors") :].startswith(",")
    return bool(names) and (has_more or has_comma or len(names) > 1) and all(map(_is_name, names))


def _is_name(name: str) -> bool:
    words = name.split()
    if len(words) > 4 or fold(words[0]) in _NOT_AUTHORS or fold(words[-1]) in _NOT_AUTHORS:
        return False
    if not all(map(_NAME_WORD.match, words)) or not words[-1][0].isupper():
        return False
    return all(word[0].isupper() or word.rstrip("'’").casefold() in _PARTICLES for word in words)


def _matches(shape: re.Match[str], references: Sequence[Mapping[str, Any]]) -> list[str]:
    names, _ = csl.families(shape["authors"])
    wanted = [fold(name) for name in names]
    year = shape["year"]
    found = []
    for item in references:
        listed = csl.family_names(item)
        same_people = bool(wanted) and listed[:1] == wanted[:1]
        if len(wanted) > 1 and len(listed) > 1:
            same_people = same_people and listed[1] == wanted[1]
        if same_people and csl.year_of(item) == year:
            found.append(str(item["id"]))
    letter = shape["letter"]
    exact = [key for key in found if letter and key.endswith(f"{year}{letter}")]
    return exact or found


def _unmatched(part: str, keys: Sequence[str], line: Line) -> Finding:
    if keys:
        message = f"({part}) may be any of {', '.join(keys)}."
        return told(
            "EVD04",
            message,
            line=line,
            quote=part,
            fix="Choose one and write it as [@key].",
            severity="error",
        )
    message = f"({part}) is cited but not listed among the references."
    return told(
        "EVD04", message, line=line, quote=part, fix="Add the reference, then cite it.", severity="error"
    )
