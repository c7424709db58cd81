"""Pictures that a file names: taken from the library, or from a file beside the text into the library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from django.utils.text import slugify

from articles.images import Prepared, UploadRefused, prepare, store_upload
from articles.importers import lines
from articles.importers.words import quote
from articles.intake.notes import Notes
from articles.models import Image

EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]]{0,500})\]\((?P<path>[^()\s]{1,500}|<[^<>]{1,500}>)(?P<title>\s+\"[^\"]{0,300}\")?\)"
)


@dataclass(frozen=True, slots=True)
class Album:
    """Where the pictures of one file may lie. In a dry run nothing is written to the media folder."""

    folder: Path
    root: Path
    is_dry_run: bool = False

    def find(self, written: str) -> Path | None:
        """Return the file that a text means; never one outside the imported folder."""
        name = unquote(written.strip("<>")).split("?")[0].split("#")[0]
        if not name.strip("/."):
            return None
        places = [
            self.folder / name.lstrip("/"),
            self.root / name.lstrip("/"),
            self.root / "static" / name.lstrip("/"),
        ]
        root = self.root.resolve()
        for place in places if name.startswith("/") else places[:1]:
            for candidate in (place, *(place.with_name(place.name + extension) for extension in EXTENSIONS)):
                if candidate.suffix.casefold() in EXTENSIONS and _is_file_below(candidate, root):
                    return candidate
        return None

    def store(self, path: Path, alt: str) -> Image:
        """Return the library's picture of a file. Raises UploadRefused."""
        with path.open("rb") as file:
            if not self.is_dry_run:
                return store_upload(file, alt=alt, slug=path.stem)
            if not alt.strip():
                raise UploadRefused("Describe the picture, or tick that it is decorative.")
            return _pretend(prepare(file), alt, path.stem)


def _is_file_below(path: Path, root: Path) -> bool:
    try:
        return path.is_file() and path.resolve().is_relative_to(root)
    except (OSError, ValueError):  # a name too long or with a null character
        return False


def _pretend(picture: Prepared, alt: str, name: str) -> Image:
    """Make the record alone, in a transaction that is rolled back."""
    if known := Image.objects.filter(sha256=picture.sha256).first():
        return known
    slug = slugify(name)[:60] or "picture"
    if Image.objects.filter(slug=slug).exists():
        slug = f"{slug}-{picture.sha256[:6]}"
    image = Image(slug=slug, alt=alt[:300], file=f"{slug}.{picture.extension}", width=1, height=1)
    Image.objects.bulk_create([image])
    return image


def cover(written: str, alt: str, album: Album, notes: Notes) -> str | None:
    """Return the slug of the front matter's picture, None if there is no such picture."""
    if Image.objects.filter(slug=written).exists():
        return written
    path = None if "://" in written else album.find(written)
    if path is None:
        notes.wonder(f"The picture {quote(written)} is neither in the library nor a file beside the text.")
        return None
    try:
        image = album.store(path, alt)
    except UploadRefused as error:
        fix = " Write “image_alt” in the front matter." if not alt.strip() else ""
        notes.wonder(f"The picture {quote(written)} was not taken over: {error}{fix}")
        return None
    notes.tell("IMP18", f"The picture {quote(written)} is in the library as {quote(image.slug)}.")
    return image.slug


def with_pictures(text: str, album: Album, notes: Notes) -> str:
    """Return the text with `img:slug` for every picture beside it; the number of lines stays the same."""

    def replaced(found: re.Match[str]) -> str:
        written, alt = found["path"], found["alt"]
        if written.startswith(("img:", "<img:")):
            return found[0]
        path = None if "://" in written else album.find(written)
        if path is None:
            where = "is on another site; upload it" if "://" in written else "was not found beside the text"
            notes.wonder(f"The picture {quote(written)} {where}.")
            return found[0]
        try:
            image = album.store(path, alt)
        except UploadRefused as error:
            fix = " Write it between the brackets." if not alt.strip() else ""
            notes.wonder(f"The picture {quote(written)} was not taken over: {error}{fix}")
            return found[0]
        notes.tell("IMP18", f"The picture {quote(written)} is in the library as {quote(image.slug)}.")
        return f"![{alt}](img:{image.slug}{found['title'] or ''})"

    kept = [
        line if line.is_code else line.but(_PICTURE.sub(replaced, line.text)) for line in lines.split(text)
    ]
    return "\n".join(line.text for line in kept)
