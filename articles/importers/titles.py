"""The title: it is the page's only first-level heading, so it leaves the text, wherever it was found."""

from __future__ import annotations

import re
from pathlib import Path

from articles.importers.draft import Draft, told
from articles.importers.lines import Kind, Line, Lines, next_text, say_lines
from articles.importers.words import MOST_CHARACTERS, ends_sentence, fold, is_title, quote, title_from

ATX = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
HOUSE_LINE = re.compile(
    r"^\s*(?P<title>\S.{2,200}?) is an original \((?P<house>[^()]{1,80})\) article\.?\s*$"
)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-")


def mark_underlined(draft: Draft) -> Draft:
    """Write headings underlined with === or --- as # and ##, so that the rest knows one form only."""
    lines: list[Line] = []
    for line in draft.lines:
        under = UNDERLINE.match(line.text) if not line.is_code else None
        above = lines[-1] if lines else None
        if under is None or above is None or not above.is_prose or (len(lines) > 1 and lines[-2].is_prose):
            lines.append(line)
        elif ends_sentence(above.text) or len(above.text) > MOST_CHARACTERS:
            lines += [line.but(""), line]  # a rule below a paragraph, which Markdown would make a heading
        else:
            lines[-1] = above.but(f"{'#' if '=' in under.group(1) else '##'} {above.text.strip()}")
    return draft.with_lines(lines)


def take_heading(draft: Draft) -> Draft:
    """Take the title from the first heading if it is a first-level one, or drop that heading if it repeats it."""
    position = next((place for place, line in enumerate(draft.lines) if line.kind is Kind.HEADING), None)
    if position is None:
        return draft
    line = draft.lines[position]
    level, words = heading(line)
    if level != 1 or not words or (draft.title and fold(words) != fold(draft.title)):
        return draft
    if draft.title:
        message = "The title stood again as a heading of the text; the page shows it once."
    else:
        message = "The first heading became the title."
    found = told("IMP09", message, line=line, quote=line.text.strip())
    return draft.but(title=draft.title or words).with_lines(_without(draft.lines, position)).tell(found)


def heading(line: Line) -> tuple[int, str]:
    """Return level and words of a # heading, (0, "") for any other line."""
    marks = ATX.match(line.text) if line.kind is Kind.HEADING else None
    return (len(marks.group(1)), (marks.group(2) or "").strip()) if marks else (0, "")


def demote(draft: Draft) -> Draft:
    """Move all headings one level down if another first-level one is left."""
    first_level = [line for line in draft.lines if heading(line)[0] == 1]
    if not first_level:
        return draft
    lines = [
        line.but(f"{'#' * min(heading(line)[0] + 1, 6)} {heading(line)[1]}") if heading(line)[0] else line
        for line in draft.lines
    ]
    where = say_lines([line.number for line in first_level])
    message = (
        f"The title is the only first-level heading of a page: all headings went one level down ({where})."
    )
    return draft.with_lines(lines).tell(told("IMP09", message, line=first_level[0]))


def take_house_line(draft: Draft) -> Draft:
    """Take out "… is an original (House) article."; it names the title."""
    for position, line in enumerate(draft.lines):
        house = HOUSE_LINE.match(line.text) if line.is_prose else None
        if house is None:
            continue
        message = f"The line that says whose article this is ({house['house']}) was taken out of the text."
        if not draft.title:
            message += " It gave the title."
        found = told("IMP04", message, line=line, quote=line.text.strip())
        return (
            draft.but(title=draft.title or house["title"].strip())
            .with_lines(_without(draft.lines, position))
            .tell(found)
        )
    return draft


def take_first_line(draft: Draft) -> Draft:
    """Take a first line that stands alone and ends no sentence for the title, if there is none yet."""
    position = next((place for place, line in enumerate(draft.lines) if not line.is_blank), None)
    if draft.title or position is None or not draft.lines[position].is_prose:
        return draft
    line, words = draft.lines[position], draft.lines[position].text.strip()
    below = draft.lines[position + 1 : position + 2]
    stands_alone = not below or below[0].is_blank or (is_title(words) and below[0].is_prose)
    if (
        not stands_alone
        or len(words) > MOST_CHARACTERS
        or ends_sentence(words)
        or words.endswith((":", ";", ","))
    ):
        return draft
    if next_text(draft.lines, position) is None or not words[0].isalnum():
        return draft
    found = told("IMP09", "The first line became the title.", line=line, quote=words)
    return draft.but(title=words).with_lines(_without(draft.lines, position)).tell(found)


def propose(draft: Draft, path: Path) -> Draft:
    """Give a text without a title a workable one, and say so."""
    if draft.title:
        return draft
    first = next((line for line in draft.lines if line.is_prose), None)
    from_name = _title_of_name(path)
    title = from_name or (title_from(first.text) if first else "") or path.stem or "Untitled"
    origin = "the name of the file" if from_name or first is None else "the first sentence"
    message = f"The article has no title of its own; {quote(title)} was made from {origin}."
    warning = told("IMP09", message, fix="Write a title.", severity="warning")
    return draft.but(title=title).tell(warning).wonder(message)


def _title_of_name(path: Path) -> str:
    """Return "Zinc and copper" for 2024-05-01-zinc-and-copper.md, nothing for a name of numbers or hashes."""
    words = re.split(r"[-_\s]+", _DATED.sub("", path.stem))
    if len(words) < 2 or not all((word.isalpha() and len(word) > 1) or word == "a" for word in words):
        return ""
    return " ".join(words).capitalize()


def _without(lines: Lines, position: int) -> Lines:
    return (*lines[:position], *lines[position + 1 :])
