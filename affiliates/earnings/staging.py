"""The rows of a file, sorted by conversion on disk.

A file may name one conversion on its first and on its last line, and a report of a year does not fit into memory. Rows
go through a temporary SQLite database (it keeps to a few megabytes of memory and vanishes with the connection) and come
back conversion by conversion, in an order that does not depend on theirs in the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import groupby, islice
from types import TracebackType
from typing import Self

from affiliates.earnings.rows import Row

BATCH = 1_000


class Staging:
    def __init__(self) -> None:
        self._database = sqlite3.connect(
            "", isolation_level=None
        )  # "": a private file, made when it is needed
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("CREATE TABLE row (conversion TEXT, place TEXT, data TEXT)")
        self._database.execute("CREATE TABLE added (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        self._database.execute("BEGIN")
        self._waiting: list[tuple[str, str, str]] = []
        self.digest = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def add(self, row: Row) -> None:
        self.note(row.row_hash)
        self._waiting.append((row.external_id, f"{row.order} {row.digest()}", row.pack()))
        if len(self._waiting) >= BATCH:
            self._flush()

    def note(self, row_hash: str) -> None:
        """Let a row count towards the digest of the file; addition makes it the same in any order."""
        self.digest = (self.digest + int(row_hash, 16)) % 2**256

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO row VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()

    def add_second(self, key: str, value: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO added VALUES (?, ?)", (key, value))

    def second(self, key: str) -> str:
        found = self._database.execute("SELECT value FROM added WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def conversions(self, at_once: int, after: str = "") -> Iterator[Mapping[str, list[Row]]]:
        """Yield the rows by conversion, `at_once` conversions at a time, those behind `after` only."""
        self._flush()
        found = self._database.execute(
            "SELECT conversion, data FROM row WHERE conversion > ? ORDER BY conversion, place", (after,)
        )
        groups = (
            (key, [Row.unpack(data) for _, data in rows]) for key, rows in groupby(found, lambda r: r[0])
        )
        while batch := dict(islice(groups, at_once)):
            yield batch
