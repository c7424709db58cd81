"""A picture of the library as HTML. Only files that exist are named."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from articles.renditions import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Image

MIME = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
MODERN = ("avif", "webp")  # best first
USUAL = 1200  # pixels: for browsers without srcset, social networks and search engines
NEAR = 1.15  # not worth another file
PHONE_PIXELS = 330 * 3  # a phone of 360 points and three pixels a point, less its margins


@dataclass(frozen=True, slots=True)
class File:
    """One file; `size` in bytes, 0 if unknown."""

    kind: str
    width: int
    url: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A library picture with the files that exist; `files` holds every kind from narrow to wide."""

    master: File
    height: int
    files: tuple[File, ...] = ()

    @classmethod
    def of(cls, image: Image) -> Picture:
        storage, known = image.file.storage, image.renditions or {}
        name = str(image.file.name)
        kind = name.rsplit(".", 1)[-1].lower()
        master = File(kind, image.width, image.file.url, known.get("master_bytes", 0))
        files = [
            File(kind, int(width), storage.url(f"{known['stem']}-{width}.{kind}"), size)
            for kind, sizes in known.get("kinds", {}).items()
            for width, size in sizes.items()
        ]
        return cls(master, image.height, tuple(sorted(files, key=lambda file: file.width)))

    def of_kind(self, kind: str) -> list[File]:
        return [file for file in self.files if file.kind == kind]

    @property
    def own(self) -> list[File]:
        """Files of the master's kind, which every browser and crawler can open."""
        return [file for file in self.files if file.kind not in MODERN]

    @property
    def ratio(self) -> float:
        return self.master.width / self.height if self.height else 1.0

    @property
    def shared(self) -> File:
        """What other sites and feed readers show: wide enough for them, in a format that all of them open."""
        return next((file for file in self.own if file.width >= USUAL), self.master)

    @property
    def smallest(self) -> File:
        """A file for lists in the admin, whose browsers know WebP."""
        return next(
            (file for file in self.files if file.kind in {*MODERN[1:], self.master.kind}), self.master
        )

    @property
    def on_a_phone(self) -> File:
        """What a phone of today loads."""
        best = next((found for kind in MODERN if (found := self.of_kind(kind))), self.own) or [self.master]
        return next((file for file in best if file.width >= PHONE_PIXELS), best[-1])


def picture_html(
    picture: Picture, place: str, *, alt: str, css: str = "", is_first: bool = False, is_near: bool = False
) -> str:
    """Return the picture for a place of `places`.

    The first one of a page is what a reader waits for, so it is fetched before all else; one near the top is fetched
    in its turn, any other when the reader comes close to it.
    """
    sizes, enough = places.sizes(place, picture.ratio), places.enough(place, picture.ratio)
    sources = [
        f'<source type="{MIME[kind]}" {_candidates(found, sizes, enough)}>'
        for kind in MODERN
        if (found := picture.of_kind(kind))
    ]
    attributes = [
        f'class="{escape(css)}"' if css else "",
        _fallback(picture, sizes, enough),
        f'width="{picture.master.width}" height="{picture.height}" alt="{escape(alt)}"',
        'fetchpriority="high"' if is_first else "" if is_near else 'loading="lazy"',
        'decoding="async"',
    ]
    img = f"<img {' '.join(filter(None, attributes))}>"
    return f"<picture>{''.join(sources)}{img}</picture>" if sources else img


def _candidates(files: Sequence[File], sizes: str, enough: float) -> str:
    """Return srcset and sizes of one format."""
    chosen = _up_to(files, enough)
    if len(chosen) == 1:
        return f'srcset="{_address(chosen[0])}"'
    listed = ",".join(f"{_address(file)} {file.width}w" for file in chosen)
    return f'srcset="{listed}" sizes="{sizes}"'


def _fallback(picture: Picture, sizes: str, enough: float) -> str:
    """Return the attributes of the img: files of the master's own format, or the master."""
    own = picture.own
    if not own or own[-1].width * NEAR < min(picture.master.width, enough):
        own = [*own, picture.master]  # wider ones weighed more than the master itself
    chosen = _up_to(own, enough)
    usual = next((file for file in chosen if file.width >= USUAL), chosen[-1])
    src = f'src="{_address(usual)}"'
    return f"{src} {_candidates(own, sizes, enough)}" if len(chosen) > 1 else src


def _up_to(files: Sequence[File], enough: float) -> list[File]:
    """Return the files up to the first one that is wide enough."""
    return list(files[: sum(file.width < enough for file in files) + 1])


def _address(file: File) -> str:
    """A comma at the end of an address would end it in srcset, so that none may stay."""
    return escape(file.url.replace(",", "%2C"))
