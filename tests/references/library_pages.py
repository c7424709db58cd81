"""Ask for a page of the library as an editor does."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from references.models import Reference
from tests.factories import UserFactory
from tests.references.factories import ReferenceFactory
from tests.references.sources.fixtures import DOI


@pytest.fixture
def editor(client):
    user = UserFactory(username="edda")
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return client


def make(title="Iron in the diet of cats", **changes):
    item = {"type": "article-journal", "title": title, "DOI": DOI}
    return ReferenceFactory(citekey="cats1998", csl=item, **changes)


def at(name, *args):
    return reverse(f"admin:references_reference_{name}", args=args)


def do(client, reference, doing, **data):
    reply = client.post(at("sources", reference.pk), {"do": doing, **data}, follow=True)
    return reply.content.decode()


def page(client, reference):
    return client.get(at("sources", reference.pk)).content.decode()


def again(reference):
    return Reference.objects.get(pk=reference.pk)
