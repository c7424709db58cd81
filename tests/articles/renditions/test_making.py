"""When renditions are made: by the worker, once, whatever dies on the way."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import portables
from articles.images import store_upload
from articles.models import Edition, EditionDependency, Image
from articles.renditions import files, making, tasks
from tests.articles.renditions.pictures import encoded, library_image, photo
from tests.factories import EditionFactory, ImageFactory

pytestmark = pytest.mark.django_db
State = Image.Renditions
FOUND = {"stem": "r/1/x", "master_bytes": 9, "kinds": {}}


@pytest.fixture
def encodes(monkeypatch):
    """Encode nothing; note which masters would be."""
    masters = []

    def renditions(master):
        masters.append(master)
        return {"webp": {360: b"smaller"}}

    monkeypatch.setattr(making, "renditions", renditions)
    return masters


@pytest.fixture
def changed(monkeypatch):
    """Note which pages are told."""
    told = []
    monkeypatch.setattr(making, "dependency_changed", lambda *keys: told.append(sorted(keys)))
    return told


def row(image):
    """Read the row anew; refreshing an object would open its file."""
    return Image.objects.get(pk=image.pk)


def queued(task):
    return DBTaskResult.objects.filter(task_path=task.module_path).count()


def test_an_upload_asks_the_worker():
    image = store_upload(BytesIO(encoded(photo(40, 30))), alt="A crystal")

    assert image.renditions_state == State.WAITING
    assert queued(tasks.make_renditions) == 1


def test_an_upload_encodes_nothing_itself(encodes):
    store_upload(BytesIO(encoded(photo(40, 30))), alt="A crystal")

    assert encodes == []


def test_an_imported_picture_asks_the_worker(tmp_path):
    library_image(slug="crystal")
    portables.dump(tmp_path)
    Image.objects.all().delete()

    portables.load(tmp_path)

    assert Image.objects.get().renditions == {}
    assert queued(tasks.make_renditions) == 1


def test_an_export_holds_the_original_alone(tmp_path):
    image = library_image(slug="crystal")
    making.make_due()

    portables.dump(tmp_path)

    assert [path.name for path in (tmp_path / "images").iterdir()] == ["crystal.jpg"]
    assert "renditions" not in (tmp_path / "images.yaml").read_text()
    assert image.file.size == (tmp_path / "images" / "crystal.jpg").stat().st_size


def test_a_real_picture_gets_real_files(changed):
    image = library_image()

    assert making.make_due() == 1

    image.refresh_from_db()
    assert image.renditions_state == State.READY
    assert set(image.renditions["kinds"]) == {"avif", "webp", "jpg"}
    assert image.renditions["master_bytes"] == image.file.size
    for kind, widths in image.renditions["kinds"].items():
        for width, size in widths.items():
            assert default_storage.size(f"{image.renditions['stem']}-{width}.{kind}") == size


def test_pages_follow_once_for_all_pictures(encodes, changed):
    images = ImageFactory.create_batch(3)

    making.make_due()

    assert changed == [sorted(f"image:{image.pk}" for image in images)]


def test_a_second_run_finds_nothing(encodes, changed):
    ImageFactory()
    making.make_due()

    assert making.make_due() == 0
    assert len(encodes) == len(changed) == 1


def test_a_long_run_gives_the_queue_a_turn_and_tells_the_pages_at_its_end(encodes, changed):
    ImageFactory.create_batch(3)

    counts = [making.make_due(seconds=-1) for _ in range(3)]

    assert counts == [1, 1, 1]
    assert queued(tasks.make_renditions) == 2
    assert len(changed) == 1


def test_two_workers_share_the_pictures():
    ImageFactory.create_batch(2)

    first, second, third = making.take(), making.take(), making.take()

    assert {first.pk, second.pk} == set(Image.objects.values_list("pk", flat=True))
    assert third is None


def test_the_newest_picture_is_made_first():
    older, newer = ImageFactory.create_batch(2)

    assert making.take() == newer
    assert making.take() == older


def test_the_picture_of_a_dead_worker_is_taken_again():
    image = ImageFactory()
    making.take()

    Image.objects.update(renditions_tried_at=timezone.now() - making.TAKEN_FOR - timedelta(seconds=1))

    assert making.take() == image


def test_a_picture_that_kills_every_worker_is_given_up(encodes):
    image = ImageFactory(renditions_tries=making.TRIES)

    making.make_due()

    image.refresh_from_db()
    assert image.renditions_state == State.FAILED
    assert "stopped each time" in image.renditions_error
    assert encodes == []


def test_a_damaged_picture_fails_with_the_reason_and_holds_up_no_other(changed):
    damaged, whole = library_image(), library_image()
    with default_storage.open(damaged.file.name, "wb") as file:
        file.write(b"not a picture")

    making.make_due()

    assert row(damaged).renditions_state == State.FAILED
    assert "not a JPEG" in row(damaged).renditions_error
    assert row(whole).renditions_state == State.READY


def test_a_master_that_is_too_large_is_not_decoded(monkeypatch):
    monkeypatch.setattr("articles.images.MAX_PIXELS", 100)
    image = ImageFactory()

    making.make_due()

    image.refresh_from_db()
    assert image.renditions_state == State.FAILED


def test_a_storage_that_does_not_answer_is_asked_three_times(monkeypatch, changed):
    image = library_image()
    monkeypatch.setattr(files, "store", lambda *_: (_ for _ in ()).throw(OSError("bucket away")))

    states = []
    for _ in range(3):
        making.make_due()
        image.refresh_from_db()
        states.append(image.renditions_state)
        Image.objects.update(renditions_tried_at=None)

    assert states == [State.WAITING, State.WAITING, State.FAILED]
    assert image.renditions_error == "OSError: bucket away"
    assert changed == []


def test_a_missing_file_is_no_end_of_the_run(changed):
    image = library_image()
    default_storage.delete(image.file.name)

    making.make_due()

    assert "FileNotFoundError" in row(image).renditions_error


def test_a_run_that_dies_half_way_names_nothing_and_goes_on_later(monkeypatch, changed):
    image = library_image()
    write = files._write

    def dies(name, data):
        write(name, data)
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "_write", dies)
    with pytest.raises(KeyboardInterrupt):
        making.make_due()
    image.refresh_from_db()
    assert image.renditions == {}

    monkeypatch.setattr(files, "_write", write)
    Image.objects.update(renditions_tried_at=None)
    making.make_due()

    image.refresh_from_db()
    assert image.renditions_state == State.READY


def test_a_file_replaced_meanwhile_keeps_waiting_for_its_own(encodes, changed):
    image = ImageFactory()
    taken = making.take()
    Image.objects.filter(pk=image.pk).update(file="images/other.png")

    assert making.make(taken) is False

    assert (row(image).renditions_state, row(image).renditions) == (State.WAITING, {})


def test_a_picture_deleted_meanwhile_leaves_no_file(encodes):
    image = ImageFactory()
    taken = making.take()
    Image.objects.all().delete()

    making.make(taken)

    assert files.delete_of(image.pk or taken.pk) == 0


def test_what_was_made_but_not_told_is_told_later(changed):
    image = ImageFactory(renditions_state=State.MADE)

    making.resume()

    image.refresh_from_db()
    assert changed == [[f"image:{image.pk}"]]
    assert image.renditions_state == State.READY
    assert queued(tasks.make_renditions) == 0


def test_pictures_from_before_are_taken_up(changed):
    ImageFactory()

    making.resume()

    assert queued(tasks.make_renditions) == 1


def test_making_anew_keeps_the_pages_whole_until_then():
    image = ImageFactory(renditions=FOUND, renditions_state=State.READY)

    assert making.wait_again(Image.objects.all()) == 1

    image.refresh_from_db()
    assert (image.renditions_state, image.renditions) == (State.WAITING, FOUND)


def test_the_worker_does_it_all(run_tasks, django_capture_on_commit_callbacks):
    """From the upload to the page that names the files: one new edition."""
    image = store_upload(BytesIO(encoded(photo(800, 450))), alt="A crystal", slug="crystal")
    edition = EditionFactory(
        image=None, source_text="![A crystal](img:crystal)\n", html="<p>old</p>",
        front_matter={"title": "Zinc", "slug": "zinc"},
    )  # fmt: skip
    EditionDependency.objects.create(edition=edition, key=f"image:{image.pk}", version="1")

    with django_capture_on_commit_callbacks(execute=True):
        run_tasks()
    run_tasks()

    new = Edition.objects.get(article=edition.article, live_until=None)
    assert Edition.objects.filter(article=edition.article).count() == 2
    assert 'type="image/avif"' in new.html
    assert f"/media/r/{image.pk}/" in new.html
