"""Uploads: what is refused, with which words, and what is left of what is accepted."""

import io
import struct
import zlib

import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from articles import images
from articles.images import UploadRefused, prepare, store_upload
from articles.models import Image
from tests.factories import ImageFactory

RED = (200, 30, 20)
GPS_IFD, ORIENTATION = 0x8825, 0x0112
SCRIPT = b"<script>alert(document.domain)</script>"


def encoded(kind, mode="RGB", size=(40, 20), color=RED, **options):
    out = io.BytesIO()
    color = color if mode in {"RGB", "CMYK"} else (1 if mode == "1" else 120)
    Pillow.new(mode, size, color if mode != "CMYK" else (0, 200, 200, 0)).save(out, kind, **options)
    return out.getvalue()


def prepared(data):
    result = prepare(io.BytesIO(data))
    return result, Pillow.open(io.BytesIO(result.data))


def huge_png(width, height):
    """Return a tiny PNG that claims to be enormous: one bit a pixel, all zero."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "jpg"), ("AVIF", "jpg"), ("GIF", "png")]
)
def test_every_accepted_type_becomes_a_jpeg_or_png_with_its_true_ending(kind, extension):
    result, picture = prepared(encoded(kind))

    assert result.file.name.endswith(f".{extension}")
    assert picture.format == {"jpg": "JPEG", "png": "PNG"}[extension]
    assert picture.size == (40, 20)
    pixel = picture.convert("RGB").getpixel((10, 10))
    assert all(abs(a - b) < 12 for a, b in zip(pixel, RED, strict=True))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_colour_mode_is_accepted(mode):
    _, picture = prepared(encoded("PNG", mode))

    assert picture.mode in {"L", "RGB", "RGBA"}


def test_a_cmyk_photo_is_stored_in_rgb():
    _, picture = prepared(encoded("JPEG", "CMYK"))

    assert picture.mode == "RGB"


def test_sixteen_bit_greys_are_scaled_not_clipped():
    out = io.BytesIO()
    Pillow.new("I;16", (8, 8), 32_768).save(out, "PNG")

    _, picture = prepared(out.getvalue())

    assert picture.getpixel((2, 2)) in {127, 128}


def test_transparency_survives():
    out = io.BytesIO()
    Pillow.new("RGBA", (8, 8), (1, 2, 3, 0)).save(out, "WEBP", lossless=True)

    result, picture = prepared(out.getvalue())

    assert result.extension == "png"
    assert picture.getpixel((2, 2))[3] == 0


def test_phone_photos_stand_upright_and_lose_their_place():
    exif = Pillow.Exif()
    exif[ORIENTATION] = 6  # turned by 90 degrees
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(GPS_IFD)[1] = "N"
    exif.get_ifd(GPS_IFD)[2] = (48.0, 51.0, 29.0)
    data = encoded("JPEG", exif=exif.tobytes())
    assert b"Secret Camera" in data

    result, picture = prepared(data)

    assert picture.size == (20, 40)
    assert not dict(picture.getexif())
    assert not dict(picture.getexif().get_ifd(GPS_IFD))
    assert b"Secret Camera" not in result.data
    assert b"Exif" not in result.data


@pytest.mark.parametrize(
    ("kind", "options"),
    [("JPEG", {"comment": SCRIPT}), ("GIF", {"comment": SCRIPT}), ("WEBP", {"xmp": SCRIPT})],
)
def test_comments_and_xmp_are_dropped(kind, options):
    data = encoded(kind, **options)
    assert SCRIPT in data

    result, _ = prepared(data)

    assert SCRIPT not in result.data


def test_text_chunks_of_a_png_are_dropped():
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", SCRIPT.decode())

    result, _ = prepared(encoded("PNG", pnginfo=info))

    assert SCRIPT not in result.data


def test_a_colour_profile_is_applied_before_it_is_dropped():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()

    result, picture = prepared(
        encoded("JPEG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    )
    broken, _ = prepared(encoded("JPEG", icc_profile=b"no profile at all"))
    unfit, _ = prepared(encoded("JPEG", icc_profile=lab))

    assert "icc_profile" not in picture.info
    assert result.data == broken.data
    assert unfit.extension == "jpg"


def test_a_page_hidden_behind_a_picture_does_not_survive():
    polyglot = encoded("GIF") + b"/*" + SCRIPT + b"*/"

    result, _ = prepared(polyglot)

    assert result.file.name.endswith(".png")
    assert b"script" not in result.data


def test_the_stored_name_is_our_own():
    upload = io.BytesIO(encoded("PNG"))
    upload.name = "../../evil.php"

    first, second = prepare(upload).file.name, prepare(io.BytesIO(encoded("PNG"))).file.name

    assert first != second
    assert "evil" not in first
    assert len(first) == 20


def test_large_pictures_are_scaled_down():
    _, picture = prepared(encoded("JPEG", size=(4_000, 1_000)))

    assert picture.size == (3_200, 800)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"'
REFUSED = {
    "page called gif": (b"<!doctype html>" + SCRIPT, "not a JPEG"),
    "gif header, page body": (b"GIF89a" + SCRIPT * 20, "damaged|not a JPEG"),
    "svg with handler": (SVG + b' onload="alert(1)"/>', "not a JPEG"),
    "svg with script": (SVG + b"><script\n>alert(1)</script></svg>", "not a JPEG"),
    "svg in utf-16": ('<?xml version="1.0" encoding="utf-16"?><svg/>'.encode("utf-16"), "not a JPEG"),
    "svg with xslt": (b'<?xml version="1.0"?><?xml-stylesheet href="#x"?><svg/>', "not a JPEG"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "not a JPEG"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a JPEG"),
    "garbage": (b"\x00\x01\x02" * 50, "not a JPEG"),
    "empty": (b"", "not a JPEG"),
    "bmp": (encoded("BMP"), "not a JPEG"),
    "tiff": (encoded("TIFF"), "not a JPEG"),
    "truncated jpeg": (encoded("JPEG", size=(400, 400))[:-200], "damaged"),
    "truncated png": (encoded("PNG", size=(400, 400))[:120], "damaged"),
    "truncated webp": (encoded("WEBP", size=(400, 400))[:-30], "damaged|not a JPEG"),
    "truncated avif": (encoded("AVIF", size=(400, 400))[:-60], "damaged|not a JPEG"),
    "one-bit bomb": (huge_png(13_300, 13_300), "40 million pixels"),
    "just over the cap": (huge_png(8_000, 5_001), "40 million pixels"),
    "over Pillow's own limit": (huge_png(60_000, 60_000), "40 million pixels"),
    "huge in one direction": (huge_png(2_000_000_000, 1), "40 million pixels|damaged"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_safe_picture_is_refused_in_words(data, message):
    with pytest.raises(UploadRefused, match=message):
        prepare(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "AVIF", "PNG"])
def test_moving_pictures_are_refused(kind):
    out = io.BytesIO()
    frames = [Pillow.new("RGB", (16, 16), (shade, 0, 0)) for shade in (0, 120, 250)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)

    with pytest.raises(UploadRefused, match="Moving pictures"):
        prepare(io.BytesIO(out.getvalue()))


def test_a_phone_jpeg_with_a_second_frame_is_a_still_picture():
    out = io.BytesIO()
    frame = Pillow.new("RGB", (16, 16), RED)
    frame.save(out, "MPO", save_all=True, append_images=[Pillow.new("RGB", (16, 16))])

    result, _ = prepared(out.getvalue())

    assert result.extension == "jpg"


def test_files_over_the_cap_are_refused_before_they_are_decoded(monkeypatch):
    monkeypatch.setattr(images, "MAX_BYTES", 2**20)
    monkeypatch.setattr(images, "_decode", lambda data: pytest.fail("decoded"))

    with pytest.raises(UploadRefused, match="larger than 1 MB"):
        prepare(io.BytesIO(b"x" * (2**20 + 1)))


@pytest.mark.django_db
def test_a_stored_picture_has_its_size_description_and_hash():
    image = store_upload(io.BytesIO(encoded("PNG")), alt=" Two  crystals ", credit="Ana", slug="My crystals!")

    image.refresh_from_db()
    assert (image.slug, image.alt, image.credit) == ("my-crystals", "Two  crystals", "Ana")
    assert (image.width, image.height) == (40, 20)
    assert len(image.sha256) == 64
    assert image.file.name.startswith("images/")


@pytest.mark.django_db
def test_the_same_picture_is_stored_once():
    first = store_upload(io.BytesIO(encoded("PNG")), alt="A crystal")

    second = store_upload(io.BytesIO(encoded("PNG", optimize=True)), alt="The same crystal")

    assert first.pk == second.pk
    assert Image.objects.count() == 1


@pytest.mark.django_db
def test_a_taken_name_gets_a_suffix():
    ImageFactory(slug="a-crystal")

    image = store_upload(io.BytesIO(encoded("PNG")), alt="A crystal")

    assert image.slug.startswith("a-crystal-")


@pytest.mark.django_db
def test_a_description_that_gives_no_name_still_stores():
    image = store_upload(io.BytesIO(encoded("PNG")), alt="Кристалл")

    assert image.slug == "picture"


@pytest.mark.django_db
@pytest.mark.parametrize("alt", ["", "   "])
def test_a_picture_needs_a_description_or_is_decorative(alt):
    with pytest.raises(UploadRefused, match="Describe the picture"):
        store_upload(io.BytesIO(encoded("PNG")), alt=alt)

    assert store_upload(io.BytesIO(encoded("PNG")), alt=alt, is_decorative=True).is_decorative
