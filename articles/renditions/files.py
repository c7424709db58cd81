"""Renditions in the storage. Only its public interface is used, so that S3 does as well as a folder.

Each picture has a folder of its own, which goes with it. A name holds the hash of what the whole set contains, so a
browser may keep a file for ever; the row names the files only after all of them are there, so a process that is killed
half-way leaves nothing that a page shows.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from articles.models import Image
from articles.renditions.encode import Files

FOLDER = "r"  # short, since a page with pictures names a hundred of these addresses


def storage() -> Storage:
    return Image._meta.get_field("file").storage


def store(image_id: int, files: Files, master_bytes: int) -> dict[str, Any]:
    """Write the files and return what the row says of them. Raises OSError if the storage does."""
    stem = f"{FOLDER}/{image_id}/{_content_hash(files)}"
    for kind, found in files.items():
        for width, data in found.items():
            _write(f"{stem}-{width}.{kind}", data)
    sizes = {kind: {str(width): len(data) for width, data in found.items()} for kind, found in files.items()}
    return {"stem": stem, "master_bytes": master_bytes, "kinds": sizes}


def _content_hash(files: Files) -> str:
    digest = hashlib.sha256()
    for found in files.values():
        for data in found.values():
            digest.update(data)
    return b32encode(digest.digest())[:8].decode().lower()


def _write(name: str, data: bytes) -> None:
    """Write a file unless it is there. One of another size was cut off when a process was killed."""
    place = storage()
    if place.exists(name):
        if place.size(name) == len(data):
            return
        place.delete(name)
    written = place.save(name, ContentFile(data))
    if written != name:  # another process has begun to write it; the next try sees whether it got through
        place.delete(written)
        raise OSError(f"{name} is being written by another process.")


def delete_of(image_id: int) -> int:
    """Delete all renditions that a picture ever had; return how many."""
    place, folder = storage(), f"{FOLDER}/{image_id}"
    try:
        _, names = place.listdir(folder)
    except FileNotFoundError:
        return 0
    for name in names:
        place.delete(f"{folder}/{name}")
    place.delete(folder)  # an empty folder; where there are no folders this does nothing
    return len(names)


def ids_with_files() -> set[int]:
    """Return the pictures that have a folder, known or not."""
    try:
        folders, _ = storage().listdir(FOLDER)
    except FileNotFoundError:
        return set()
    return {int(name) for name in folders if name.isdecimal()}
