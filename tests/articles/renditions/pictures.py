"""Pictures for tests: like a photo, like a chart, and records of the library that hold them."""

import io
import math

from django.core.files.base import ContentFile
from PIL import Image as Pillow
from PIL import ImageDraw

from articles.images import prepare
from tests.factories import ImageFactory


def photo(width=1600, height=900):
    """A picture without a flat spot: waves of three colours and a little noise, as a camera gives."""
    noise = Pillow.effect_noise((width, height), 24).convert("RGB")
    waves = Pillow.new("RGB", (256, 256))
    waves.putdata(
        [
            tuple(int(128 + 110 * math.sin(x / (19 + n) + y / (31 - n))) for n in range(3))
            for y in range(256)
            for x in range(256)
        ]
    )
    return Pillow.blend(waves.resize((width, height)), noise, 0.12)


def chart(width=1600, height=900):
    """Flat colours and thin lines."""
    picture = Pillow.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    for n in range(12):
        left = width * n // 12 + 10
        draw.rectangle((left, height * (n + 3) // 20, left + width // 20, height - 40), fill=(11, 93, 78))
        draw.line((0, height * n // 12, width, height * n // 12), fill=(220, 220, 220), width=2)
    return picture


def encoded(picture, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 90} if kind == "JPEG" else {}) | options)
    return out.getvalue()


def opened(data):
    return Pillow.open(io.BytesIO(data))


def library_image(data=None, **fields):
    """A record of the library whose file went through the upload."""
    prepared = prepare(io.BytesIO(data if data is not None else encoded(photo(800, 450))))
    file = ContentFile(prepared.data, name=f"master.{prepared.extension}")
    return ImageFactory(file=file, sha256=prepared.sha256, **fields)


def finished(image, widths=(360, 540, 840, 1220), kinds=("avif", "webp", "jpg"), **fields):
    """Note renditions in the row without making any."""
    sizes = {kind: {str(width): width * 10 for width in widths} for kind in kinds}
    image.renditions = {"stem": f"r/{image.pk}/abcdefgh", "master_bytes": 500_000, "kinds": sizes}
    image.renditions_state = image.Renditions.READY
    image.save()
    return image
