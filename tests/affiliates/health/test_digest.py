import pytest
from django.core import mail
from django.utils import timezone

from affiliates.health.digest import SHOWN, body_of, report_new, send_weekly
from affiliates.health.settings_check import check_mail
from affiliates.models import LinkHealth
from affiliates.models.health import State
from cms import plugins
from tests.affiliates.factories import LinkFactory, PlacementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def recipients(settings):
    settings.LINK_ALERT_RECIPIENTS = ["desk@site.example"]


def broken(**values):
    link = LinkFactory(**values.pop("link", {}))
    values = {"state": State.GONE, "detail": "The page is gone.", "trouble_count": 2, **values}
    return LinkHealth.objects.create(target=link.targets.get(), trouble_since=timezone.now(), **values)


def test_a_link_that_has_just_died_is_reported_once():
    broken()

    assert report_new() == 1
    assert report_new() == 0
    assert [message.subject for message in mail.outbox] == ["[Chelate] 1 affiliate link stopped working"]
    assert mail.outbox[0].to == ["desk@site.example"]


@pytest.mark.parametrize(
    "values",
    [
        {"trouble_count": 1},
        {"state": State.OK},
        {"state": State.BLOCKED},
        {"link": {"status": "paused"}},
        {"accepted_at": timezone.now(), "accepted_state": State.GONE},
    ],
)
def test_no_mail_when_nothing_is_wrong(values):
    broken(**values)

    assert (report_new(), send_weekly()) == (0, 0)
    assert mail.outbox == []


def test_no_mail_without_recipients(settings):
    settings.LINK_ALERT_RECIPIENTS = []
    health = broken()

    assert (report_new(), send_weekly()) == (0, 0)
    assert mail.outbox == []
    health.refresh_from_db()
    assert health.reported_at is None


def test_the_weekly_mail_names_every_open_trouble_again():
    broken()
    broken()
    report_new()

    assert send_weekly() == 2
    assert mail.outbox[-1].subject == "[Chelate] 2 affiliate links need you"


def test_the_mail_says_what_where_and_since_when(frozen_time):
    health = broken(link={"title": "Zinc <b>citrate</b>", "slug": "zinc"})
    PlacementFactory(link=health.target.link, article__title="Zinc & you")
    PlacementFactory(link=health.target.link, article__title="Retired", is_active=False)

    report_new()

    body = mail.outbox[0].body
    assert "Zinc <b>citrate</b> at Northmoor (aff:zinc)" in body
    assert "Gone since 1 May 2026. The page is gone." in body
    assert "In: Zinc & you\n" in body
    assert f"https://site.example/admin/affiliates/linkhealth/{health.pk}/change/" in body
    assert mail.outbox[0].alternatives == []


def test_a_line_break_in_a_name_makes_no_header():
    broken(link={"title": "Zinc\r\nBcc: all@site.example"})

    report_new()

    assert "Bcc" not in mail.outbox[0].message()


def test_a_long_mail_ends(django_assert_num_queries):
    alerts = [broken() for _ in range(SHOWN + 3)]

    with django_assert_num_queries(2):  # the alerts, their articles
        body = body_of(list(LinkHealth.objects.with_link().filter(pk__in=[health.pk for health in alerts])))

    assert "And 3 more." in body


def test_the_worker_sends_the_digest_weekly(run_tasks):
    broken()
    schedule = plugins.registry().schedules["affiliates.link_digest"]

    schedule.task()
    run_tasks()

    assert schedule.every.days == 7
    assert len(mail.outbox) == 1


def test_recipients_without_a_mail_server_are_reported(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert [found.id for found in check_mail()] == ["affiliates.W001"]

    settings.LINK_ALERT_RECIPIENTS = []
    assert list(check_mail()) == []


def test_recipients_with_a_mail_server_are_fine(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert list(check_mail()) == []
