"""What plugins that are gone have left in the database: tables, migration rows, content types."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Everything under one app label that belongs to no installed app."""

    label: str
    tables: tuple[str, ...]


def orphaned_labels() -> list[str]:
    """Return the labels of apps that were migrated once and are not installed now."""
    recorder = MigrationRecorder(connection)
    migrated = {label for label, _ in recorder.applied_migrations()}
    return sorted(migrated - {config.label for config in apps.get_app_configs()})


def leftovers_of(label: str) -> Leftovers:
    """Return the tables of a label.

    A table belongs to it by its name, unless an installed model has it or a longer label ("shop_extra" for "shop").
    """
    own = f"{label}_"
    installed = set(connection.introspection.django_table_names())
    labels = {config.label for config in apps.get_app_configs()} | set(orphaned_labels())
    longer = tuple(f"{other}_" for other in labels if other.startswith(own))
    tables = [
        table
        for table in connection.introspection.table_names()
        if table.startswith(own) and table not in installed and not table.startswith(longer)
    ]
    return Leftovers(label, tuple(sorted(tables)))


def row_count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
        return int(cursor.fetchone()[0])


def purge(leftovers: Leftovers) -> None:
    """Drop the tables for good and forget that the app was ever there. Articles and editions stay as they are."""
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table in leftovers.tables:
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")
    ContentType.objects.filter(app_label=leftovers.label).delete()
    MigrationRecorder(connection).migration_qs.filter(app=leftovers.label).delete()
