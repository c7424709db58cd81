"""Import and export in the admin."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from references import formats
from references.admin import exchange
from references.models import Reference
from tests.factories import UserFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:references_reference_changelist")
IMPORT = reverse("admin:references_reference_import")
BIB = "@article{zinc2020, title = {Zinc <script> in bread}, author = {Smith, Ana}, year = 2020, doi = {10.1234/zinc}}\n"


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(superuser=True))
    return client


def upload(client, text, name="library.bib"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, text.encode())}).content.decode()


def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


def confirm(client, html):
    return client.post(
        IMPORT, {"sent": hidden(html, "sent"), "name": hidden(html, "name"), "confirm": "yes"}, follow=True
    )


def test_the_list_leads_to_the_import(editor):
    assert IMPORT in editor.get(LIST).content.decode()
    page = editor.get(IMPORT).content.decode()
    assert "nothing is saved before you agree" in page
    assert 'role="alert"' not in page


def test_a_file_is_shown_before_anything_is_saved(editor):
    known = ReferenceFactory(csl__title="Iron", csl__DOI="10.1234/iron", csl__volume=None)
    text = f"{BIB}@article{{x, title = {{Iron}}, doi = {{10.1234/iron}}, volume = 3}}\n@book{{broken, title = {{B\n"

    html = upload(editor, text)

    assert "1 new, 1 to complete" in html
    assert "<code>zinc2020</code>" in html
    assert known.get_absolute_url() in html
    assert "Adds volume" in html
    assert "cannot be read" in html
    assert "Zinc &lt;script&gt; in bread" in html
    assert Reference.objects.count() == 1


def test_what_was_shown_is_imported(editor):
    page = confirm(editor, upload(editor, BIB))

    work = Reference.objects.get()
    assert (work.citekey, work.created_by) == ("zinc2020", UserFactory._meta.model.objects.get())
    assert "1 new, 0 completed, 0 as they were." in page.content.decode()


def test_a_file_with_nothing_new_has_no_button(editor):
    confirm(editor, upload(editor, BIB))

    html = upload(editor, BIB)

    assert "0 new, 0 to complete" in html
    assert 'name="confirm"' not in html


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choose a file."),
        ({"sent": "no base64!"}, "not sent as it was shown"),
        ({"sent": "bm8gemxpYg=="}, "not sent as it was shown"),
        ({"file": SimpleUploadedFile("a.bib", b"words")}, "no bibliography that we know"),
    ],
)
def test_what_cannot_be_read_is_told(editor, data, message):
    response = editor.post(IMPORT, data)

    assert response.status_code == 200
    assert message in response.content.decode()


def test_a_large_file_is_refused(editor, monkeypatch):
    monkeypatch.setattr(exchange, "MAX_BYTES", 10)

    assert "larger than 5 MB" in upload(editor, BIB)


def test_a_file_that_swells_is_cut(monkeypatch):
    monkeypatch.setattr(exchange, "MAX_BYTES", 1000)

    assert len(exchange._unpacked(exchange._packed(b"x" * 1_000_000))) == 1000


def test_bytes_survive_the_way_to_the_second_page(editor):
    html = editor.post(IMPORT, {"file": SimpleUploadedFile("a.bib", BIB.encode("utf-16"))}).content.decode()

    confirm(editor, html)

    assert Reference.objects.get().citekey == "zinc2020"


def test_only_who_may_add_and_change_may_import(client):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_reference"))
    client.force_login(user)

    assert client.get(IMPORT).status_code == 403
    client.logout()
    assert client.get(IMPORT).status_code == 302


@pytest.mark.parametrize("kind", exchange.EXPORTED)
def test_what_is_chosen_is_exported(editor, kind):
    chosen, _ = ReferenceFactory(citekey="a2020"), ReferenceFactory(citekey="b2020")

    response = editor.post(
        LIST, {"action": f"export_{kind.replace('-', '_')}", "_selected_action": [chosen.pk]}
    )

    assert response.headers["Content-Disposition"].endswith(f'.{formats.FORMATS[kind].extension}"')
    assert "no-store" in response.headers["Cache-Control"]
    batch = formats.FORMATS[kind].read(response.content.decode())
    assert [entry.item["title"] for entry in batch.entries] == [chosen.title]


@pytest.mark.parametrize("count", [1, 30])
def test_the_preview_stays_within_fifteen_queries(editor, count, django_assert_max_num_queries):
    text = "".join(BIB.replace("zinc", f"zinc{place}") for place in range(count))
    editor.get(IMPORT)

    with django_assert_max_num_queries(15):
        upload(editor, text)
