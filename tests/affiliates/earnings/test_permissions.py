"""Who may do what with an import: every page, every way to ask, every right."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from affiliates.models import Conversion, ImportFile, NetworkClickDay
from tests.affiliates.earnings.desk import MODELS, list_url, page_url, upload
from tests.affiliates.earnings.reports import AWIN, awin, put_awin, text_of
from tests.affiliates.factories import network
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGES = ["change", "columns", "undo", "rejected"]  # those that one may look at
DOORS = ["write", "discard"]  # those that only act
RIGHTS = {  # a right, and the pages that it opens
    "view_importfile": {"change", "rejected"},
    "add_importfile": {"columns"},
    "change_importfile": {"undo"},
    "delete_importfile": set(),
    "view_conversion": set(),
}


def log_in(client, *codenames, group=""):
    user = UserFactory()
    user.is_staff = True
    user.save()
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    user.groups.add(*Group.objects.filter(name=group))
    client.force_login(user)
    return user


@pytest.fixture
def checked(client):
    """A file that was checked and not written, and a client that is nobody again."""
    client.force_login(UserFactory(superuser=True))
    upload(client, text_of(AWIN, [awin(1), awin(2)]))
    client.logout()
    return ImportFile.objects.get()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("right", RIGHTS)
def test_one_right_opens_its_own_pages_only(client, checked, page, right):
    log_in(client, right)

    status = client.get(page_url(page, checked)).status_code

    assert (status in (200, 302)) is (page in RIGHTS[right])
    assert status in (200, 302, 403)


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("door", DOORS)
def test_only_who_may_import_writes_or_forgets(client, checked, right, door):
    log_in(client, right)

    status = client.post(page_url(door, checked)).status_code

    may = right == "add_importfile"
    assert status == (302 if may else 403)
    assert Conversion.objects.exists() is (may and door == "write")
    assert ImportFile.objects.exists() is not (may and door == "discard")


@pytest.mark.parametrize("right", RIGHTS)
def test_only_who_may_change_takes_back(client, right):
    record = put_awin(awin(1))
    log_in(client, right)

    status = client.post(page_url("undo", record)).status_code

    record.refresh_from_db()
    assert (record.state == ImportFile.State.UNDONE) is (right == "change_importfile")
    assert status == (302 if right == "change_importfile" else 403)


@pytest.mark.parametrize("right", RIGHTS)
def test_only_who_may_import_uploads(client, right):
    log_in(client, right)

    status = upload(client, text_of(AWIN, [awin(1)])).status_code

    assert ImportFile.objects.exists() is (right == "add_importfile")
    assert status in (200, 403)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_a_door_is_no_page(client, checked, door, method):
    client.force_login(UserFactory(superuser=True))

    assert getattr(client, method)(page_url(door, checked)).status_code == 405
    assert ImportFile.objects.get().state == ImportFile.State.CHECKED


@pytest.mark.parametrize("page", ["columns", "undo"])
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_form_is_read_or_sent(client, checked, page, method):
    client.force_login(UserFactory(superuser=True))

    assert getattr(client, method)(page_url(page, checked)).status_code == 405


@pytest.mark.parametrize("page", [*PAGES, *DOORS])
def test_visitors_are_asked_to_log_in(client, checked, page):
    response = client.post(page_url(page, checked))

    assert response.status_code == 302
    assert "login" in response["Location"]
    assert ImportFile.objects.get().state == ImportFile.State.CHECKED


@pytest.mark.parametrize("page", [*PAGES, *DOORS])
def test_readers_with_the_right_but_no_desk_are_asked_to_log_in(client, checked, page):
    user = UserFactory()
    user.user_permissions.add(*Permission.objects.filter(codename__endswith="_importfile"))
    user.is_staff = False
    user.save()
    client.force_login(user)

    assert client.post(page_url(page, checked)).status_code == 302
    assert ImportFile.objects.get().state == ImportFile.State.CHECKED


@pytest.mark.parametrize("group", ["Author", "Editor", "Reviewer"])
@pytest.mark.parametrize("page", [*PAGES, *DOORS])
def test_who_writes_articles_sees_no_earnings(client, checked, group, page):
    log_in(client, group=group)

    assert client.post(page_url(page, checked)).status_code == 403


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("group", ["Author", "Reviewer"])
def test_the_lists_of_earnings_are_not_for_authors(client, model, group):
    log_in(client, group=group)

    assert client.get(list_url(model)).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_a_publisher_sees_every_list(client, model):
    log_in(client, group="Publisher")

    assert client.get(list_url(model)).status_code == 200


def test_a_publisher_takes_a_report_from_the_file_to_the_ledger_and_back(client):
    log_in(client, group="Publisher")

    upload(client, text_of(AWIN, [awin(1)]))
    record = ImportFile.objects.get()
    client.post(page_url("write", record))
    written = Conversion.objects.count()
    client.post(page_url("undo", record))

    record.refresh_from_db()
    assert (written, record.state) == (1, ImportFile.State.UNDONE)


@pytest.mark.parametrize("page", [*PAGES, *DOORS])
@pytest.mark.parametrize("number", ["999", "9" * 18, "9" * 19, "9" * 40])
def test_an_import_of_any_number_that_is_not_there_is_not_found(client, page, number):
    address = reverse(f"admin:affiliates_importfile_{page}", args=[number])
    client.force_login(UserFactory(superuser=True))

    response = client.post(address) if page in DOORS else client.get(address)

    assert response.status_code == 404


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "²", "%00"])
def test_what_is_no_number_is_no_import(client, number):
    client.force_login(UserFactory(superuser=True))

    assert client.get(f"{list_url('importfile')}{number}/change/").status_code == 404


@pytest.mark.parametrize("action", ["change", "delete"])
def test_not_even_the_owner_of_the_site_alters_the_ledger(client, action):
    record = put_awin(awin(1))
    NetworkClickDay.objects.create(network=network(), day="2026-03-01", click_count=1, import_file=record)
    row = Conversion.objects.get()
    client.force_login(UserFactory(superuser=True))

    for kept, name in ((row, "conversion"), (NetworkClickDay.objects.get(), "networkclickday")):
        address = reverse(f"admin:affiliates_{name}_{action}", args=[kept.pk])
        client.post(address, {"commission": "999", "click_count": "999", "post": "yes"})

    assert Conversion.objects.get().commission == row.commission
    assert NetworkClickDay.objects.get().click_count == 1
