"""The groups: what they may do from the start, and that a migration never undoes an owner's choice."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from articles.roles import AUTHOR, EDITOR, PUBLISHER, REVIEWER, ROLES, codenames, grant_roles

pytestmark = pytest.mark.django_db


def rights(role, app="articles"):
    permissions = Group.objects.get(name=role).permissions.filter(content_type__app_label=app)
    return set(permissions.values_list("codename", flat=True))


def test_a_migrated_database_has_the_four_groups():
    assert set(Group.objects.values_list("name", flat=True)) == {AUTHOR, EDITOR, REVIEWER, PUBLISHER}


def test_only_publishers_see_money():
    assert {role for role in ROLES if "see_money" in rights(role, "affiliates")} == {PUBLISHER}
    assert "view_report" in rights(EDITOR, "affiliates")


def test_authors_write_but_neither_publish_nor_touch_others():
    granted = rights(AUTHOR)

    assert {"add_article", "change_article", "add_image", "view_topic"} <= granted
    assert not granted & {
        "publish_article", "override_checks", "change_any_article", "review_article", "change_topic", "delete_image",
    }  # fmt: skip


def test_editors_may_do_everything_with_articles():
    assert {"publish_article", "override_checks", "change_any_article", "review_article"} <= rights(EDITOR)


def test_reviewers_read_and_approve_only():
    granted = rights(REVIEWER)

    assert {"view_article", "review_article"} <= granted
    assert not any(name.startswith(("add_", "change_", "delete_", "publish_")) for name in granted)


def test_nobody_but_the_owner_manages_logins():
    assert not any(rights(role, "auth") for role in ROLES)


def test_running_it_again_changes_nothing():
    before = set(Permission.objects.values_list("group", "pk"))

    grant_roles(apps.get_app_config("articles"))

    assert set(Permission.objects.values_list("group", "pk")) == before


def test_a_permission_that_an_owner_took_away_stays_away():
    group = Group.objects.get(name=EDITOR)
    group.permissions.remove(Permission.objects.get(codename="override_checks"))

    grant_roles(apps.get_app_config("articles"))

    assert "override_checks" not in rights(EDITOR)


def test_a_model_that_an_update_brings_is_granted():
    group = Group.objects.get(name=EDITOR)
    group.permissions.remove(*group.permissions.filter(content_type__model="topic"))

    grant_roles(apps.get_app_config("articles"))

    assert {"view_topic", "change_topic"} <= rights(EDITOR)


def test_a_deleted_group_comes_back_with_its_permissions():
    Group.objects.get(name=AUTHOR).delete()

    grant_roles(apps.get_app_config("articles"))

    assert "change_article" in rights(AUTHOR)


def test_an_app_that_no_role_names_is_left_alone(django_assert_num_queries):
    with django_assert_num_queries(0):
        grant_roles(apps.get_app_config("sessions"))


def test_every_model_that_a_role_names_exists():
    for installed in ROLES.values():
        for app, models in installed.items():
            assert [apps.get_model(app, model) for model in models]


def test_words_expand_to_codenames():
    assert list(codenames("view add .publish_article", "article")) == [
        "view_article", "add_article", "publish_article",
    ]  # fmt: skip
