"""People, topics and pictures leave in a folder and come back the same."""

import pytest

from articles import portables
from articles.models import Author, Image, Topic
from tests.factories import AuthorFactory, ImageFactory, TopicFactory

pytestmark = pytest.mark.django_db


def everything():
    return [
        list(Author.objects.order_by("slug").values(*portables.AUTHOR_FIELDS)),
        list(Topic.objects.order_by("slug").values(*portables.TOPIC_FIELDS)),
        list(Image.objects.order_by("slug").values(*portables.IMAGE_FIELDS)),
    ]


def test_a_dumped_folder_brings_everything_back(tmp_path):
    AuthorFactory(name="Ana Weiß", bio="Two\nlines: and a colon.")
    TopicFactory()
    ImageFactory(slug="crystal", alt="A crystal")
    before = everything()
    portables.dump(tmp_path)
    for model in (Author, Topic, Image):
        model.objects.all().delete()

    portables.load(tmp_path)

    assert everything() == before


def test_loading_twice_changes_nothing(tmp_path):
    ImageFactory(slug="crystal")
    AuthorFactory()
    portables.dump(tmp_path)

    portables.load(tmp_path)

    assert (Image.objects.count(), Author.objects.count()) == (1, 1)


def test_loading_updates_a_person_by_slug(tmp_path):
    AuthorFactory(slug="ana", name="Ana Writer")
    portables.dump(tmp_path)
    Author.objects.update(name="Misspelt")

    portables.load(tmp_path)

    assert Author.objects.get().name == "Ana Writer"


def test_an_empty_folder_is_fine(tmp_path):
    portables.load(tmp_path)

    assert everything() == [[], [], []]
