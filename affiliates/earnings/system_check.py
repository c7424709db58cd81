"""System check for `manage.py doctor`: imports that broke off and wait for somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.core import checks
from django.db import DatabaseError

NAMED = 5


def check_imports(*, databases: Collection[str] | None = None, **_: object) -> Iterator[checks.CheckMessage]:
    """Name what broke off. Asks the database, so only where that is allowed; before `migrate` there is no table."""
    from affiliates.models import ImportFile

    if not databases:
        return
    try:
        broken = list(ImportFile.objects.broken_off().select_related("network")[:NAMED])
    except DatabaseError:
        return
    for import_file in broken:
        doing = import_file.get_state_display().lower()
        state = "while it was " + doing if import_file.state in ImportFile.BUSY else "in mid-write"
        yield checks.Warning(
            f"The import of {import_file.name!r} ({import_file.network}) broke off {state}.",
            hint=f"Go on with it or undo it under Imports, /admin/affiliates/importfile/{import_file.pk}/change/. "
            "Where it came from the command line, run the same import_earnings again: it goes on.",
            id="affiliates.W002",
        )
