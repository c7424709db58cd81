"""The form of a work, saved after somebody else has saved it: nothing of theirs is lost, and nothing that was typed."""

import json

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from references import library
from references.models import Reference
from tests.factories import UserFactory
from tests.references.factories import ReferenceFactory
from tests.support.open_page import OpenPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return ReferenceFactory(csl__volume="144", csl__publisher="Old House", editor_note="Old note.")


@pytest.fixture
def opened(client, work):
    user = UserFactory(username="ben")
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return OpenPage(client, reverse("admin:references_reference_change", args=[work.pk]))


def elsewhere(work, *, by=None, note="Old note.", **changes):
    """Another editor or the machine saves the work."""
    stored = Reference.objects.get(pk=work.pk)
    stored.csl = {**stored.csl, **changes}
    stored.editor_note = note
    stored._history_user = by
    library.store(stored)


def now(work):
    stored = Reference.objects.get(pk=work.pk)
    return stored.csl["title"], stored.csl["volume"], stored.csl["publisher"]


def test_an_untouched_page_saves_as_ever(work, opened):
    assert opened.save(volume="145")

    assert now(work)[1:] == ("145", "Old House")


def test_what_another_one_changed_stays(work, opened):
    elsewhere(work, by=UserFactory(username="ana"), publisher="New House")

    assert opened.save(volume="145")

    assert now(work)[1:] == ("145", "New House")
    assert "Kept what ana changed while the page was open: Publisher." in opened.messages


def test_a_check_or_an_import_has_no_name(work, opened):
    elsewhere(work, publisher="New House")

    opened.save(volume="145")

    assert "Kept what a check or an import changed while the page was open: Publisher." in opened.messages


def test_both_changed_one_field_and_both_values_are_shown(work, opened):
    elsewhere(work, by=UserFactory(username="ana"), volume="99", publisher="New House")

    assert not opened.save(volume="145")

    assert [(one.label, one.theirs, one.yours) for one in opened.conflicts] == [("Volume", "99", "145")]
    assert "ana changed this record while the page was open" in opened.html
    assert opened.data["volume"] == "145"
    assert opened.data["publisher"] == "New House"
    assert now(work)[1] == "99"


def test_saving_again_keeps_what_was_typed_and_what_was_not(work, opened):
    elsewhere(work, volume="99", publisher="New House")
    opened.save(volume="145", title="Typed title")

    assert opened.save()

    assert now(work) == ("Typed title", "145", "New House")


def test_a_third_change_is_asked_about_again(work, opened):
    elsewhere(work, volume="99")
    opened.save(volume="145")
    elsewhere(work, volume="100")

    assert not opened.save()

    assert [one.theirs for one in opened.conflicts] == ["100"]


def test_who_typed_the_same_is_not_asked(work, opened):
    elsewhere(work, volume="99")

    assert opened.save(volume="99")


def test_a_field_of_the_model_itself_follows_too(work, opened):
    elsewhere(work, note="Ana's note.")

    assert opened.save(volume="145")

    assert Reference.objects.get().editor_note == "Ana's note."


def test_what_was_emptied_meanwhile_stays_empty(work, opened):
    elsewhere(work, publisher="")

    assert opened.save(volume="145")

    assert not Reference.objects.get().csl.get("publisher")


def test_line_ends_of_a_browser_are_no_change(work, opened):
    elsewhere(work, author=[{"family": "Liu"}, {"family": "Ma"}])
    opened.take(opened.client.get(opened.url))
    elsewhere(work, author=[{"family": "Liu"}])

    assert opened.save(authors=opened.data["authors"].replace("\n", "\r\n"))

    assert [name["family"] for name in Reference.objects.get().csl["author"]] == ["Liu"]


@pytest.mark.parametrize(
    "seen", ["", "no JSON", "[]", "[" * 100_000, json.dumps({"volume": ["144"], "unknown": "x"})]
)
def test_a_form_that_does_not_say_what_it_showed_is_saved_or_asked_about(work, opened, seen):
    assert opened.save(seen=seen, publisher="Typed") in (True, False)

    assert now(work)[2] in {"Typed", "Old House"}


def test_the_machine_that_lifts_nothing_loses_nothing(work, opened):
    """A status is decided by its own rule."""
    Reference.objects.update(editorial_status="retracted")

    assert opened.save(volume="145", **{"initial-editorial_status": "current"})

    assert Reference.objects.get().editorial_status == "retracted"


def test_the_work_is_locked_while_it_is_saved(work, opened):
    with CaptureQueriesContext(connection) as queries:
        opened.save(volume="145")

    said = [query["sql"] for query in queries]
    reads = [sql for sql in said if sql.startswith("SELECT") and 'FROM "references_reference"' in sql]
    assert ("FOR UPDATE" in reads[0]) == (connection.vendor == "postgresql")


def test_a_work_deleted_meanwhile_says_so(work, opened):
    Reference.objects.all().delete()

    response = opened.client.post(opened.url, opened.data)

    assert response.status_code == 302
    assert not Reference.objects.exists()
