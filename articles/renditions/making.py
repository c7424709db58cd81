"""When renditions are made, and who hears of it."""

from __future__ import annotations

import time
from datetime import timedelta

import structlog
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from articles import cdn, purging
from articles.images import UploadRefused
from articles.models import Image
from articles.recompile import dependency_changed
from articles.renditions import files, tasks
from articles.renditions.encode import renditions

State = Image.Renditions
TRIES = 3
TAKEN_FOR = timedelta(minutes=5)  # a large picture takes ten seconds; after that its worker is dead
MAX_MASTER_BYTES = 64 * 1024 * 1024  # the largest that articles.images can write has 42 MB
SECONDS_A_RUN = 20  # then the queue's other tasks have their turn
log = structlog.get_logger("chelate.renditions")


def wait_again(images: QuerySet[Image]) -> int:
    """Let pictures wait for new renditions. Those they have stay in the pages until then. Return how many."""
    values = Image.without_renditions()
    del values["renditions"]
    return images.update(**values)


def make_due(seconds: float = SECONDS_A_RUN) -> int:
    """Make renditions of waiting pictures, newest first, and return of how many.

    Pages follow when no picture waits any more: an article with ten new pictures is compiled once.
    """
    until, count = time.monotonic() + seconds, 0
    while (image := take()) is not None:
        make(image)
        count += 1
        if time.monotonic() > until and due().exists():
            tasks.make_renditions.enqueue()
            return count
    if not Image.objects.filter(renditions_state=State.WAITING).exists():
        announce()
    return count


def due() -> QuerySet[Image]:
    """Pictures that wait and that no worker is busy with."""
    free = Q(renditions_tried_at=None) | Q(renditions_tried_at__lt=timezone.now() - TAKEN_FOR)
    return Image.objects.filter(free, renditions_state=State.WAITING)


def take() -> Image | None:
    """Return the next picture and mark it as taken, so that two workers share the work."""
    while (image := due().order_by("renditions_tries", "-pk").first()) is not None:
        same = Image.objects.filter(pk=image.pk, renditions_tried_at=image.renditions_tried_at)
        if same.update(renditions_tried_at=timezone.now(), renditions_tries=F("renditions_tries") + 1):
            image.renditions_tries += 1
            return image
    return None


def make(image: Image) -> bool:
    """Make the renditions of one picture. A failure is noted in its row, with the reason."""
    if image.renditions_tries > TRIES:
        _failed(image, "The worker was stopped each time it worked on this picture.", is_final=True)
        return False
    try:
        with image.file.open("rb") as file:
            master = file.read(MAX_MASTER_BYTES)
        found = files.store(image.pk, renditions(master), len(master))
    except UploadRefused as error:
        _failed(image, str(error), is_final=True)
        return False
    except Exception as error:  # noqa: BLE001  storages raise what they like; the other pictures are made
        _failed(image, f"{type(error).__name__}: {error}", is_final=image.renditions_tries >= TRIES)
        return False
    kept = _same_file(image).update(
        renditions=found, renditions_state=State.MADE, renditions_error="", renditions_tries=0
    )
    if not kept and not Image.objects.filter(pk=image.pk).exists():
        files.delete_of(image.pk)  # it was deleted meanwhile
    return bool(kept)


def _failed(image: Image, reason: str, *, is_final: bool) -> None:
    """Give up on a picture that is damaged; try again later if, say, the storage did not answer."""
    log.warning("renditions_failed", image=image.pk, reason=reason, is_final=is_final)
    state = State.FAILED if is_final else State.WAITING
    _same_file(image).update(renditions_state=state, renditions_error=reason[:300])


def _same_file(image: Image) -> QuerySet[Image]:
    """The row, unless an editor has replaced the file meanwhile."""
    return Image.objects.filter(pk=image.pk, file=image.file.name)


def announce() -> int:
    """Let the pages take over what was made; return of how many pictures.

    The state follows the order, so that a process that is killed in between gives the order twice rather than never.
    """
    made = list(Image.objects.filter(renditions_state=State.MADE).values_list("pk", flat=True))
    if made:
        keys = [f"image:{pk}" for pk in made]
        dependency_changed(*keys)
        purging.purge(*keys, cdn.LISTS)
        Image.objects.filter(pk__in=made, renditions_state=State.MADE).update(renditions_state=State.READY)
    return len(made)


def resume() -> None:
    """Take up what an interrupted run left, and the pictures that were there before there were renditions."""
    announce()
    if due().exists():
        tasks.make_renditions.enqueue()


def sweep() -> int:
    """Delete the files of pictures that are gone; return of how many pictures."""
    found = files.ids_with_files()  # before the rows: a new picture has its row before its first file
    gone = found - set(Image.objects.values_list("pk", flat=True))
    for image_id in gone:
        files.delete_of(image_id)
    return len(gone)


def delete_files(image_id: int, master: str) -> int:
    """Delete a deleted picture's files; return how many renditions it had."""
    if Image.objects.filter(pk=image_id).exists():  # it was restored from a back-up
        return 0
    if master and not Image.objects.filter(file=master).exists():
        files.storage().delete(master)
    return files.delete_of(image_id)
