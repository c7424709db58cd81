"""Files that belong to no picture any more are deleted, and no others."""

import pytest
from django.core.files.storage import default_storage

from articles.renditions import files, making
from tests.articles.renditions.pictures import library_image
from tests.factories import ImageFactory

pytestmark = pytest.mark.django_db


def test_the_sweep_deletes_what_belongs_to_nobody():
    image = ImageFactory()
    files.store(image.pk, {"jpg": {1: b"x"}}, 1)
    files.store(image.pk + 1_000, {"jpg": {1: b"x"}}, 1)

    assert making.sweep() == 1
    assert files.ids_with_files() == {image.pk}


def test_deleted_files_are_the_master_and_the_renditions():
    image = library_image()
    files.store(image.pk, {"jpg": {1: b"x"}}, 1)
    pk, name = image.pk, image.file.name
    image.delete()

    assert making.delete_files(pk, name) == 1
    assert making.delete_files(pk, name) == 0
    assert not default_storage.exists(name)


def test_files_of_a_picture_that_is_there_are_not_deleted():
    image = library_image()
    files.store(image.pk, {"jpg": {1: b"x"}}, 1)

    assert making.delete_files(image.pk, image.file.name) == 0
    assert default_storage.exists(image.file.name)


def test_a_master_that_another_row_names_stays():
    image = library_image()
    other = ImageFactory(file=image.file.name)
    pk = image.pk
    image.delete()

    making.delete_files(pk, other.file.name)

    assert default_storage.exists(other.file.name)
