"""The folder of an export. A file appears whole or not at all; what an earlier export left behind is removed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from articles.intake.beside import FORMAT, MANIFEST
from articles.nesting import read_yaml

ARTICLES = "articles"
PARTIAL = ".partial-"  # hidden, so that an import passes over what a killed export leaves behind


class FolderNotEmpty(Exception):
    """There is something in the folder that this export might overwrite."""


@dataclass
class Folder:
    """`articles` maps the files of articles to their identities, `records` are all other files."""

    path: Path
    articles: dict[str, str] = field(default_factory=dict)
    records: list[str] = field(default_factory=list)

    def write(self, name: str, content: bytes) -> None:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(prefix=PARTIAL, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(partial).chmod(0o644)  # mkstemp makes files for its owner alone
            Path(partial).replace(target)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise

    def add_article(self, slug: str, number: int, identity: str, content: str) -> None:
        """Write one article under its slug, with its number if another article has that name."""
        base = slug or "article"
        names = (f"{ARTICLES}/{base}.md", f"{ARTICLES}/{base}-{number}.md")
        name = next((name for name in names if name not in self.articles), names[1])
        self.write(name, content.encode())
        self.articles[name] = identity

    def add_records(self, dump: Callable[[Path], None]) -> None:
        """Let `dump` write into a folder of its own, then bring its files over one by one."""
        with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=self.path) as partial:
            dump(Path(partial))
            for file in sorted(path for path in Path(partial).rglob("*") if path.is_file()):
                name = file.relative_to(partial).as_posix()
                target = self.path / name
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
                self.records.append(name)

    def finish(self, stale: Collection[str]) -> None:
        """Remove `stale` files and write down what the folder holds."""
        for name in stale:
            (self.path / name).unlink(missing_ok=True)
        document = {"format": FORMAT, "articles": self.articles, "records": sorted(self.records)}
        self.write(MANIFEST, yaml.safe_dump(document, sort_keys=False, allow_unicode=True).encode())


def open_folder(path: Path, *, overwrite: bool) -> Folder:
    """Return the folder with what an earlier export wrote into it. Raises FolderNotEmpty, or OSError."""
    path.mkdir(parents=True, exist_ok=True)
    if not overwrite and any(not entry.name.startswith(".") for entry in path.iterdir()):
        raise FolderNotEmpty(
            f"{path} is not empty. Choose another folder, or use --overwrite to write over an earlier export."
        )
    written = _manifest(path / MANIFEST)
    articles, records = written.get("articles"), written.get("records")
    return Folder(
        path,
        {name: str(articles[name]) for name in _inside(articles)} if isinstance(articles, dict) else {},
        list(_inside(records)) if isinstance(records, list) else [],
    )


def _manifest(path: Path) -> Mapping[str, Any]:
    try:
        written = read_yaml(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return written if isinstance(written, dict) else {}


def _inside(names: Collection[object]) -> Iterator[str]:
    """Yield the names that stay in the folder: what stands in a file must not make us delete elsewhere."""
    for name in names:
        if isinstance(name, str) and not Path(name).is_absolute() and ".." not in Path(name).parts:
            yield name
