"""The kernel's records outside articles, in and out of a folder: people, topics, pictures."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from django.db import models

from articles.images import Prepared, prepare
from articles.models import Author, Image, Topic
from articles.nesting import read_yaml
from articles.renditions.tasks import make_renditions
from cms.contracts import Portable

AUTHOR_FIELDS = ("name", "slug", "job_title", "credentials", "bio", "profile_url")
TOPIC_FIELDS = ("name", "slug", "description")
IMAGE_FIELDS = ("slug", "alt", "is_decorative", "credit")


def dump(folder: Path) -> None:
    """Write authors.yaml, topics.yaml, images.yaml and the picture files under images/."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "authors.yaml", list(Author.objects.values(*AUTHOR_FIELDS)))
    _write(folder / "topics.yaml", list(Topic.objects.values(*TOPIC_FIELDS)))
    rows: list[dict[str, Any]] = []
    for image in Image.objects.order_by("slug"):
        name = f"{image.slug}{Path(str(image.file.name)).suffix}"
        target = folder / "images" / name
        target.parent.mkdir(exist_ok=True)
        with image.file.open("rb") as file:
            target.write_bytes(file.read())
        rows.append(
            {field: getattr(image, field) for field in IMAGE_FIELDS} | {"file": name, "sha256": image.sha256}
        )
    _write(folder / "images.yaml", rows)


def load(folder: Path) -> None:
    """Read what `dump` wrote. Records are matched by slug; a picture that is there already is left alone."""
    _upsert(Author, folder / "authors.yaml", AUTHOR_FIELDS)
    _upsert(Topic, folder / "topics.yaml", TOPIC_FIELDS)
    for row in _read(folder / "images.yaml"):
        if Image.objects.filter(slug=row["slug"]).exists():
            continue
        _restore(folder / "images" / Path(row["file"]).name, row)


def _restore(path: Path, row: Mapping[str, Any]) -> None:
    """Make a picture again under the name that articles know; our own files are not encoded a second time."""
    data = path.read_bytes()
    picture = prepare(BytesIO(data))
    own = Prepared(data, picture.extension)
    if own.sha256 == row.get("sha256"):
        picture = own
    fields = {field: row[field] for field in IMAGE_FIELDS if field in row}
    Image.objects.create(file=picture.file, sha256=picture.sha256, **fields)
    make_renditions.enqueue()


def _upsert(model: type[models.Model], path: Path, fields: tuple[str, ...]) -> None:
    for row in _read(path):
        values = {field: row[field] for field in fields if field in row}
        model._default_manager.update_or_create(slug=row["slug"], defaults=values)


def _read(path: Path) -> list[dict[str, Any]]:
    return read_yaml(path.read_text(encoding="utf-8")) or [] if path.exists() else []


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False), encoding="utf-8")


PORTABLE = Portable("articles", dump, load)
