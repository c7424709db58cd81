"""LINK_CHECKS=false: no shop is asked anything, and whoever wants to ask is told why."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from affiliates.health import run, tasks
from tests.affiliates.factories import LinkFactory
from tests.affiliates.health.desk import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked(settings, monkeypatch):
    """Switch it off, and note who would have been asked all the same."""
    settings.LINK_CHECKS = False
    found = []
    monkeypatch.setattr(run, "check_due", lambda **options: found.append(options))
    return found


def test_the_worker_asks_nobody(asked):
    LinkFactory()

    assert tasks.check_links.call() == 0
    assert asked == []


def test_the_command_says_why(asked):
    with pytest.raises(CommandError, match="LINK_CHECKS"):
        call_command("check_links")


@pytest.mark.parametrize("page", ["check", "check_all"])
def test_the_buttons_say_why_and_ask_for_nothing(page, editor):
    arguments = [health().pk] if page == "check" else []

    response = editor.post(reverse(f"admin:affiliates_linkhealth_{page}", args=arguments), follow=True)

    assert "switched off (LINK_CHECKS)" in response.content.decode()
    assert not DBTaskResult.objects.filter(task_path=tasks.check_links.module_path).exists()
