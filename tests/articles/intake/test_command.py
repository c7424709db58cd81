"""manage.py import_content: its reports, its exit code, its words."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, AuditEvent, Edition
from tests.articles.intake.helpers import article
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kernel_only")]


@pytest.fixture
def command(folder):
    def command(*arguments, **options):
        out, err = StringIO(), StringIO()
        call_command("import_content", str(folder), *arguments, stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    return command


def test_json_has_the_keys_of_the_contract(write, command):
    path = write("a.md", article(recommended="[Iron]", layout="post"))

    report = json.loads(command("--json")[0])

    assert set(report) == {"created", "updated", "unchanged", "articles"}
    assert (report["created"], report["updated"], report["unchanged"]) == (1, 0, 0)
    (row,) = report["articles"]
    assert (row["source"], row["slug"], row["title"]) == (str(path), "copper-and-you", "Copper and You")
    assert [row[key] for key in ("references", "pins", "callouts", "disclaimers")] == [0, 1, 0, 0]
    assert row["not_understood"] == ["The front matter's “layout” is no key of ours; it was kept as it is."]
    assert {one["id"] for one in row["findings"]} == {"REC02", "TRU01"}  # Iron is not here, nobody signs


def test_json_findings_have_the_keys_of_lint(write, command):
    write("a.md", article(body="Safe (Jargon, 2022)."))

    found = json.loads(command("--json")[0])["articles"][0]["findings"]

    (finding,) = [one for one in found if one["id"] == "EVD04"]
    assert finding == {
        "id": "EVD04",
        "severity": "error",
        "critical": False,
        "line": 5,
        "quote": "Jargon, 2022",
        "message": "(Jargon, 2022) is cited but not listed among the references.",
        "fix": "Add the reference, then cite it.",
    }


def test_a_second_run_counts_nothing_new(write, command):
    write("a.md", article())
    command()

    report = json.loads(command("--json")[0])

    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 1)


def test_a_dry_run_writes_nothing(write, command):
    write("a.md", article())

    out, _ = command("--dry-run")

    assert out.startswith("Dry run: this is what would happen. Nothing was written.")
    assert "Run it again without --dry-run." in out
    assert not Article.objects.exists()


def test_the_report_for_people(write, command):
    write("a.md", article(body="You may also like\n\nCopper is safe (Jargon, 2022).", layout="post"))

    out, _ = command()

    assert "created   " in out
    assert "Copper and You  (/articles/copper-and-you/)" in out
    assert "0 references, 0 pins, 0 callouts, 0 disclaimers" in out
    assert "Not understood:\n    - The front matter's “layout”" in out
    assert "Taken out of the text:\n    - line 6: An empty recommendation marker" in out
    assert "- error EVD04: line 8: (Jargon, 2022) is cited but not listed" in out
    assert "1 created, 0 updated, 0 unchanged." in out
    assert "Solve the error findings of 1 article" in out
    assert "Publish in the admin, or run it again with --publish." in out


def test_what_did_not_change_is_only_counted(write, command):
    write("a.md", article())
    command()

    assert command()[0] == "0 created, 0 updated, 1 unchanged.\n"


def test_more_words_on_request(write, folder, command):
    write("a.md", article(lastmod="2024-05-13"))
    (folder / "a.png").write_bytes(b"x")

    out, _ = command(verbosity=2)

    assert "Also:\n    - Keys of the front matter were read as ours: lastmod → updated." in out
    assert "Not read: a.png. Pictures come in" in out


def test_no_words_on_request(write, command):
    write("a.md", article())

    assert command(verbosity=0) == ("", "")


def test_a_silent_run_still_tells_what_was_refused(write, command):
    write("a.md", article(body="Safe (Jargon, 2022)."))

    out, err = command("--publish", verbosity=0)

    assert out == ""
    assert "a.md: not published: EVD04" in err


def test_a_file_that_cannot_be_read_is_an_error_at_the_end(write, folder):
    write("a.md", "---\ntitle: [\n---\n")
    write("b.md", article())
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 file could not be read") as caught:
        call_command("import_content", str(folder), "--json", stdout=out, stderr=err)

    rows = json.loads(out.getvalue())["articles"]
    assert caught.value.returncode == 1
    assert [row["status"] for row in rows] == ["failed", "created"]
    assert rows[0]["findings"][0]["line"] == 3
    assert "a.md, line 3: the front matter is not valid YAML" in err.getvalue()


def test_the_report_names_what_could_not_be_read(write, folder):
    write("a.md", "---\ntitle: [\n---\n")
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("import_content", str(folder), stdout=out, stderr=StringIO())

    assert "failed    " in out.getvalue()
    assert "Repair the file and import it again." in out.getvalue()
    assert "0 created, 0 updated, 0 unchanged, 1 not readable." in out.getvalue()
    assert "Repair the 1 file that could not be read" in out.getvalue()


def test_publishing(write, command):
    write("a.md", article())

    out, _ = command("--publish")

    assert "  Published" in out
    assert Edition.objects.live().count() == 1


def test_an_override_is_done_in_a_name(write, command):
    UserFactory(username="ana")
    write("a.md", article(body="See [gold](art:gold)."))

    command("--publish", "--override", "Gold comes tomorrow", "--user", "ana")

    event = AuditEvent.objects.get(kind=AuditEvent.Kind.OVERRIDDEN)
    assert (event.reason, event.actor_name) == ("Gold comes tomorrow", "ana")


def test_an_override_without_a_login_names_the_account_of_the_machine(write, command, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    write("a.md", article(body="See [gold](art:gold)."))

    command("--publish", "--override", "Gold comes tomorrow")

    reason = AuditEvent.objects.get(kind=AuditEvent.Kind.OVERRIDDEN).reason
    assert reason == "Gold comes tomorrow (import_content, run by root)"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--override", "Because"], "use both"), (["--user", "nobody"], "There is no login named nobody")],
)
def test_options_that_make_no_sense(write, command, arguments, message):
    write("a.md", article())

    with pytest.raises(CommandError, match=message):
        command(*arguments)
    assert not Article.objects.exists()


def test_overwriting_on_request(write, command):
    from articles.revisions import save_revision

    write("a.md", article())
    command()
    stored = Article.objects.get()
    save_revision(stored, text="Mine.", front_matter=stored.head.front_matter)
    write("a.md", article(body="Newer."))

    out, _ = command()
    assert "1 kept as an editor has them" in out
    command("--overwrite")

    stored.refresh_from_db()
    assert stored.head.text == "Newer.\n"


def test_long_work_tells_how_far_it_is(write, command):
    for number in range(51):
        write(f"{number}.png", "x")

    assert command()[1] == "50 of 51 files read\n51 of 51 files read\n"
