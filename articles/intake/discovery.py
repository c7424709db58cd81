"""Which files to read, and with which importer."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.importers import UnreadableFileError
from cms import plugins
from cms.contracts import Importer


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file and the folder that its identity and its pictures are looked up from. `problem`: it cannot be read."""

    path: Path
    root: Path
    is_named: bool = False
    problem: UnreadableFileError | None = None


def find_files(paths: Sequence[Path]) -> Iterator[Candidate]:
    """Yield every file once, folders in the order of their names; hidden files and folders stay out."""
    seen: set[Path] = set()
    for path in paths:
        for candidate in _candidates(path):
            real = candidate.path.resolve()
            if real not in seen:
                seen.add(real)
                yield candidate


def _candidates(path: Path) -> Iterator[Candidate]:
    if path.is_dir():
        yield from (Candidate(file, path) for file in _walk(path))
    elif path.is_file():
        yield Candidate(path, path.parent, is_named=True)
    else:
        problem = UnreadableFileError(path, "there is no such file or folder.")
        yield Candidate(path, path.parent, is_named=True, problem=problem)


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(files) if not name.startswith("."))


def choose_importer(path: Path) -> Importer | None:
    """Return the importer that is surest of the file, None if none knows it; a failing one is passed over."""
    scored = [
        (plugins.guarded("importer sniff", importer.sniff, path, default=0.0, importer=importer.id), importer)
        for importer in plugins.registry().importers.values()
    ]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score > 0 else None
