"""The compliance page, the checks of the site and the audit log."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.compliance import chart, overview
from articles.compliance.overview import DayRow
from articles.models import (
    ArticleFinding,
    AuditEvent,
    CheckSetting,
    ComplianceRun,
    FindingDay,
)
from cms.contracts import Check
from cms.plugins import registry, use_registry
from tests.articles.intake.helpers import registry_with
from tests.factories import ArticleFactory, EditionFactory

pytestmark = pytest.mark.django_db
PAGE = "admin:articles_articlefinding_changelist"


@pytest.fixture(autouse=True)
def checks():
    found = [
        Check("TST01", "error", lambda snapshot: [], about="Doses above the limit.", why="Safety"),
        Check("TST02", "warning", lambda snapshot: []),
        Check("TST03", "error", lambda snapshot: [], critical=True),
    ]
    with use_registry(registry_with(registry(), publish_checks=found)):
        yield


def finding(edition, check_id="TST01", severity="error", **fields):
    data = {"message": f"{check_id} says so.", "quote": "900 mg", "line": 3, **fields}
    return ArticleFinding.objects.create(
        article=edition.article, edition=edition, check_id=check_id, severity=severity, **data
    )


@pytest.fixture
def see(editor, browse):
    def get(name=PAGE, *args, login=editor, query=""):
        return browse(login).get(reverse(name, args=args) + query)

    return get


def test_a_site_without_pages_is_told_what_will_stand_here(see):
    assert "Readers see no page yet" in see().content.decode()


def test_a_clean_site_is_told_so(see):
    EditionFactory()

    assert "No check has anything to say" in see().content.decode()


def test_findings_are_counted_by_severity_and_check(see):
    one, two = EditionFactory(), EditionFactory()
    finding(one)
    finding(two)
    finding(two, "TST02", "warning")
    finding(two, "TST01", overridden="Anna, 3 May: fine.")

    assert overview.counts() == {
        "errors": 2, "warnings": 1, "notes": 0, "passed": 1, "pages_with_errors": 2, "pages": 2,
    }  # fmt: skip
    assert [(row.check_id, row.count, row.articles) for row in overview.by_check()] == [
        ("TST01", 2, 2),
        ("TST02", 1, 1),
    ]
    assert "Doses above the limit." in see().content.decode()


def test_the_worst_pages_come_first():
    mild, bad = EditionFactory(title="Mild"), EditionFactory(title="Bad")
    for _ in range(3):
        finding(mild, severity="warning")
    finding(bad)

    assert [(row.title, row.errors, row.warnings) for row in overview.worst_articles()] == [
        ("Bad", 1, 0),
        ("Mild", 0, 3),
    ]


def test_reviews_fall_due_after_two_years(frozen_time):
    today = timezone.localdate()
    for title, days in (("Fresh", 100), ("Soon", 700), ("Late", 800)):
        EditionFactory(title=title, reviewed_on=today - timedelta(days=days))

    assert [(row.title, row.is_overdue) for row in overview.due_reviews()] == [
        ("Late", True),
        ("Soon", False),
    ]


def test_a_page_that_nobody_reviewed_is_due_two_years_after_its_last_change(frozen_time):
    old = EditionFactory(title="Old", reviewed_on=None)
    type(old).objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=800))

    assert [row.title for row in overview.due_reviews()] == ["Old"]


def test_the_trend_needs_two_days():
    assert chart.chart([DayRow(date(2026, 5, 1), 3, 0)]) is None


def test_the_trend_is_drawn_to_scale():
    days = [DayRow(date(2026, 5, 1), 10, 0), DayRow(date(2026, 5, 2), 5, 0), DayRow(date(2026, 5, 11), 0, 0)]

    drawn = chart.chart(days)

    assert drawn.errors == "0.0,0.0 60.0,60.0 600.0,120.0"
    assert drawn.warnings == "0.0,120.0 60.0,120.0 600.0,120.0"
    assert drawn.top == 10


def test_the_trend_adds_up_the_checks_of_a_day(frozen_time):
    today = timezone.localdate()
    FindingDay.objects.create(day=today, check_id="TST01", severity="error", count=2)
    FindingDay.objects.create(day=today, check_id="TST03", severity="error", count=3)
    FindingDay.objects.create(day=today - timedelta(days=200), check_id="TST01", severity="error", count=9)

    assert overview.trend() == [DayRow(today, 5, 0)]


def test_every_finding_of_a_check_leads_to_its_line(see):
    edition = EditionFactory(title="Zinc and doses")
    finding(edition)

    page = see("admin:articles_compliance_check", "TST01").content.decode()

    assert reverse("admin:articles_article_change", args=[edition.article_id]) + "#line-3" in page
    assert "900 mg" in page


def test_a_run_is_started_by_hand_and_shows_its_progress(see, editor, browse):
    EditionFactory()
    browse(editor).post(reverse("admin:articles_compliance_run"))
    ComplianceRun.objects.update(total=7, done=3)

    page = see().content.decode()

    assert "3 of 7 pages checked" in page
    assert ComplianceRun.objects.get().actor_name == editor.get_username()


@pytest.mark.parametrize("name", ["author", "nobody"])
def test_who_may_not_publish_may_not_run(name, request, browse):
    login = request.getfixturevalue(name)

    assert browse(login).post(reverse("admin:articles_compliance_run")).status_code == 403
    assert not ComplianceRun.objects.exists()


def test_a_login_without_rights_does_not_see_it(nobody, see):
    assert see(login=nobody).status_code == 403


@pytest.mark.parametrize("count", [1, 40])
def test_query_count_does_not_grow(count, editor, browse, django_assert_num_queries):
    for _ in range(count):
        finding(EditionFactory(reviewed_on=date(2020, 1, 1)))
    client = browse(editor)

    # session, user, permissions (2), runs, findings, pages, by check, worst, trend, due
    with django_assert_num_queries(11):
        client.get(reverse(PAGE))


def test_the_checks_are_listed_with_what_the_site_makes_of_them(see):
    CheckSetting.objects.create(check_id="TST02", is_on=False, note="Under discussion.")

    page = see("admin:articles_checksetting_changelist").content.decode()

    assert "Under discussion." in page
    assert "?check_id=TST01" in page
    assert "?check_id=TST03" not in page
    assert "Always on" in page


def test_changing_a_check_is_logged_and_checks_every_page_again(editor, browse):
    sent = {"check_id": "TST01", "severity": "warning", "note": "Our lawyer said so."}
    browse(editor).post(reverse("admin:articles_checksetting_add"), {**sent, "is_on": "on"})

    event = AuditEvent.objects.get()
    assert (event.kind, event.actor_name, event.reason) == (
        "check_changed",
        editor.get_username(),
        "Our lawyer said so.",
    )
    assert ComplianceRun.objects.get().reason == "TST01: Warning: shown, does not block"


def test_a_setting_that_changes_nothing_is_refused(editor, browse):
    sent = {"check_id": "TST01", "severity": "", "note": "Why not.", "is_on": "on"}

    page = browse(editor).post(reverse("admin:articles_checksetting_add"), sent).content.decode()

    assert "Choose another severity" in page
    assert not CheckSetting.objects.exists()


def test_a_critical_check_cannot_be_chosen(editor, browse):
    sent = {"check_id": "TST03", "severity": "info", "note": "Please."}

    browse(editor).post(reverse("admin:articles_checksetting_add"), sent)

    assert not CheckSetting.objects.exists()


def test_going_back_to_the_shipped_check_is_logged(editor, browse):
    row = CheckSetting.objects.create(check_id="TST01", severity="info", note="Trial.")

    browse(editor).post(reverse("admin:articles_checksetting_delete", args=[row.pk]), {"post": "yes"})

    assert AuditEvent.objects.get().data["now"] == "TST01: as shipped"


def event(**fields):
    data = {"kind": "published", "actor_name": "anna", "reason": "First version", **fields}
    return AuditEvent.objects.create(**data)


def test_the_audit_log_says_who_did_what(see):
    event(article=ArticleFactory(title="Zinc and doses"), data={"check": "TST01"})

    page = see("admin:articles_auditevent_changelist").content.decode()

    assert "Zinc and doses" in page
    assert "anna" in page
    assert "check: TST01" in page


def test_the_audit_log_cannot_be_changed(editor, browse):
    row = event()

    client = browse(editor)

    assert client.get(reverse("admin:articles_auditevent_add")).status_code == 403
    assert client.post(reverse("admin:articles_auditevent_delete", args=[row.pk])).status_code == 403


def exported(see, query=""):
    body = b"".join(see("admin:articles_audit_export", query=query).streaming_content).decode()
    return list(csv.reader(io.StringIO(body)))


def test_the_audit_log_is_exported(see):
    event(data={"findings": [{"id": "TST01", "message": "Too much."}]})

    header, row = exported(see)

    assert header[:2] == ["at", "what"]
    assert row[1:] == ["Published", "", "", "anna", "First version", "TST01: Too much."]


def test_the_export_keeps_to_the_filter(see):
    event()
    event(kind="unpublished")

    assert [row[1] for row in exported(see, "?kind__exact=unpublished")[1:]] == ["Unpublished"]


def test_a_formula_in_a_reason_is_words_in_a_spreadsheet(see):
    event(reason="=HYPERLINK(1)")

    assert exported(see)[1][5] == "'=HYPERLINK(1)"


def test_an_export_by_a_filter_that_is_none_is_a_bad_request(see):
    assert see("admin:articles_audit_export", query="?nothing__at__all=1").status_code == 400


def test_the_export_is_not_for_everybody(nobody, see):
    assert see("admin:articles_audit_export", login=nobody).status_code == 403


@pytest.mark.parametrize("count", [1, 60])
def test_query_count_of_the_log_does_not_grow(count, editor, browse, django_assert_num_queries):
    for _ in range(count):
        event(article=ArticleFactory())
    client = browse(editor)

    with django_assert_num_queries(6):  # session, user, permissions (2), count, rows
        client.get(reverse("admin:articles_auditevent_changelist"))
