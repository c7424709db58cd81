"""The picture library in the admin."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from articles.models import EditionDependency, Image
from tests.factories import EditionFactory, ImageFactory

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/articles/image/", "/admin/articles/image/add/"


def png(shade=10):
    out = io.BytesIO()
    Pillow.new("RGB", (30, 20), (shade, 30, 20)).save(out, "PNG")
    return SimpleUploadedFile("My Shot.PNG", out.getvalue(), "image/png")


def change(image):
    return f"{LIST}{image.pk}/change/"


def test_a_picture_is_added_with_a_name_made_from_its_description(author, browse):
    browse(author).post(ADD, {"upload": png(), "alt": "A zinc crystal", "slug": "", "credit": "Ana"})

    image = Image.objects.get()
    assert (image.slug, image.alt, image.credit) == ("a-zinc-crystal", "A zinc crystal", "Ana")
    assert "shot" not in image.file.name.lower()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"alt": "x"}, "This field is required."),
        ({"upload": "png"}, "Describe the picture, or tick that it is decorative."),
        ({"upload": SimpleUploadedFile("x.svg", b"<svg/>", "image/svg+xml"), "alt": "x"}, "not a JPEG"),
        (
            {"upload": SimpleUploadedFile("x.gif", b"GIF89a<script>", "image/gif"), "alt": "x"},
            "damaged|not a JPEG",
        ),
    ],
)
def test_what_cannot_be_stored_is_said_at_the_field(data, message, author, browse):
    import re

    data = {key: png() if value == "png" else value for key, value in data.items()}

    response = browse(author).post(ADD, {"alt": "", "slug": "", "credit": "", **data})

    assert response.status_code == 200
    assert re.search(message, response.content.decode())
    assert not Image.objects.exists()


def test_adding_the_same_picture_again_leads_to_the_first(editor, browse):
    for alt in ("First", "Second"):
        browse(editor).post(ADD, {"upload": png(), "alt": alt, "slug": "", "credit": ""})

    assert [image.alt for image in Image.objects.all()] == ["First"]


def test_words_can_be_changed_without_the_file(editor, browse):
    image = ImageFactory()

    browse(editor).post(change(image), {"alt": "Another", "slug": image.slug, "credit": "", "upload": ""})

    image.refresh_from_db()
    assert image.alt == "Another"


def test_a_changed_picture_recompiles_what_shows_it(editor, browse, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    image = ImageFactory()

    with django_capture_on_commit_callbacks(execute=True):
        browse(editor).post(change(image), {"alt": "Another", "slug": image.slug, "credit": "", "upload": ""})

    assert DBTaskResult.objects.get().args_kwargs["args"] == [[f"image:{image.pk}"]]


def test_the_file_can_be_replaced_under_the_same_name(editor, browse):
    image = ImageFactory()
    before = image.file.name

    browse(editor).post(change(image), {"alt": image.alt, "slug": image.slug, "credit": "", "upload": png()})

    image.refresh_from_db()
    assert image.file.name != before
    assert (image.width, image.height) == (30, 20)


def test_a_picture_says_which_articles_show_it(editor, browse):
    image = ImageFactory()
    EditionFactory(title="Above the text", image=image)
    inside = EditionFactory(title="Inside the text")
    EditionDependency.objects.create(edition=inside, key=f"image:{image.pk}", version="1")
    EditionFactory(title="No longer shown", image=image, ended=True)

    page = browse(editor).get(change(image)).content.decode()

    assert "Above the text" in page
    assert "Inside the text" in page
    assert "No longer shown" not in page


def test_a_picture_that_readers_see_cannot_be_deleted(editor, browse):
    used, unused = EditionFactory().image, ImageFactory()
    client = browse(editor)

    assert client.post(f"{LIST}{used.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{LIST}{unused.pk}/delete/", {"post": "yes"}).status_code == 302


def test_authors_add_but_do_not_change(author, browse):
    image = ImageFactory()

    assert browse(author).get(ADD).status_code == 200
    assert browse(author).post(change(image), {"alt": "Mine now"}).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_query_count_does_not_grow(count, editor, browse, django_assert_max_num_queries):
    Image.objects.bulk_create(
        Image(slug=f"i{n}", file="images/x.png", alt="x", width=10, height=10) for n in range(count)
    )
    client = browse(editor)

    with django_assert_max_num_queries(6):  # session, user, two for permissions, count, pictures
        client.get(LIST)


def test_query_count_of_one_picture(editor, browse, django_assert_max_num_queries):
    image = ImageFactory()
    for _ in range(5):
        EditionFactory(image=image)
    client = browse(editor)

    with django_assert_max_num_queries(11):  # the buttons ask four times whether it is in use
        client.get(change(image))


def test_descriptions_are_escaped(editor, browse):
    image = ImageFactory(alt='"><script>alert(1)</script>')
    client = browse(editor)

    assert "<script>alert(1)" not in client.get(LIST).content.decode()
    assert "<script>alert(1)" not in client.get(change(image)).content.decode()
