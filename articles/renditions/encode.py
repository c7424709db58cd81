"""One master to its renditions. Pure: bytes in, bytes out."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image as Pillow

from articles.images import decode

# A browser takes the first that is as wide as what it shows: thumbs of 171 points (a 16:9 picture in a square of 96),
# products of 128, cards of 403 and 459, text of 592 and 832, the lead of 805, the hero of 1,216, each with one to
# three pixels a point, and a phone's 330 to 390 points with two or three.
LADDER = (360, 540, 840, 1220, 1680, 2432)
OWN_LADDER = (540, 1220, 2432)  # for the few browsers that know neither AVIF nor WebP
SAVES = 1_000  # bytes; for less, the page that names the files grows by more
NEAR = 1.15  # a rung this close to the picture's own width saves nothing

Files = dict[str, dict[int, bytes]]  # by ending, then by width

# A photo at 1216 x 811, SSIM against the resized master: JPEG 80 94 KB 0.977, WebP 78 46 KB 0.962, AVIF 55 44 KB
# 0.969. Speed 6 saves another 9 % and takes four times as long. See docs/decisions/0005.
AVIF: dict[str, Any] = {"quality": 55, "speed": 8, "max_threads": 1}
WEBP: dict[str, Any] = {"quality": 78, "method": 4}
JPEG: dict[str, Any] = {"quality": 80, "optimize": True, "progressive": True}
# Charts and screenshots come as PNG. Half the colour resolution smears their thin coloured lines, so AVIF keeps it
# all (20 KB, SSIM 0.999, where WebP without loss takes 35 KB and PNG 66 KB).
SHARP_AVIF: dict[str, Any] = {**AVIF, "quality": 75, "subsampling": "4:4:4"}
SHARP_WEBP: dict[str, Any] = {"lossless": True, "method": 4}
PNG: dict[str, Any] = {}  # "optimize" saves 8 % of a dithered picture and takes ten times as long


def renditions(master: bytes) -> Files:
    """Return the files that are worth having, best format first and the master's own last; {} if there are none.

    Raises UploadRefused if the master is damaged, moves, or has too many pixels.
    """
    picture, is_lossy = decode(master)
    if is_lossy and picture.mode != "RGBA":
        kinds = {"avif": AVIF, "webp": WEBP, "jpg": JPEG}
    else:
        kinds = {"avif": SHARP_AVIF, "webp": SHARP_WEBP, "png": PNG}
    files: Files = {kind: {} for kind in kinds}
    for width in widths(picture.width):
        smaller = _resized(picture, width)
        for kind, options in kinds.items():
            files[kind][width] = _encoded(smaller, kind, options)
    return _worthwhile(files, len(master))


def widths(master: int) -> list[int]:
    """Return the widths to make of a master of that width: never more than it has."""
    return [
        *(rung for rung in LADDER if rung * NEAR <= master and rung != LADDER[-1]),
        min(master, LADDER[-1]),
    ]


def _resized(picture: Pillow.Image, width: int) -> Pillow.Image:
    if width == picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Pillow.Resampling.LANCZOS)


def _encoded(picture: Pillow.Image, kind: str, options: Mapping[str, Any]) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG" if kind == "jpg" else kind.upper(), **options)
    return out.getvalue()


def _worthwhile(files: Files, master: int) -> Files:
    """Drop the formats that weigh about as much, over all widths, as what a browser without them would load.

    Of the master's own format, only files lighter than the master stay: a chart of flat colours grows when it is made
    smaller.
    """
    *modern, own = files
    cost = sum(min(len(data), master) for data in files[own].values())
    kept = {*OWN_LADDER, max(files[own])}
    files[own] = {
        width: data for width, data in files[own].items() if width in kept and len(data) + SAVES < master
    }
    for kind in reversed(modern):
        weight = sum(len(data) for data in files[kind].values())
        if weight + SAVES < cost:
            cost = weight
        else:
            del files[kind]
    return {kind: found for kind, found in files.items() if found}
