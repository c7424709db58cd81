"""Import and export of links: the pages of the admin, and the command."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from affiliates.models import AffiliateLink
from tests.affiliates.desk import AWIN, list_url
from tests.affiliates.factories import LinkFactory
from tests.affiliates.files import PRETTY
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return reverse("admin:affiliates_affiliatelink_import")


def upload(text, name="links.csv"):
    return {"file": SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)}


def test_the_preview_shows_every_row_and_saves_nothing(staff, page):
    response = staff.post(page, upload(PRETTY + "9,http://x.example/,bad,Bad,,,,,,,\n"))

    html = response.content.decode()
    assert "2 new, 0 changed" in html
    assert "Left out: Links must begin with https" in html
    assert "programme of its own" in html
    assert not AffiliateLink.objects.exists()


def test_the_second_button_imports_what_was_shown(staff, page):
    text = staff.post(page, upload(PRETTY)).context["text"]

    response = staff.post(page, {"text": text, "confirm": "yes"}, follow=True)

    assert "2 new, 0 changed, 0 as they were." in response.content.decode()
    assert AffiliateLink.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "Choose a file"), ({"text": "a,b\n1,2"}, "columns are not known"), ({"text": "\n"}, "empty")],
)
def test_what_is_no_file_is_said(staff, page, data, words):
    assert words in staff.post(page, {"confirm": "yes", **data}).content.decode()


def test_files_of_old_spreadsheets_are_read(staff, page):
    response = staff.post(page, upload(f"slug;title;address\nzinc;Zïnk;{AWIN}\n".encode("cp1252")))

    assert "Zïnk" in response.content.decode()


def test_hostile_cells_are_shown_as_text(staff, page):
    evil = "<script>alert(1)</script>"

    html = staff.post(page, upload(f"slug,title,address\nzinc,{evil},{evil}\n")).content.decode()

    assert evil not in html


def test_the_list_leads_to_import_and_export(staff):
    LinkFactory(slug="zinc", url=AWIN)

    html = staff.get(list_url("affiliatelink")).content.decode()
    assert "Import…" in html
    assert "Export all" in html

    file = staff.get(reverse("admin:affiliates_affiliatelink_export"))
    assert file["Content-Disposition"].startswith('attachment; filename="links-')
    assert b"\nzinc," in file.content


def test_chosen_rows_are_exported(staff):
    chosen, _ = LinkFactory(slug="aa"), LinkFactory(slug="bb")

    file = staff.post(list_url("affiliatelink"), {"action": "export_chosen", "_selected_action": [chosen.pk]})

    assert b"\naa," in file.content
    assert b"\nbb," not in file.content


@pytest.mark.parametrize("name", ["import", "export"])
def test_files_need_a_right(client, name):
    client.force_login(UserFactory())

    assert client.get(reverse(f"admin:affiliates_affiliatelink_{name}")).status_code == 403


def test_an_import_needs_the_right_to_change_links_too(client, page):
    link = LinkFactory(slug="zinc", title="Zinc", url=AWIN)
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename="add_affiliatelink"))
    client.force_login(user)

    answer = client.post(page, {"text": f"slug,title,address\nzinc,Other,{AWIN}\n", "confirm": "yes"})

    link.refresh_from_db()
    assert (answer.status_code, link.title) == (403, "Zinc")


def test_the_command_tells_before_it_does(tmp_path, capsys):
    file = tmp_path / "links.csv"
    file.write_text(PRETTY)

    call_command("import_links", file, "--dry-run")
    assert "Pretty Links: 2 would be created" in capsys.readouterr().out
    assert not AffiliateLink.objects.exists()

    call_command("import_links", file)
    assert "2 created, 0 changed" in capsys.readouterr().out
    assert AffiliateLink.objects.count() == 2


def test_the_command_names_bad_rows_and_fails(tmp_path, capsys):
    file = tmp_path / "links.csv"
    file.write_text(f"slug,address\nbad,http://x.example/\nzinc,{AWIN}\n")

    with pytest.raises(CommandError, match="Some rows"):
        call_command("import_links", file)

    assert "line 2: Links must begin with https" in capsys.readouterr().err
    assert AffiliateLink.objects.get().slug == "zinc"


def test_the_command_refuses_what_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_links", tmp_path / "none.csv")
