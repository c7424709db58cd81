"""Importer "front_matter": Markdown with YAML or TOML on top, as Jekyll, Hugo and our own export write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from articles import addresses
from articles.importers import header as headers
from articles.importers.article import finish
from articles.importers.citekeys import author_key, title_key
from articles.importers.csl import family_names, year_of
from articles.importers.draft import Draft, told
from articles.importers.keys import Reading, read_keys
from articles.importers.lines import split
from articles.importers.own import is_own, read_own
from articles.importers.plain import EXTENSIONS
from articles.importers.reading import UnreadableFileError, read_text
from articles.importers.values import TooManyValuesError, plain
from articles.importers.words import quote
from articles.nesting import TooDeepError
from cms import plugins
from cms.contracts import Finding, ImportedArticle, Importer

_DATED_NAME = re.compile(r"^(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.+)$")
_FIRST_BYTES = 64


def sniff(path: Path) -> float:
    """Return 1 for a text file that begins with a line of front matter."""
    if path.suffix.casefold() not in EXTENSIONS:
        return 0.0
    try:
        with path.open("rb") as file:
            first = file.read(_FIRST_BYTES)
    except OSError:
        return 0.0
    if first[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        first = first[2:].replace(b"\0", b"")
    first_line = first.removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    return 1.0 if first_line and first_line[0].rstrip() in {b"---", b"+++"} else 0.0


def read(path: Path) -> Iterator[ImportedArticle]:
    """Yield the one article of a file. Raises UnreadableFileError."""
    text = read_text(path)
    try:
        header = headers.find_header(text)
    except ValueError as error:
        raise UnreadableFileError(path, str(error), 1) from error
    if header is None:  # a rule as the first line, not front matter
        yield finish(Draft(split(text)), path)
        return
    raw, repeated = headers.parse(header, path)
    try:
        values = plain(raw)
    except TooManyValuesError as error:
        raise UnreadableFileError(path, str(error), 1) from error
    except TooDeepError as error:
        raise UnreadableFileError(path, f"the front matter is nested too deep: {error}.", 1) from error
    if is_own(values):
        yield read_own(header, values, path, _comments(header), tuple(repeated))
        return
    reading = read_keys(values, _keys_of_plugins())
    yield finish(_draft(header, reading, repeated, path), path)


def _keys_of_plugins() -> frozenset[str]:
    parts = plugins.registry().article_parts.values()
    return frozenset(key for part in parts for key in part.front_matter_keys)


def _draft(header: headers.Header, reading: Reading, repeated: list[str], path: Path) -> Draft:
    values = dict(reading.values)
    lines = split(header.body, header.body_line)
    draft = Draft(lines, title=str(values.pop("title", "")))
    draft = draft.wonder(*repeated, *reading.not_understood).tell(*_comments(header))
    if reading.renamed:
        message = f"Keys of the front matter were read as ours: {', '.join(reading.renamed)}."
        draft = draft.tell(told("IMP12", message))
    if name := _DATED_NAME.match(path.stem):
        values.setdefault("date", name["date"])
        values.setdefault("slug", slugify(name["slug"]))
    if aliases := values.get("aliases"):
        listed = ", ".join(aliases)
        message = f"Old addresses were kept as “aliases”; they lead here once it is published: {listed}."
        draft = draft.tell(told("IMP17", message))
        draft = draft.wonder(*filter(None, map(addresses.problem_of, aliases)))
    references, draft = _with_keys(values.pop("references", []), draft)
    return draft.but(front_matter=values, references=references)


def _comments(header: headers.Header) -> tuple[Finding, ...]:
    message = "A comment in the front matter is not kept."
    return tuple(told("IMP12", message, line=line, quote=line.text) for line in header.comments)


def _with_keys(items: list[Mapping[str, Any]], draft: Draft) -> tuple[tuple[Mapping[str, Any], ...], Draft]:
    """Give references without a key, or with one that another has, a key of their own."""
    taken: set[str] = set()
    references = []
    for item in items:
        key = str(item.get("id") or "").strip()
        if not key or key in taken:
            names = family_names(item)
            title = str(item.get("title", ""))
            new = author_key(names[0], year_of(item), taken) if names else title_key(title, taken)
            why = f"the key {quote(key)} is taken" if key else "it had no key"
            draft = draft.wonder(f"The reference {quote(title or key)} is cited as @{new}: {why}.")
            key = new
        taken.add(key)
        references.append({**item, "id": key})
    return tuple(references), draft


IMPORTER = Importer("front_matter", sniff, read)
