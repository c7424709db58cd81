"""CSV files that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What csv.writer writes to: it hands the line back."""

    def write(self, text: str) -> str:
        return text


def safe(value: Any) -> Any:
    """Quote a text that a spreadsheet would take for a formula: titles and hosts come from people."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_response(rows: Iterable[Sequence[Any]], name: str) -> StreamingHttpResponse:
    writer = csv.writer(_Line())
    lines: Iterator[str] = (writer.writerow([safe(value) for value in row]) for row in rows)
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"},
    )
