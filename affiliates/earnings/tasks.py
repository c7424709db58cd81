"""Long imports in the background. Each may be broken off and run again."""

from __future__ import annotations

from contextlib import suppress

from cms.tasks import task


@task(idempotent=True)
def check_import(pk: int) -> None:
    """Read a kept report and say on its record what importing it would change."""
    _run(pk, "check")


@task(idempotent=True)
def write_import(pk: int) -> None:
    """Write a kept report to the ledger."""
    _run(pk, "write")


def _run(pk: int, name: str) -> None:
    from affiliates.earnings import runs, services, uploads
    from affiliates.earnings.errors import ReportError
    from affiliates.models import ImportFile

    state = ImportFile.State
    record = ImportFile.objects.select_related("network").filter(pk=pk).first()
    wanted = (state.CHECKING,) if name == "check" else (state.WRITING, state.FAILED)
    if record is None or record.state not in wanted:
        return  # given up or undone meanwhile, or done by a run before
    try:
        getattr(services, name)(record, uploads.files_of(record))
    except (ReportError, runs.TakenOver):
        return  # its record says why; another run has it


@task(idempotent=True)
def undo_import(pk: int, user_id: int | None = None) -> None:
    """Take an import back."""
    from django.contrib.auth.models import User

    from affiliates.earnings import runs, services
    from affiliates.models import ImportFile

    record = (
        ImportFile.objects.select_related("network").filter(pk=pk, state=ImportFile.State.UNDOING).first()
    )
    if record is not None:
        with suppress(runs.TakenOver):
            services.undo(record, by=User.objects.filter(pk=user_id or 0).first())


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
