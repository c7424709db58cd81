"""Uploads to the picture library. Nothing of the uploaded file is kept but its pixels.

The type is decided by the content, never by the name or the browser's word: a page called x.gif once went through
as an image and came back as a page. The picture is decoded, turned upright, brought to sRGB and encoded again, so no
place (GPS), no camera number and no hidden script survives. Masters are JPEG or PNG, which every reader and crawler
opens and which take milliseconds to write; smaller AVIF and WebP renditions are the worker's job.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps, UnidentifiedImageError

from articles.models import Image
from articles.renditions.tasks import make_renditions

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000  # decoded, 40 Mpx take 120 MB; a 21 KB file can claim 177 Mpx
MAX_SIDE = 3_200  # twice the widest column on a dense screen
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
ACCEPT = ".jpg,.jpeg,.png,.webp,.avif,.gif"
JPEG_QUALITY = 90
LOSSY = ("JPEG", "MPO", "WEBP", "AVIF")  # MPO is a JPEG with a second frame, as phones write it


class UploadRefused(ValueError):
    """The file cannot become a picture of the library. The message tells the editor what to do."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be stored."""

    data: bytes
    extension: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def file(self) -> ContentFile[bytes]:
        """The content under a name of our own that says nothing and ends in the true type."""
        return ContentFile(self.data, name=f"{secrets.token_hex(8)}.{self.extension}")


def store_upload(
    file: IO[bytes], *, alt: str = "", is_decorative: bool = False, credit: str = "", slug: str = ""
) -> Image:
    """Store an uploaded file as a picture of the library and return it; the same picture is stored once.

    Raises UploadRefused if it is no picture, too large, animated, or has no description.
    """
    if not alt.strip() and not is_decorative:
        raise UploadRefused("Describe the picture, or tick that it is decorative.")
    prepared = prepare(file)
    if known := Image.objects.filter(sha256=prepared.sha256).first():
        return known
    base = slugify(slug or alt)[:60].strip("-") or "picture"
    image = Image(alt=alt.strip()[:300], is_decorative=is_decorative, credit=credit.strip()[:200])
    image.sha256 = prepared.sha256
    image.file = prepared.file
    for candidate in (base, f"{base}-{secrets.token_hex(3)}"):
        image.slug = candidate
        try:
            with transaction.atomic():
                image.save()
        except IntegrityError:  # the name is taken: the second one is not
            continue
        make_renditions.enqueue()
        return image
    raise UploadRefused("The picture could not be stored. Try again.")


def prepare(file: IO[bytes]) -> Prepared:
    """Decode, clean and encode a file. Touches no database. Raises UploadRefused."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UploadRefused(f"The file is larger than {MAX_BYTES // 2**20} MB. Save a smaller version of it.")
    picture, is_lossy = decode(data)
    return _encode(picture, is_lossy)


def decode(data: bytes) -> tuple[Pillow.Image, bool]:
    """Return the upright picture in sRGB and whether its format loses detail anyway. Raises UploadRefused."""
    try:
        return _decode(data)
    except UploadRefused:
        raise
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise UploadRefused("This is not a JPEG, PNG, WebP, AVIF or GIF picture.") from error
    except Exception as error:  # Pillow's decoders raise nearly anything on a broken file
        raise UploadRefused(
            "The picture is damaged. Open it in an image program and save it again."
        ) from error


def _decode(data: bytes) -> tuple[Pillow.Image, bool]:
    opened = Pillow.open(BytesIO(data), formats=FORMATS)
    if opened.width * opened.height > MAX_PIXELS:
        raise _too_many_pixels()
    if getattr(opened, "is_animated", False) and opened.format != "MPO":
        raise UploadRefused("Moving pictures are not shown. Upload a still one.")
    is_lossy = opened.format in LOSSY
    opened.draft(None, (MAX_SIDE, MAX_SIDE))  # a large JPEG is decoded at half size: a quarter of the memory
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    picture = _to_eight_bit(opened)
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Pillow.Resampling.LANCZOS)
    return _to_srgb(picture), is_lossy


def _too_many_pixels() -> UploadRefused:
    return UploadRefused(
        f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller."
    )


def _to_eight_bit(picture: Pillow.Image) -> Pillow.Image:
    """Return the picture as L, RGB or RGBA."""
    if picture.mode.startswith("I"):  # 16 bits a grey value; a plain convert() would clip nearly all to white
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "CMYK":  # its profile may turn it into RGB better than convert() does
        return picture
    grey = "L" if picture.mode in {"1", "L"} else "RGB"
    wanted = "RGBA" if picture.has_transparency_data else grey
    return picture if picture.mode == wanted else picture.convert(wanted)


def _to_srgb(picture: Pillow.Image) -> Pillow.Image:
    """Apply the colour profile, since it is not kept: phone photos would look pale without it."""
    profile = picture.info.get("icc_profile")
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile and picture.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, srgb, outputMode=target)
        except (
            ImageCms.PyCMSError,
            OSError,
            ValueError,
        ):  # a broken profile is no reason to refuse a picture
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _encode(picture: Pillow.Image, is_lossy: bool) -> Prepared:
    clean = Pillow.new(
        picture.mode, picture.size
    )  # a fresh object carries no metadata that an encoder might copy
    clean.paste(picture)
    out = BytesIO()
    if is_lossy and clean.mode != "RGBA":
        clean.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
        return Prepared(out.getvalue(), "jpg")
    clean.save(out, "PNG", optimize=True)
    return Prepared(out.getvalue(), "png")
