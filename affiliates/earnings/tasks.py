"""Long imports in the background. Each may be broken off and run again."""

from __future__ import annotations

from collections.abc import Callable

from cms.tasks import task


def _progress_of(pk: int) -> Callable[[float], None]:
    """Return a function that keeps the progress on the record, where the page of the import reads it."""
    from affiliates.models import ImportFile

    size = ImportFile.objects.values_list("size_bytes", flat=True).get(pk=pk)

    def keep(done: float) -> None:
        ImportFile.objects.filter(pk=pk).update(bytes_read=int(done * size))

    return keep


@task(idempotent=True)
def check_import(pk: int) -> None:
    """Read a kept report and say on its record what importing it would change."""
    _run(pk, "check")


@task(idempotent=True)
def write_import(pk: int) -> None:
    """Write a kept report to the ledger."""
    _run(pk, "write")


def _run(pk: int, name: str) -> None:
    from affiliates.earnings import services, uploads
    from affiliates.earnings.errors import ReportError
    from affiliates.models import ImportFile

    record = ImportFile.objects.select_related("network").filter(pk=pk).first()
    if record is None or record.state in (ImportFile.State.DONE, ImportFile.State.UNDONE):
        return  # given up meanwhile, or done by a run before
    try:
        getattr(services, name)(record, uploads.files_of(record), _progress_of(pk))
    except ReportError:
        return  # its record says why


@task(idempotent=True)
def undo_import(pk: int, user_id: int | None = None) -> None:
    """Take an import back."""
    from django.contrib.auth.models import User

    from affiliates.earnings import services
    from affiliates.models import ImportFile

    record = ImportFile.objects.select_related("network").filter(pk=pk).first()
    if record is not None and record.state != ImportFile.State.UNDONE:
        services.undo(record, by=User.objects.filter(pk=user_id or 0).first(), progress=_progress_of(pk))


@task(idempotent=True)
def reattribute(network_id: int, tracking_ids: list[str]) -> None:
    """Work out again whose the earnings of these tracking IDs are."""
    from affiliates.earnings import services
    from affiliates.models import Network

    network = Network.objects.filter(pk=network_id).first()
    if network is not None:
        services.reattribute(network, tracking_ids)


@task(idempotent=True)
def forget_uploads() -> None:
    """Give up uploads that nobody has imported for a week."""
    from affiliates.earnings.uploads import forget_old

    forget_old()
