"""What plugins add to the lists of the admin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one row: a figure or a few words, and below it in small print what it does not say."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArticleColumn:
    """A column of the list of articles.

    `cells(article ids)` answers for all rows of a page at once, in a fixed number of queries; an article without an
    answer has an empty cell. The column is shown to those who have the `permission`.
    """

    id: str
    title: str
    cells: Callable[[Sequence[int]], Mapping[int, Cell]]
    permission: str = ""
    order: int = 0
