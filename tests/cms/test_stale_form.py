"""A form whose token has gone stale is refused in words that say what happened and what to do."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.factories import UserFactory


@pytest.mark.django_db
def test_what_was_typed_is_not_lost_without_a_word():
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(superuser=True))

    answer = client.post(
        "/admin/auth/group/add/", {"name": "Editors of old", "csrfmiddlewaretoken": "x" * 64}
    )

    words = answer.content.decode()
    assert answer.status_code == 403
    assert "This page was open for too long" in words
    assert "Go back" in words
    assert not Group.objects.filter(name="Editors of old").exists()
