"""The publish page and its services: what it says before the click, what happens after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import AuditEvent, Edition
from articles.revisions import save_revision
from cms.contracts import Check, Finding
from cms.plugins import Registry, use_registry
from tests.factories import ArticleFactory, EditionFactory

pytestmark = pytest.mark.django_db
BROKEN = "See [this](art:nowhere).\n"


@pytest.fixture
def clean():
    """No plugin, so that only what a test brings in speaks."""
    with use_registry(Registry()) as empty:
        yield empty


def finding_of(critical=False):
    def run(snapshot):
        return [Finding("TST01", "error", "Something is wrong.", critical=critical, line=1)]

    return Registry(objects={"publish_checks": {"TST01": Check("TST01", "error", run, critical)}})


@pytest.fixture
def send(editor, browse, at):
    """Post the publish form as the editor."""

    def post(article, **changes):
        data = {"when": "now", "head": article.head_id, "reason": "", "is_substantive": "on", **changes}
        return browse(editor).post(at("publish", article), data, follow=True)

    return post


def test_publishing_now(clean, draft, editor, send):
    page = send(draft, reason="First version").content.decode()

    edition = Edition.objects.live().get()
    assert (edition.article, edition.created_by) == (draft, editor)
    assert f'<a href="{edition.get_absolute_url()}">' in page
    assert AuditEvent.objects.get().reason == "First version"


def test_the_public_page_shows_it(clean, draft, send, client):
    send(draft)

    assert "Zinc is absorbed" in client.get("/articles/zinc-absorption/").content.decode()


def test_scheduling(clean, draft, send, frozen_time):
    page = send(draft, when="later", on="2026-05-03", at="09:30").content.decode()

    edition = Edition.objects.get()
    assert edition.live_from.isoformat() == "2026-05-03T09:30:00+00:00"
    assert not Edition.objects.live().exists()
    assert "goes live on 3 May 2026, 09:30 (UTC)" in page


@pytest.mark.parametrize(
    ("on", "at_time", "message"),
    [
        ("", "", "Give the day and the time."),
        ("2026-05-03", "", "Give the day and the time."),
        ("2026-04-30", "09:30", "Choose a time in the future."),
        ("2026-05-01", "12:00", "Choose a time in the future."),
        ("soon", "09:30", "Enter a valid date."),
    ],
)
def test_a_schedule_needs_a_time_to_come(on, at_time, message, clean, draft, send, frozen_time):
    page = send(draft, when="later", on=on, at=at_time).content.decode()

    assert message in page
    assert not Edition.objects.exists()


def test_the_page_states_the_time_zone(clean, draft, editor, browse, at, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    timezone.activate("Europe/Berlin")
    try:
        assert "Times are in Europe/Berlin." in browse(editor).get(at("publish", draft)).content.decode()
    finally:
        timezone.deactivate()


def test_the_checks_are_shown_before_the_click(editor, browse, at):
    article = ArticleFactory(text="One.\n\n" + BROKEN)

    page = browse(editor).get(at("publish", article)).content.decode()

    assert "There is no article with the address nowhere." in page
    assert f'{at("change", article)}#line-3"' in page


def test_an_error_stops_it(draft, send):
    with use_registry(finding_of()):
        page = send(draft).content.decode()

    assert "One error stands in the way. Correct the text, or give a reason below." in page
    assert not Edition.objects.exists()


def test_an_override_needs_a_reason_and_is_logged(draft, editor, send):
    with use_registry(finding_of()):
        send(draft, override="   ")
        assert not Edition.objects.exists()

        send(draft, override="The check is mistaken here.")

    event = AuditEvent.objects.get(kind="overridden")
    assert Edition.objects.live().exists()
    assert (event.actor, event.reason) == (editor, "The check is mistaken here.")


def test_critical_findings_cannot_be_overridden(draft, send):
    with use_registry(finding_of(critical=True)):
        page = send(draft, override="Please!").content.decode()

    assert "One error stands in the way. Correct the text." in page
    assert "Must be corrected" in page
    assert not Edition.objects.exists()


def test_without_the_right_to_override_the_field_is_ignored(draft, editor, send):
    from django.contrib.auth.models import Group, Permission

    Group.objects.get(name="Editor").permissions.remove(Permission.objects.get(codename="override_checks"))

    with use_registry(finding_of()):
        page = send(draft, override="I may not").content.decode()

    assert 'name="override"' not in page
    assert not Edition.objects.exists()


def test_what_was_checked_is_what_is_published(clean, draft, author, send):
    seen = draft.head_id
    save_revision(draft, text="Changed meanwhile.", front_matter=draft.head.front_matter, author=author)

    page = send(draft, head=seen).content.decode()

    assert "saved after this page was opened" in page
    assert not Edition.objects.exists()
    assert f'name="head" value="{draft.head_id}"' in page


def test_an_address_of_another_article_is_named(clean, draft, send):
    EditionFactory(slug=draft.slug, article__title="The first one")

    page = send(draft).content.decode()

    assert "belongs to the article “The first one”" in page
    assert not draft.editions.exists()


def test_an_update_may_leave_the_date_alone(clean, draft, send, frozen_time):
    send(draft)
    frozen_time.tick(timedelta(days=1))
    save_revision(draft, text="Zinc is absorbed in the gut.\n", front_matter=draft.head.front_matter)

    send(draft, is_substantive="")

    first, second = draft.editions.order_by("number")
    assert second.updated_at == first.updated_at


def test_the_first_publication_does_not_ask_what_changed(clean, draft, editor, browse, at):
    assert "is_substantive" not in browse(editor).get(at("publish", draft)).content.decode()


def test_unpublishing_asks_first(clean, draft, editor, send, browse, at):
    send(draft)

    page = browse(editor).get(at("unpublish", draft)).content.decode()

    assert "/articles/zinc-absorption/" in page
    assert Edition.objects.live().exists()


def test_unpublishing_says_that_a_schedule_goes_too(clean, draft, editor, send, browse, at):
    send(draft)
    send(draft, when="later", on="2030-12-24", at="10:00")

    page = browse(editor).get(at("unpublish", draft)).content.decode()

    assert "scheduled for 24 December 2030, 10:00: the schedule is cancelled too" in page
    assert page.count("live since") == 1


def test_unpublishing(clean, draft, editor, send, browse, at, client):
    send(draft)

    browse(editor).post(at("unpublish", draft), {"reason": "Under revision"})

    assert not Edition.objects.live().exists()
    assert AuditEvent.objects.get(kind="unpublished").reason == "Under revision"
    assert client.get("/articles/zinc-absorption/").status_code == 410


def test_unpublishing_what_is_not_published_says_so(draft, editor, browse, at):
    assert "nothing to take down" in browse(editor).get(at("unpublish", draft)).content.decode()


def test_cancelling_a_schedule(clean, draft, editor, browse, at):
    edition = publishing.schedule(draft, at=timezone.now() + timedelta(days=2))

    page = browse(editor).post(at("cancel_schedule", draft, edition.number), follow=True).content.decode()

    assert "The schedule is cancelled." in page
    assert not Edition.objects.live_or_scheduled().exists()


def test_a_live_edition_is_no_schedule(clean, draft, editor, browse, at):
    edition = publishing.publish(draft)

    page = browse(editor).post(at("cancel_schedule", draft, edition.number), follow=True).content.decode()

    assert "is live already" in page
    assert Edition.objects.live().exists()


def test_rolling_back(clean, draft, editor, browse, at):
    publishing.publish(draft)
    save_revision(draft, text="A mistake.", front_matter=draft.head.front_matter)
    publishing.publish(draft)

    client = browse(editor)
    assert "Show edition 1 again?" in client.get(at("rollback", draft, 1)).content.decode()
    client.post(at("rollback", draft, 1), {"reason": "The new text was wrong"})

    live = Edition.objects.live().get()
    draft.refresh_from_db()
    assert (live.number, live.copied_from.number) == (3, 1)
    assert "Zinc is absorbed" in live.text
    assert draft.head.text == "A mistake."  # the working copy stays
    assert AuditEvent.objects.get(kind="rolled_back").actor == editor


def test_rolling_back_is_checked_like_any_publication(draft, editor, browse, at):
    with use_registry(Registry()):
        publishing.publish(draft)

    with use_registry(finding_of()):
        page = browse(editor).post(at("rollback", draft, 1)).content.decode()
        assert "One error stands in the way" in page
        assert Edition.objects.count() == 1

        browse(editor).post(at("rollback", draft, 1), {"override": "It was fine then."})

    assert Edition.objects.count() == 2


@pytest.mark.parametrize("name", ["edition", "rollback"])
def test_an_edition_of_another_article_is_not_found(name, draft, editor, browse, at):
    EditionFactory(number=7)

    assert browse(editor).get(at(name, draft, 7)).status_code == 404


@pytest.mark.parametrize("editions", [1, 12])
def test_query_count_of_the_publish_page(
    editions, clean, draft, editor, browse, at, django_assert_max_num_queries
):
    for number in range(editions):
        EditionFactory(article=draft, number=number + 1, ended=number > 0)
    client = browse(editor)

    with django_assert_max_num_queries(12):
        client.get(at("publish", draft))
