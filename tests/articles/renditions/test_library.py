"""The picture library tells what readers load, and lets an editor try again."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow

from articles.models import Image
from articles.renditions import tasks
from tests.articles.renditions.pictures import finished
from tests.factories import ImageFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/image/"
State = Image.Renditions


@pytest.fixture
def editor():
    client = Client()
    client.force_login(UserFactory(superuser=True))
    return client


def change(image):
    return f"{LIST}{image.pk}/change/"


def retry(image):
    return f"{LIST}{image.pk}/retry/"


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


def queued(task):
    return DBTaskResult.objects.filter(task_path=task.module_path)


def png():
    out = io.BytesIO()
    Pillow.new("RGB", (30, 20), (10, 30, 20)).save(out, "PNG")
    return SimpleUploadedFile("x.png", out.getvalue(), "image/png")


def test_the_list_says_what_the_original_and_a_phone_weigh(editor):
    finished(ImageFactory(slug="crystal"))

    page = text_of(editor.get(LIST))

    assert "160 x 90" in page
    assert "488.3 KB" in page
    assert "11.9 KB" in page
    assert "AVIF, 1220 px wide" in page


def test_the_list_loads_the_smallest_file(editor):
    image = finished(ImageFactory())

    assert f'<img class="thumb" src="/media/r/{image.pk}/abcdefgh-360.webp"' in text_of(editor.get(LIST))


@pytest.mark.parametrize(
    ("state", "words"), [(State.WAITING, "Being made"), (State.FAILED, "Original: the others failed")]
)
def test_the_list_marks_what_is_not_ready(editor, state, words):
    ImageFactory(renditions_state=state)

    assert words in text_of(editor.get(LIST))


def test_the_list_can_be_narrowed_to_failures(editor):
    ImageFactory(slug="good-one", renditions_state=State.READY)
    ImageFactory(slug="bad-one", renditions_state=State.FAILED)

    page = text_of(editor.get(f"{LIST}?renditions_state__exact=failed"))

    assert "bad-one" in page
    assert "good-one" not in page


def test_a_picture_shows_each_of_its_files(editor):
    image = finished(ImageFactory(), widths=(360, 1220))

    page = text_of(editor.get(change(image)))

    assert "A phone loads <b>11.9 KB</b> (AVIF, 1220 pixels wide) instead of the original’s 488.3 KB." in page
    assert page.count("3.5 KB") == 3
    assert 'class="files__phone"' in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Smaller versions are being made; until then readers load the original."),
        ({"renditions_error": "OSError: away"}, "The last try failed and is repeated: OSError: away"),
        ({"renditions_state": State.READY}, "The original is as small as it gets; everybody loads it."),
        (
            {"renditions_state": State.FAILED, "renditions_error": "Too <b>odd</b>."},
            "No smaller versions could be made.</b> Too &lt;b&gt;odd&lt;/b&gt;. Readers load the original.",
        ),
    ],
)
def test_a_picture_without_files_says_why(editor, fields, words):
    assert words in text_of(editor.get(change(ImageFactory(**fields))))


def test_only_a_failure_can_be_tried_again(editor):
    failed, ready = ImageFactory(renditions_state=State.FAILED), finished(ImageFactory())

    assert f'formaction="{retry(failed)}"' in text_of(editor.get(change(failed)))
    assert "formaction" not in text_of(editor.get(change(ready)))


def test_trying_again_asks_the_worker(editor):
    image = ImageFactory(renditions_state=State.FAILED, renditions_error="Odd.", renditions_tries=3)

    response = editor.post(retry(image))

    assert response["Location"] == change(image)
    row = Image.objects.get()
    assert (row.renditions_state, row.renditions_error, row.renditions_tries) == (State.WAITING, "", 0)
    assert queued(tasks.make_renditions).count() == 1


def test_trying_again_is_no_link(editor):
    assert editor.get(retry(ImageFactory())).status_code == 405


def test_a_picture_that_is_gone_is_not_tried(editor):
    assert editor.post(f"{LIST}999/retry/").status_code == 404


@pytest.mark.parametrize(("staff", "status"), [(True, 403), (False, 302)])
def test_trying_again_needs_the_right_to_change(staff, status):
    image = ImageFactory(renditions_state=State.FAILED)
    client = Client()
    client.force_login(UserFactory(is_staff=staff))

    assert client.post(retry(image)).status_code == status
    assert not queued(tasks.make_renditions).exists()


def test_a_replaced_file_is_shown_at_once_and_made_anew(editor):
    image = finished(ImageFactory())

    editor.post(change(image), {"alt": "A", "slug": image.slug, "credit": "", "upload": png()})

    row = Image.objects.get()
    assert (row.renditions, row.renditions_state) == ({}, State.WAITING)
    assert queued(tasks.make_renditions).count() == 1


def test_new_words_make_no_new_files(editor):
    image = finished(ImageFactory())

    editor.post(change(image), {"alt": "New words", "slug": image.slug, "credit": "", "upload": ""})

    row = Image.objects.get()
    assert (row.alt, row.renditions) == ("New words", image.renditions)
    assert not queued(tasks.make_renditions).exists()


def test_a_deleted_picture_takes_its_files_along(editor):
    image = finished(ImageFactory())

    editor.post(f"{LIST}{image.pk}/delete/", {"post": "yes"})

    assert not Image.objects.exists()
    assert queued(tasks.delete_files).get().args_kwargs["args"] == [image.pk, image.file.name]


@pytest.mark.parametrize("count", [2, 30])
def test_the_list_asks_no_query_for_files(editor, count, django_assert_max_num_queries):
    for _ in range(count):
        finished(ImageFactory())

    with django_assert_max_num_queries(6):
        editor.get(LIST)
