"""What stands on live pages: kept at publication, checked again when rules or the calendar change."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles import recompile as recompiling
from articles.compile import pipeline
from articles.compliance import findings
from articles.models import ArticleFinding, CheckSetting, ComplianceRun, Edition, FindingDay
from articles.recompile import recompile_edition
from cms import plugins
from cms.contracts import Check, Finding
from tests.articles.intake.helpers import registry_with
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def doses():
    def run(snapshot):
        if "900 mg" in snapshot.source.text:
            yield Finding("XYZ01", "warning", "Too much.", line=1, quote="900 mg")

    check = Check("XYZ01", "warning", run)
    with plugins.use_registry(registry_with(plugins.registry(), publish_checks=[check])):
        yield


def published(text="Take 900 mg.", **options):
    article = ArticleFactory(text=text)
    edition = publishing.publish(article, **options)
    recompile_edition(edition.pk)  # as the queue does
    return edition


def standing():
    return [(row.edition, row.check_id) for row in findings.live_findings()]


def test_what_a_live_page_has_is_known(doses):
    edition = published()

    assert standing() == [(edition, "XYZ01")]
    row = ArticleFinding.objects.get()
    assert (row.severity, row.quote, row.line, row.message) == ("warning", "900 mg", 1, "Too much.")


def test_a_new_edition_takes_the_place_of_the_old(doses):
    first = published()

    second = publishing.publish(first.article)
    recompile_edition(second.pk)

    assert standing() == [(second, "XYZ01")]


def test_a_withdrawn_page_has_no_findings(doses):
    edition = published()

    publishing.unpublish(edition.article)

    assert standing() == []


def test_a_scheduled_page_has_findings_from_its_day_on(doses, frozen_time):
    edition = published(at=timezone.now() + timedelta(days=1))
    before = standing()

    frozen_time.tick(timedelta(days=2))

    assert (before, standing()) == ([], [(edition, "XYZ01")])


def test_a_run_finds_what_a_changed_rule_finds(doses):
    published()
    CheckSetting.objects.create(check_id="XYZ01", severity="error", note="Stricter.")

    started = findings.start_run(reason="A rule changed")
    findings.run(started.pk)

    assert [row.severity for row in findings.live_findings()] == ["error"]


def test_a_run_tells_how_far_it_is_and_who_wanted_it(doses):
    for _ in range(3):
        published()

    started = findings.start_run(reason="A rule changed", by=UserFactory(username="anna"))
    findings.run(started.pk)

    started.refresh_from_db()
    assert (started.total, started.done, started.failed, started.actor_name) == (3, 3, 0, "anna")
    assert started.finished_at is not None


def test_a_page_that_cannot_be_compiled_does_not_stop_a_run(doses):
    published()
    broken = published()
    Edition.objects.filter(pk=broken.pk).update(source_text="x" * (pipeline.DEFAULT_CAPS.input_bytes + 1))

    started = findings.start_run(reason="Daily")
    findings.run(started.pk)

    started.refresh_from_db()
    assert (started.done, started.failed) == (2, 1)


def test_a_page_that_breaks_the_checks_does_not_stop_a_run(doses, monkeypatch):
    broken, fine = published(), published()

    def recompile_edition(edition_id):
        if edition_id == broken.pk:
            raise AttributeError("A fault of ours")
        checked.append(edition_id)

    checked = []
    monkeypatch.setattr(recompiling, "recompile_edition", recompile_edition)
    started = findings.start_run(reason="Daily")
    findings.run(started.pk)

    started.refresh_from_db()
    assert checked == [fine.pk]
    assert (started.done, started.failed) == (2, 1)
    assert started.finished_at is not None


def test_two_runs_at_once_are_one(doses):
    first = findings.start_run(reason="One")

    assert findings.start_run(reason="Two") == first


def test_a_changed_rule_is_not_left_to_a_run_that_has_begun(doses):
    first = findings.start_run(reason="One")
    assert findings.start_run(reason="Two", has_new_rules=True) == first
    ComplianceRun.objects.filter(pk=first.pk).update(total=3, done=2)

    second = findings.start_run(reason="Three", has_new_rules=True)

    assert second != first
    assert findings.start_run(reason="Four", has_new_rules=True) == second


def test_a_run_that_lost_its_worker_does_not_block_the_next(doses, frozen_time):
    first = findings.start_run(reason="One")
    frozen_time.tick(timedelta(hours=2))

    assert findings.start_run(reason="Two") != first


def test_a_finished_run_does_nothing_when_its_task_comes_again(doses):
    published()
    started = findings.start_run(reason="One")
    findings.run(started.pk)

    assert findings.run(started.pk) == 0


def test_the_day_is_counted_once_and_without_what_was_let_pass(doses):
    for _ in range(2):
        published()
    passed = published()
    ArticleFinding.objects.filter(edition=passed).update(overridden="Anna: fine.")

    for _ in range(2):
        findings.note_day()

    assert [(row.check_id, row.severity, row.count) for row in FindingDay.objects.all()] == [
        ("XYZ01", "warning", 2)
    ]


def test_what_was_found_on_past_editions_goes(doses):
    first = published()
    publishing.publish(first.article)

    findings.forget_past()

    assert not ArticleFinding.objects.filter(edition=first).exists()


def test_the_daily_run_is_queued(doses):
    findings.nightly()

    assert ComplianceRun.objects.get().reason == "Daily"
