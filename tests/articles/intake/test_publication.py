"""Publishing what was imported, and saying why the rest is not online."""

from datetime import UTC, datetime

import pytest

from articles.models import Article, AuditEvent, Edition, SlugClaim
from articles.publishing import publish
from articles.revisions import save_revision
from cms import plugins
from cms.contracts import Check, Finding
from tests.articles.intake.helpers import article, registry_with
from tests.factories import EditionFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kernel_only")]


def check(severity="error", *, critical=False):
    def run(snapshot):
        if "poison" in snapshot.source.text:
            yield Finding("TST01", severity, "Say nothing of poison.", critical=critical)

    return Check("TST01", severity, run, critical)


@pytest.fixture
def checked(kernel_only):
    def checked(severity="error", *, critical=False):
        return plugins.use_registry(
            registry_with(kernel_only, publish_checks=[check(severity, critical=critical)])
        )

    return checked


def test_a_clean_article_goes_online_with_its_date(write, run):
    write("a.md", article(date="2024-05-13"))

    (entry,) = run(publish=True).entries

    edition = Edition.objects.live().get()
    assert entry.publication == "published"
    assert edition.published_at == datetime(2024, 5, 13, tzinfo=UTC)
    assert edition.slug == "copper-and-you"


def test_without_the_option_nothing_goes_online(write, run):
    write("a.md", article())

    assert run().entries[0].publication == ""
    assert not Edition.objects.exists()


def test_a_dry_run_publishes_nothing(write, run):
    write("a.md", article())

    (entry,) = run(publish=True, is_dry_run=True).entries

    assert entry.publication == "published"
    assert not Edition.objects.exists()


def test_an_error_finding_keeps_it_off(write, run, checked):
    write("a.md", article(body="Copper is no poison."))
    write("b.md", article(title="Iron and You"))

    with checked():
        first, second = run(publish=True).entries

    assert (first.is_refused, first.publication) == (True, "not published: TST01: Say nothing of poison.")
    assert (second.is_refused, second.publication) == (False, "published")


def test_a_warning_does_not(write, run, checked):
    write("a.md", article(body="Copper is no poison."))

    with checked("warning"):
        assert run(publish=True).entries[0].publication == "published"


def test_an_error_of_the_import_keeps_it_off_too(write, run):
    write("a.md", article(body="Copper is safe (Jargon, 2022)."))

    (entry,) = run(publish=True).entries

    assert entry.is_refused
    assert "(Jargon, 2022) is cited but not listed" in entry.publication


def test_a_reason_overrides_and_is_logged(write, run, checked):
    editor = UserFactory()
    write("a.md", article(body="Copper is no poison."))

    with checked():
        (entry,) = run(publish=True, override="Checked by hand", by=editor).entries

    event = AuditEvent.objects.get(kind=AuditEvent.Kind.OVERRIDDEN)
    assert entry.publication == "published"
    assert (event.reason, event.actor) == ("Checked by hand", editor)


def test_critical_findings_cannot_be_overridden(write, run, checked):
    write("a.md", article(body="Copper is no poison."))

    with checked(critical=True):
        (entry,) = run(publish=True, override="Checked by hand").entries

    assert entry.is_refused
    assert "critical findings cannot be overridden" in entry.publication
    assert not Edition.objects.exists()


def test_what_is_online_stays_as_it_is(write, run):
    write("a.md", article())
    run(publish=True)

    (entry,) = run(publish=True).entries

    assert entry.publication == "online already"
    assert Edition.objects.count() == 1


def test_a_changed_file_goes_online_again(write, run):
    write("a.md", article())
    run(publish=True)
    write("a.md", article(body="Another text."))

    run(publish=True)

    assert Edition.objects.live().get().text == "Another text."


def test_an_unchanged_article_that_was_refused_is_tried_again(write, run, checked):
    write("a.md", article(body="Copper is no poison."))
    with checked():
        run(publish=True)

    (entry,) = run(publish=True).entries

    assert (entry.status.value, entry.publication) == ("unchanged", "published")


def test_a_draft_stays_one(write, run):
    write("a.md", article(draft="true"))

    (entry,) = run(publish=True).entries

    assert entry.publication.startswith("left as a draft")
    assert not Edition.objects.exists()


def test_what_an_editor_changed_is_not_published(write, run):
    write("a.md", article())
    run()
    stored = Article.objects.get()
    save_revision(stored, text="Half a thought", front_matter=stored.head.front_matter)
    write("a.md", article(body="A newer file."))

    assert run(publish=True).entries[0].publication == ""
    assert not Edition.objects.exists()


@pytest.mark.parametrize("date", ["2026-07-01", "2026-07-01T00:00:00+00:00", "2026-07-01 02:00:00 +0200"])
def test_a_date_to_come_is_a_schedule(write, run, frozen_time, date):
    write("a.md", article(date=f"'{date}'"))

    (entry,) = run(publish=True).entries

    assert entry.publication == "scheduled for 2026-07-01 00:00 UTC"
    assert Edition.objects.get().live_from == datetime(2026, 7, 1, tzinfo=UTC)


def test_a_schedule_is_not_made_twice(write, run, frozen_time):
    write("a.md", article(date="2026-07-01"))
    run(publish=True)

    assert run(publish=True).entries[0].publication == "online already"
    assert Edition.objects.count() == 1


def test_an_address_that_another_article_had_is_left_to_it(write, run):
    EditionFactory(slug="copper-and-you", article__slug="red-metal")
    write("a.md", article())

    (entry,) = run(publish=True).entries

    assert (entry.slug, entry.publication) == ("copper-and-you-2", "published")


def test_old_addresses_below_articles_lead_to_the_article(write, run):
    write("a.md", article(aliases="[/articles/old-copper/, /2019/copper.html, /articles/a/b/]"))

    run(publish=True)

    assert set(SlugClaim.objects.values_list("slug", flat=True)) == {"copper-and-you", "old-copper"}


def test_other_old_addresses_lead_to_the_article_too(write, run, client):
    write("a.md", article(aliases="[/2019/copper.html, /articles/a/b/, /search/]"))

    (entry,) = run(publish=True).entries

    assert client.get("/2019/copper.html")["Location"] == "/articles/copper-and-you/"
    assert client.get("/articles/a/b/")["Location"] == "/articles/copper-and-you/"
    assert any("“/search/” is not led on" in problem for problem in entry.not_understood)


def test_an_old_address_that_is_taken_is_told(write, run):
    EditionFactory(slug="iron", title="Iron")
    write("a.md", article(aliases="[/articles/iron/]"))

    (entry,) = run(publish=True).entries

    assert entry.publication == "published"
    assert "“/articles/iron/” leads to" in entry.not_understood[-1]


def test_a_crash_while_publishing_stops_nothing(write, run, monkeypatch):
    write("a.md", article())
    write("b.md", article(title="Iron and You"))

    def fail_once(stored, **options):
        if stored.title == "Copper and You":
            raise ZeroDivisionError("oh")
        return publish(stored, **options)

    monkeypatch.setattr("articles.intake.publication.publish", fail_once)
    first, second = run(publish=True).entries

    assert (first.is_refused, first.publication) == (True, "not published: ZeroDivisionError: oh")
    assert second.publication == "published"
