"""Renditions in the storage: complete or not named, whatever the storage is and whenever a process dies."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage

from articles.models import Image
from articles.renditions import files

FILES = {"avif": {360: b"narrow avif", 540: b"wide avif"}, "jpg": {540: b"wide jpeg"}}


@pytest.fixture
def bucket(monkeypatch):
    """A storage without paths, as S3 is one."""
    storage = InMemoryStorage()
    monkeypatch.setattr(Image._meta.get_field("file"), "storage", storage)
    return storage


def content(name, storage=default_storage):
    with storage.open(name) as file:
        return file.read()


def names(storage, image_id):
    return sorted(storage.listdir(f"r/{image_id}")[1])


def test_the_row_says_where_the_files_are_and_what_they_weigh():
    found = files.store(7, FILES, 1_000)

    assert found["stem"].startswith("r/7/")
    assert found["master_bytes"] == 1_000
    assert found["kinds"] == {"avif": {"360": 11, "540": 9}, "jpg": {"540": 9}}
    for kind, widths in FILES.items():
        for width, data in widths.items():
            assert content(f"{found['stem']}-{width}.{kind}") == data


def test_a_storage_without_paths_does(bucket):
    found = files.store(7, FILES, 1_000)

    assert content(f"{found['stem']}-360.avif", bucket) == b"narrow avif"
    assert not default_storage.exists("r")


def test_another_content_has_another_name():
    first = files.store(7, FILES, 1_000)
    second = files.store(7, {**FILES, "jpg": {540: b"another jpeg"}}, 1_000)

    assert first["stem"] != second["stem"]
    assert content(f"{first['stem']}-540.jpg") == b"wide jpeg"


def test_two_pictures_of_one_content_share_no_file():
    first, second = files.store(7, FILES, 1_000), files.store(8, FILES, 1_000)

    files.delete_of(7)

    assert not default_storage.exists(f"{first['stem']}-540.jpg")
    assert default_storage.exists(f"{second['stem']}-540.jpg")


def test_writing_twice_leaves_one_file_each(bucket):
    first = files.store(7, FILES, 1_000)
    second = files.store(7, FILES, 1_000)

    assert first == second
    assert len(names(bucket, 7)) == 3


def test_a_file_that_was_cut_off_is_written_again():
    found = files.store(7, FILES, 1_000)
    name = f"{found['stem']}-540.avif"
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"wide"))  # the process died here

    files.store(7, FILES, 1_000)

    assert content(name) == b"wide avif"
    assert len(names(default_storage, 7)) == 3


def test_a_file_that_another_process_writes_is_left_to_it(bucket, monkeypatch):
    monkeypatch.setattr(bucket, "exists", lambda name: False)  # it began after we looked
    bucket._save("r/7/x-1.avif", ContentFile(b"theirs"))
    monkeypatch.setattr(bucket, "save", lambda name, content: bucket._save(f"{name}_1", content))

    with pytest.raises(OSError, match="another process"):
        files.store(7, FILES, 1_000)

    assert not [name for name in names(bucket, 7) if name.endswith("_1")]


def test_deleting_takes_every_set_that_a_picture_had():
    files.store(7, FILES, 1_000)
    files.store(7, {"jpg": {540: b"older"}}, 1_000)

    assert files.delete_of(7) == 4
    assert files.ids_with_files() == set()


def test_deleting_what_is_not_there_is_nothing(bucket):
    assert files.delete_of(7) == 0
    assert files.ids_with_files() == set()


def test_folders_that_are_not_ours_are_left_alone():
    files.store(7, FILES, 1_000)
    default_storage.save("r/readme/x.txt", ContentFile(b"x"))

    assert files.ids_with_files() == {7}
