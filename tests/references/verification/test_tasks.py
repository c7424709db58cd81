"""What is due, and when to stop."""

from datetime import timedelta

import pytest
from django.utils import timezone

from references.models import Reference
from references.models.states import VerificationState as State
from references.verification import tasks
from references.verification.service import Outcome
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(monkeypatch, settings):
    """Note which works are checked; `checked.states` answers in turn."""

    settings.REFERENCE_LOOKUPS = True

    class Checked(list):
        states: list = []

    seen = Checked()

    def verify(reference):
        seen.append(reference.citekey)
        state = seen.states[len(seen) - 1] if len(seen) <= len(seen.states) else State.MATCHED
        return Outcome(reference, state, "current")

    monkeypatch.setattr(tasks, "verify", verify)
    return seen


def test_what_was_never_checked_is_due_first():
    now = timezone.now()
    later = ReferenceFactory(verified_at=now, next_check_at=now - timedelta(hours=1))
    never = ReferenceFactory()
    ReferenceFactory(verified_at=now, next_check_at=now + timedelta(days=1))
    ReferenceFactory(verified_at=now, next_check_at=None)

    assert list(Reference.objects.due(now)) == [never, later]


def test_the_task_checks_a_batch(checked, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 3)
    ReferenceFactory.create_batch(5)

    assert tasks.verify_due.func() == 3
    assert len(checked) == 3


def test_offline_it_gives_up(checked):
    checked.states = [State.UNREACHABLE, State.MATCHED, State.UNREACHABLE, State.UNREACHABLE]
    ReferenceFactory.create_batch(6)

    tasks.verify_due.func()

    assert len(checked) == 4


def test_switched_off_it_checks_nothing(checked, settings):
    settings.REFERENCE_LOOKUPS = False
    ReferenceFactory()

    assert tasks.verify_due.func() == 0


def test_the_worker_knows_the_schedule():
    from cms.plugins import registry

    assert registry().schedules["references.verify"].every == timedelta(minutes=10)
