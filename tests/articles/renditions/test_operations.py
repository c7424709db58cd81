"""What operators see: the command and doctor."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Image
from articles.renditions.system_check import check_renditions
from cms.plugins import registry
from tests.articles.renditions.pictures import library_image
from tests.factories import ImageFactory

pytestmark = pytest.mark.django_db
State = Image.Renditions


@pytest.fixture
def done(capsys):
    """Return a function that runs the command and returns what it says."""

    def run(*arguments):
        call_command("rebuild_renditions", *arguments)
        return capsys.readouterr().out

    return run


def findings():
    return [(message.id, message.msg) for message in check_renditions(databases=["default"])]


def state_of(image):
    return Image.objects.get(pk=image.pk).renditions_state


def test_the_command_makes_what_is_missing_and_leaves_the_rest(done):
    missing, ready = library_image(), ImageFactory(renditions_state=State.READY)

    assert done() == "1 of 1 picture done.\n"
    assert Image.objects.get(pk=missing.pk).renditions["kinds"]
    assert Image.objects.get(pk=ready.pk).renditions == {}


def test_the_command_tries_again_what_failed(done):
    image = library_image(renditions_state=State.FAILED, renditions_tries=9)

    done()

    assert state_of(image) == State.READY


def test_all_means_all(done):
    image = library_image(renditions_state=State.READY)

    done("--all")

    assert Image.objects.get(pk=image.pk).renditions["kinds"]


def test_one_picture_can_be_named(done):
    ImageFactory(slug="other", renditions_state=State.READY)
    image = library_image(slug="crystal", renditions_state=State.READY)

    assert done("crystal") == "1 of 1 picture done.\n"
    assert Image.objects.get(pk=image.pk).renditions["kinds"]


def test_an_unknown_name_is_an_error():
    with pytest.raises(CommandError, match="no picture named quartz"):
        call_command("rebuild_renditions", "quartz")


def test_the_command_tells_what_fails(done):
    image = library_image(slug="crystal")
    with default_storage.open(image.file.name, "wb") as file:
        file.write(b"<svg/>")

    assert "crystal: This is not a JPEG" in done()


def test_doctor_is_content_with_a_new_picture():
    ImageFactory()

    assert findings() == []


def test_doctor_names_pictures_that_wait_too_long():
    ImageFactory.create_batch(2)
    Image.objects.update(uploaded_at=timezone.now() - timedelta(hours=2))

    assert findings() == [
        (
            "articles.W001",
            "2 pictures wait for more than an hour to be made smaller; readers load the originals.",
        )
    ]


def test_doctor_counts_what_failed():
    ImageFactory(renditions_state=State.FAILED)

    assert findings() == [
        ("articles.W002", "1 picture could not be made smaller; readers load the original.")
    ]


def test_the_check_asks_no_database_unless_it_may(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(check_renditions()) == []


def test_the_check_asks_one_query(django_assert_num_queries):
    ImageFactory.create_batch(3)

    with django_assert_num_queries(1):
        findings()


def test_the_worker_looks_every_few_minutes():
    assert registry().schedules["articles.renditions"].every <= timedelta(minutes=10)
    assert "articles.old_renditions" in registry().schedules
