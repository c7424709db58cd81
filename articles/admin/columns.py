"""The plugins' columns of the list of articles. They are asked once a page, never once a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from unfold.decorators import display

from articles.models import Article
from cms import plugins
from cms.contracts import ArticleColumn, Cell


def plugin_columns(user: Any) -> list[Callable[[Article], str]]:
    """Return what the admin calls for each row, for the columns that this person may see."""
    return [
        _reader_of(column)
        for column in plugins.registry().article_columns
        if not column.permission or user.has_perm(column.permission)
    ]


def fill(articles: Sequence[Article], listed: Sequence[Any]) -> None:
    """Give every article on the page its cells; a column that fails is logged and stays empty."""
    ids = [article.pk for article in articles]
    for column in (found.column for found in listed if hasattr(found, "column")):
        nothing: Mapping[int, Cell] = {}
        cells = plugins.guarded("article_column", column.cells, ids, default=nothing, column=column.id)
        for article in articles:
            _cells_of(article)[column.id] = cells.get(article.pk)


def _cells_of(article: Any) -> dict[str, Cell | None]:
    if not hasattr(article, "plugin_cells"):
        article.plugin_cells = {}
    cells: dict[str, Cell | None] = article.plugin_cells
    return cells


def _reader_of(column: ArticleColumn) -> Callable[[Article], str]:
    @display(description=column.title)
    def read(article: Article) -> str:
        cell = _cells_of(article).get(column.id)
        if cell is None:
            return ""
        note = format_html('<span class="row-note">{}</span>', cell.note) if cell.note else ""
        return format_html('<span class="row-figure">{}</span>{}', cell.text, note)

    named: Any = read
    named.__name__ = column.id.replace(".", "_").replace("-", "_")
    named.column = column
    shown: Callable[[Article], str] = named
    return shown
