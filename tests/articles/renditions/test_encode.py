"""Masters to renditions: which files, how wide, how heavy, and never a surprise."""

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageChops, ImageStat

from articles.images import UploadRefused, prepare
from articles.renditions.encode import LADDER, NEAR, OWN_LADDER, renditions, widths
from tests.articles.renditions.pictures import chart, encoded, opened, photo


@pytest.fixture(scope="module")
def of_photo():
    return renditions(encoded(photo()))


def as_master(picture, kind, **options):
    """What the upload makes of a file."""
    return prepare(io.BytesIO(encoded(picture, kind, **options))).data


@pytest.mark.parametrize(
    ("master", "expected"),
    [
        (10, [10]),
        (360, [360]),
        (400, [400]),
        (800, [360, 540, 800]),
        (1600, [360, 540, 840, 1220, 1600]),
        (2432, [360, 540, 840, 1220, 1680, 2432]),
        (3200, [360, 540, 840, 1220, 1680, 2432]),
    ],
)
def test_widths(master, expected):
    assert widths(master) == expected


@given(st.integers(1, 20_000))
def test_no_width_is_more_than_the_picture_has_or_close_to_the_next(master):
    found = widths(master)

    assert max(found) == min(master, LADDER[-1])
    assert all(wide / narrow >= NEAR for narrow, wide in pairwise(found))


def test_a_photo_gets_avif_webp_and_jpeg(of_photo):
    assert list(of_photo) == ["avif", "webp", "jpg"]
    assert list(of_photo["avif"]) == list(of_photo["webp"]) == [360, 540, 840, 1220, 1600]
    assert set(of_photo["jpg"]) <= {*OWN_LADDER, 1600}


def test_files_are_what_their_ending_says(of_photo):
    formats = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}

    for kind, found in of_photo.items():
        for width, data in found.items():
            picture = opened(data)
            assert (picture.format, picture.width) == (formats[kind], width)
            assert picture.height == round(900 * width / 1600)


def test_each_format_weighs_less_than_the_next(of_photo):
    avif, webp = (sum(map(len, of_photo[kind].values())) for kind in ("avif", "webp"))

    assert avif < webp
    assert len(of_photo["avif"][1220]) < len(of_photo["jpg"][1220])
    assert all(len(data) < len(encoded(photo())) for data in of_photo["jpg"].values())


def test_a_phone_loads_a_fifth_of_a_photo(of_photo):
    assert len(of_photo["avif"][840]) * 5 < len(encoded(photo()))


@pytest.mark.parametrize("kind", ["avif", "webp", "jpg"])
def test_the_picture_stays_the_picture(of_photo, kind):
    """Mean error below 3 % of the range against the master at the same size."""
    master = photo().resize((540, round(900 * 540 / 1600)), Pillow.Resampling.LANCZOS)
    made = opened(of_photo[kind][540]).convert("RGB")

    assert max(ImageStat.Stat(ImageChops.difference(master, made)).mean) < 8


def test_a_chart_keeps_its_colours_and_no_file_heavier_than_the_master():
    master = encoded(chart(), "PNG", optimize=True)

    files = renditions(master)

    assert all(len(data) < len(master) for data in files.get("png", {}).values())
    best = next(iter(files))
    assert best in {"avif", "webp"}
    made = opened(files[best][1600]).convert("RGB")
    original = chart()
    for place in ((30, 850), (700, 880), (2, 2)):
        assert all(
            abs(a - b) < 12 for a, b in zip(made.getpixel(place), original.getpixel(place), strict=True)
        )


def test_transparency_survives_in_every_format():
    picture = Pillow.new("RGBA", (900, 600), (0, 0, 0, 0))
    picture.paste(photo(450, 600).convert("RGBA"), (0, 0))

    files = renditions(encoded(picture, "PNG"))

    assert "jpg" not in files
    for found in files.values():
        for width, data in found.items():
            made = opened(data).convert("RGBA")
            assert made.getpixel((width - 5, 10))[3] == 0
            assert made.getpixel((width // 4, 10))[3] == 255


@pytest.mark.parametrize("size", [(1, 1), (10, 10), (60, 4)])
def test_of_a_tiny_flat_picture_nothing_is_made(size):
    assert renditions(encoded(Pillow.new("RGB", size, "red"), "PNG", optimize=True)) == {}


def test_a_panorama_is_never_flat_to_nothing():
    files = renditions(as_master(photo(3_200, 160), "JPEG"))

    assert max(files["avif"]) == LADDER[-1]
    assert {opened(data).height for data in files["avif"].values()} == {
        max(1, round(160 * width / 3200)) for width in files["avif"]
    }


def test_a_strip_keeps_a_pixel_of_height():
    files = renditions(encoded(photo(3_000, 2), "JPEG", quality=100))

    assert all(opened(data).height >= 1 for found in files.values() for data in found.values())


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("PNG", "I;16"), ("PNG", "L"), ("PNG", "P"), ("PNG", "LA")]
)
def test_every_colour_mode_gets_through(kind, mode):
    picture = (
        Pillow.linear_gradient("L").resize((700, 500)).convert("I;16" if mode == "I;16" else "L")
        if mode in {"I;16", "L"}
        else photo(700, 500).convert("L").convert("LA")
        if mode == "LA"
        else photo(700, 500).convert(mode)
    )

    files = renditions(as_master(picture, kind))

    assert all(opened(data).width == width for found in files.values() for width, data in found.items())


def test_a_foreign_master_is_turned_upright():
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by 90 degrees

    files = renditions(encoded(photo(900, 600), exif=exif.tobytes()))

    assert all(
        picture.height > picture.width for found in files.values() for picture in map(opened, found.values())
    )


def test_a_moving_picture_is_left_as_it_is():
    frames = [Pillow.new("RGB", (50, 40), colour) for colour in ("red", "green", "blue")]

    with pytest.raises(UploadRefused, match="Moving"):
        renditions(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))


@pytest.mark.parametrize("data", [b"", b"<svg/>", encoded(photo(600, 400))[:2_000]])
def test_a_damaged_master_is_refused(data):
    with pytest.raises(UploadRefused):
        renditions(data)


def test_a_master_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr("articles.images.MAX_PIXELS", 1_000)

    with pytest.raises(UploadRefused, match="pixels"):
        renditions(encoded(photo(200, 100)))


def test_files_carry_no_metadata():
    files = renditions(as_master(photo(900, 600), "JPEG", comment=b"who took it"))

    for found in files.values():
        for data in found.values():
            assert b"who took it" not in data
            assert not dict(opened(data).getexif())
