"""The status in the form of a work: what a check finds while the page is open is not undone by saving it."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from references.models import Reference
from tests.factories import UserFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return client


def saved_from_an_open_page(editor, shown, meanwhile, chosen):
    """Return the status after somebody opened the page, a check wrote another one, and the page was saved."""
    reference = ReferenceFactory(editorial_status=shown)
    url = reverse("admin:references_reference_change", args=[reference.pk])
    hidden = re.search(
        r'<input type="hidden" name="(initial-editorial_status)" value="(.*?)"',
        editor.get(url).content.decode(),
    )
    Reference.objects.filter(pk=reference.pk).update(editorial_status=meanwhile)

    data = {"type": "article-journal", "title": "Zinc", "editorial_status": chosen, hidden[1]: hidden[2]}
    assert editor.post(url, data).status_code == 302

    return Reference.objects.get(pk=reference.pk)


@pytest.mark.parametrize(
    ("shown", "meanwhile", "chosen", "after"),
    [
        ("current", "retracted", "current", "retracted"),
        ("current", "retracted", "corrected", "retracted"),
        ("current", "corrected", "retracted", "retracted"),
        ("retracted", "current", "retracted", "current"),
        ("retracted", "retracted", "current", "current"),
        ("current", "current", "concern", "concern"),
    ],
)
def test_only_who_has_seen_a_flag_takes_it_back(editor, shown, meanwhile, chosen, after):
    reference = saved_from_an_open_page(editor, shown, meanwhile, chosen)

    assert (reference.editorial_status, reference.title) == (after, "Zinc")
