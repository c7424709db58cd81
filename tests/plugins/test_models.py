"""What lets a plugin go: nothing that outlives it may be held by its tables."""

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from cms.plugins import FIRST_PARTY


def foreign_keys():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in FIRST_PARTY:
            for field in model._meta.local_fields:
                if field.is_relation:
                    yield field


def test_keys_to_other_apps_have_no_constraint_in_the_database():
    outward = [
        key for key in foreign_keys() if key.related_model._meta.app_label != key.model._meta.app_label
    ]

    assert outward
    assert [str(key) for key in outward if key.db_constraint] == []


def test_plugins_hold_no_keys_to_one_another():
    targets = {(key.model._meta.app_label, key.related_model._meta.app_label) for key in foreign_keys()}

    assert [pair for pair in targets if pair[1] in FIRST_PARTY and pair[0] != pair[1]] == []


@pytest.mark.parametrize("app", ["articles", "cms"])
def test_no_migration_of_the_core_depends_on_a_plugin(app):
    migrations = MigrationLoader(None).disk_migrations

    wanted = {
        parent
        for (label, _), migration in migrations.items()
        if label == app
        for parent, _ in migration.dependencies
    }
    assert wanted & set(FIRST_PARTY) == set()
