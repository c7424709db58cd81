"""Small ways in and out of the importers for tests."""

from pathlib import Path
from textwrap import dedent

from articles.importers import front_matter, plain
from articles.importers.draft import Draft
from articles.importers.lines import split

SENTENCE = "Copper is carried in the blood by a protein that also moves iron from the liver."
OTHER = "Most people get enough of it from nuts, beans and whole grains on an ordinary day."


def draft_of(text, **values):
    return Draft(split(dedent(text).strip("\n")), **values)


def text_of(draft):
    """Return the lines of a draft that hold something."""
    return [line.text for line in draft.lines if line.text]


def numbers_of(draft):
    return [line.number for line in draft.lines if line.text]


def ids_of(findings):
    return [finding.id for finding in findings]


def only(findings, identifier):
    return [finding for finding in findings if finding.id == identifier]


def read_plain(folder, text, name="article.txt"):
    path = Path(folder) / name
    path.write_text(dedent(text), encoding="utf-8")
    (article,) = plain.read(path)
    return article


def read_marked(folder, text, name="article.md"):
    """Read a file with front matter."""
    path = Path(folder) / name
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    (article,) = front_matter.read(path)
    return article
