"""The first lines of a kept report: as they stand there, and as they are read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from affiliates.earnings import services, uploads
from affiliates.earnings.errors import ReportError, RowError
from affiliates.earnings.rows import Reader, Row
from affiliates.earnings.rules import Rules, load
from affiliates.models import ImportFile

SHOWN_LINES = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """`first` is the number of the first line in the file."""

    header: list[str]
    lines: list[list[str]]
    first: int

    @property
    def examples(self) -> dict[str, str]:
        """Return for each column the first value that is there."""
        return {
            name: next((row[at] for row in self.lines if at < len(row) and row[at]), "")
            for at, name in enumerate(self.header)
        }

    def read(self, rules: Rules) -> list[Row | str]:
        """Return the lines as they are understood, or why they are not."""
        if not self.lines:
            return []
        reader = Reader(rules, self.header)
        found: list[Row | str] = []
        for number, cells in enumerate(self.lines, start=self.first):
            try:
                found.append(reader.row(number, cells, {}))
            except RowError as error:
                found.append(f"Line {number}: {error}")
        return found


def sample_of(import_file: ImportFile) -> Sample:
    """Return the first lines below the header: the one that its rules know, else the likeliest. Nothing is kept of a
    file that was imported from the command line or given up."""
    files = uploads.files_of(import_file)
    if not files:
        return Sample([], [], 0)
    head = services.head_of(files[0])
    delimiter, index, header = head.likely()
    if import_file.mapping:
        with suppress(ReportError):  # rules that do not fit are what the page is there to change
            delimiter, index, header = head.header(load(import_file.mapping))
    lines = [row for row in head.rows[delimiter][index + 1 :] if any(row)] if header else []
    return Sample(header, lines[:SHOWN_LINES], index + 2)
