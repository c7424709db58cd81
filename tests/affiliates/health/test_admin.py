"""Link health in the admin."""

import pytest
from django.urls import reverse
from django.utils import timezone

from affiliates.models import CheckRun, LinkCheck, LinkHealth
from affiliates.models.health import State
from articles.admin.dashboard import slot_panels
from tests.affiliates.desk import MAX_QUERIES
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.affiliates.health.desk import LIST, health, url
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_empty_list_says_what_it_is_for(staff):
    assert "Every live link appears here by itself" in staff.get(LIST).content.decode()


def test_the_list_says_what_needs_you(staff):
    found = health(title="Zinc <b>")
    health(State.OK)
    health(State.BLOCKED)

    page = staff.get(LIST).content.decode()

    assert "1 needs you" in page
    assert "1 arrive · 1 without an answer" in page
    assert "Zinc &lt;b&gt;" in page
    assert url(found) in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("attention=yes", ["Gone"]),
        ("attention=unknown", ["Silent"]),
        ("attention=accepted", ["Accepted"]),
        ("state__exact=ok", ["Fine"]),
        ("q=fine", ["Fine"]),
    ],
)
def test_filters(staff, query, titles):
    health(title="Gone")
    health(State.BLOCKED, title="Silent")
    health(State.OK, title="Fine")
    accepted = health(title="Accepted")
    accepted.accepted_at = timezone.now()
    accepted.accepted_state, accepted.accepted_host = accepted.state, accepted.final_host
    accepted.save()

    answer = staff.get(f"{LIST}?{query}")
    shown = {row.target.link.title for row in answer.context["cl"].result_list}
    assert shown == set(titles)


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_stays_within_its_queries(staff, count, django_assert_max_num_queries):
    for _ in range(count):
        PlacementFactory(link=health().target.link)

    with django_assert_max_num_queries(MAX_QUERIES):
        staff.get(LIST)


@pytest.mark.parametrize("count", [1, 25])
def test_the_page_of_one_link_stays_within_its_queries(staff, count, django_assert_max_num_queries):
    found = health()
    for _ in range(count):
        PlacementFactory(link=found.target.link)
        LinkCheck.objects.create(target=found.target, state=State.GONE, hosts=["a.example"])

    with django_assert_max_num_queries(MAX_QUERIES):
        staff.get(url(found))


def test_the_page_of_one_link_shows_way_places_and_choices(staff):
    found = health(title="Zinc")
    PlacementFactory(link=found.target.link, article__title="Zinc and you")

    page = staff.get(url(found)).content.decode()

    assert "awin1.com → northmoor.example" in page
    assert "Zinc and you" in page
    assert "Accept as it is" in page
    assert "2 failing checks in a row" in page


@pytest.mark.parametrize("key", ["999999", "abc", "1' or 1=1", "9" * 30])
def test_no_such_link(staff, key):
    assert staff.get(f"{LIST}{key}/change/").status_code == 404


def test_an_alert_can_be_accepted_and_that_taken_back(editor):
    found = health()

    editor.post(url(found, "accept"))
    assert not LinkHealth.objects.alerts().exists()

    editor.post(url(found, "accept"))
    assert LinkHealth.objects.alerts().exists()


def test_what_is_fine_cannot_be_accepted(editor):
    found = health(State.OK)

    editor.post(url(found, "accept"))

    found.refresh_from_db()
    assert found.accepted_at is None


def test_check_now_is_work_for_the_worker(editor, run_tasks, monkeypatch):
    asked = []
    monkeypatch.setattr("affiliates.health.run.check_due", lambda: asked.append("due") or CheckedNothing())
    found = health(State.OK)
    LinkHealth.objects.update(next_check_at=timezone.now() + timezone.timedelta(days=5))

    answer = editor.post(url(found, "check"), follow=True)
    run_tasks()

    found.refresh_from_db()
    assert "asks this link next" in answer.content.decode()
    assert (asked, found.next_check_at <= timezone.now()) == (["due"], True)


class CheckedNothing:
    checks = ()


def test_check_all(editor):
    health(State.OK)
    health()
    LinkHealth.objects.update(next_check_at=timezone.now() + timezone.timedelta(days=5))

    answer = editor.post(f"{LIST}check-all/", follow=True)

    assert "2 links are due now" in answer.content.decode()
    assert LinkHealth.objects.due(timezone.now()).count() == 2


def test_progress_is_shown(editor):
    health()
    CheckRun.objects.create(total_count=120, done_count=34)

    assert "Asking 34 of 120" in editor.get(LIST).content.decode()


@pytest.mark.parametrize("page", ["check", "accept"])
def test_looking_changes_nothing(editor, page):
    assert editor.get(url(health(), page)).status_code == 405


@pytest.mark.parametrize("page", ["change", "check", "accept", "address", "replace"])
def test_an_author_may_not(author, page):
    assert author.post(url(health(), page)).status_code == 403


@pytest.mark.parametrize("page", ["change", "check", "accept", "address", "replace"])
def test_a_stranger_is_sent_to_the_login(client, page):
    answer = client.post(url(health(), page))

    assert answer.status_code == 302
    assert "/admin/login/" in answer["Location"]


def panel(user, rf):
    request = rf.get("/admin/")
    request.user = user
    return " ".join(slot_panels(request))


def test_the_dashboard_names_links_in_trouble(rf):
    found = health(title="Zinc")
    PlacementFactory(link=found.target.link, article__title="Zinc and you")

    shown = panel(UserFactory(superuser=True), rf)

    assert "Links that no longer work" in shown
    assert "in “Zinc and you”" in shown
    assert reverse("admin:affiliates_linkhealth_change", args=[found.pk]) in shown


def test_the_dashboard_is_silent_when_nothing_is_wrong(rf):
    health(State.BLOCKED)
    health(count=1)

    assert "Links that no longer work" not in panel(UserFactory(superuser=True), rf)


def test_the_dashboard_tells_only_who_may_see_it(rf):
    health()

    assert "Links that no longer work" not in panel(UserFactory(), rf)


@pytest.mark.parametrize("count", [1, 12])
def test_the_card_takes_two_queries(rf, count, django_assert_num_queries):
    for _ in range(count):
        PlacementFactory(link=health().target.link)
    user = UserFactory(superuser=True)

    from affiliates.health.card import dashboard_card
    from cms.contracts import SlotContext

    request = rf.get("/admin/")
    request.user = user
    with django_assert_num_queries(2):  # the alerts, their articles
        dashboard_card(SlotContext(request=request))


def test_a_new_link_is_watched_from_the_next_run_on(staff):
    from affiliates.health.run import watch_new_targets

    LinkFactory()
    watch_new_targets()

    assert LinkHealth.objects.get().state == ""
    assert "Not checked yet" in staff.get(LIST).content.decode()


def test_the_first_page_does_not_say_that_nothing_waits(staff):
    ArticleFactory(state="ready")
    assert "Links that no longer work" not in staff.get("/admin/").content.decode()

    health(title="Zinc")

    page = staff.get("/admin/").content.decode()
    assert "Links that no longer work" in page
    assert "Nothing waits for you." not in page
