"""Pictures beside a text go into the library; others stay as they are and are named."""

from io import BytesIO

import pytest
from PIL import Image as Pillow

from articles.intake.notes import Notes
from articles.intake.pictures import Album, cover, with_pictures
from articles.models import Article, Image
from tests.articles.intake.helpers import article
from tests.factories import ImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kernel_only")]


def png(colour="red"):
    out = BytesIO()
    Pillow.new("RGB", (4, 3), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def picture(folder):
    def picture(name="pan.png", colour="red"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(colour))
        return path

    return picture


@pytest.fixture
def album(folder):
    return Album(folder, folder)


@pytest.fixture
def notes():
    return Notes()


@pytest.mark.parametrize(
    "written", ["pan.png", "./pan.png", "<pan.png>", "/pan.png", "pan.png?v=2", "p%61n.png"]
)
def test_a_picture_beside_the_text(picture, album, notes, written):
    picture()

    text = with_pictures(f"Look: ![A red pan]({written}).", album, notes)

    assert text == "Look: ![A red pan](img:pan)."
    assert (Image.objects.get().slug, Image.objects.get().alt) == ("pan", "A red pan")
    assert notes.findings[0].id == "IMP18"


def test_a_title_stays(picture, album, notes):
    picture()

    assert with_pictures('![A pan](pan.png "Mine")', album, notes) == '![A pan](img:pan "Mine")'


def test_hugos_static_folder(picture, album, notes):
    picture("static/images/pan.png")

    assert with_pictures("![A pan](/images/pan.png)", album, notes) == "![A pan](img:pan)"


def test_the_same_picture_twice_is_stored_once(picture, album, notes):
    picture()
    picture("copy.png")

    text = with_pictures("![A pan](pan.png)\n![Another](copy.png)", album, notes)

    assert text == "![A pan](img:pan)\n![Another](img:pan)"
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("![A pan](gone.png)", "was not found beside the text"),
        ("![A pan](https://other.example/pan.png)", "is on another site"),
        ("![](pan.png)", "was not taken over: Describe the picture"),
        ("![A pan](broken.png)", "was not taken over: This is not a JPEG"),
        ("![A pan](../secret.png)", "was not found beside the text"),
        ("![A pan](notes.txt)", "was not found beside the text"),
        ("![A pan](/)", "was not found beside the text"),
        ("![A pan](%00.png)", "was not found beside the text"),
    ],
)
def test_other_pictures_stay_and_are_named(picture, folder, album, notes, written, reason):
    picture()
    (folder / "broken.png").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("x")
    (folder.parent / "secret.png").write_bytes(png())

    assert with_pictures(written, album, notes) == written
    assert reason in notes.not_understood[0]
    assert not Image.objects.exists()


def test_a_link_out_of_the_folder_is_not_followed(folder, album, notes):
    (folder.parent / "secret.png").write_bytes(png())
    (folder / "inside.png").symlink_to(folder.parent / "secret.png")

    with_pictures("![A pan](inside.png)", album, notes)

    assert not Image.objects.exists()


@pytest.mark.parametrize("text", ["![A pan](img:pan)", "```\n![A pan](pan.png)\n```", "[A pan](pan.png)"])
def test_what_is_no_picture_file_is_not_touched(picture, album, notes, text):
    picture()

    assert with_pictures(text, album, notes) == text
    assert (notes.findings, notes.not_understood) == ([], [])


def test_a_cover_from_the_library(album, notes):
    ImageFactory(slug="crystal")

    assert cover("crystal", "", album, notes) == "crystal"
    assert notes.findings == []


@pytest.mark.parametrize("written", ["pan.png", "pan", "/pan.png"])
def test_a_cover_beside_the_text(picture, album, notes, written):
    picture()

    assert cover(written, "A red pan", album, notes) == "pan"


@pytest.mark.parametrize(
    ("written", "alt", "reason"),
    [
        ("gone.png", "A pan", "neither in the library nor a file"),
        ("https://other.example/a.png", "A pan", "neither in the library nor a file"),
        ("pan.png", "", "Write “image_alt” in the front matter"),
    ],
)
def test_a_cover_that_cannot_be_taken(picture, album, notes, written, alt, reason):
    picture()

    assert cover(written, alt, album, notes) is None
    assert reason in notes.not_understood[0]


def test_front_matter_keeps_a_cover_that_was_not_found(write, run):
    write("a.md", article(image="gone.png"))

    run()

    front_matter = Article.objects.get().head.front_matter
    assert "image" not in front_matter
    assert front_matter["original_image"] == "gone.png"


def test_a_dry_run_writes_no_file(picture, write, run, media_root):
    picture()
    picture("other.png", "blue")
    write("a.md", article(body="![A pan](pan.png) ![Another](other.png)", image="pan.png", image_alt="A pan"))

    (entry,) = run(is_dry_run=True).entries

    assert [finding.id for finding in entry.findings].count("IMP18") == 3
    assert entry.errors == []
    assert not Image.objects.exists()
    assert not media_root.exists()


def test_a_dry_run_tells_of_names_that_are_taken(picture, album, notes):
    ImageFactory(slug="pan")
    picture()

    text = with_pictures("![A pan](pan.png)", Album(album.folder, album.root, is_dry_run=True), notes)

    assert text.startswith("![A pan](img:pan-")


def test_pictures_do_not_make_a_second_run_a_change(picture, write, run):
    picture()
    write("a.md", article(body="![A pan](pan.png)"))
    run()

    assert run().entries[0].status.value == "unchanged"
    assert Image.objects.count() == 1
