"""People with a role, and their browsers."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from articles.roles import AUTHOR, EDITOR, REVIEWER
from tests.factories import ArticleFactory, UserFactory


def person(role, **fields):
    user = UserFactory(**fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def author(db):
    return person(AUTHOR, username="ana")


@pytest.fixture
def editor(db):
    return person(EDITOR, username="edda")


@pytest.fixture
def reviewer(db):
    return person(REVIEWER, username="lee")


@pytest.fixture
def nobody(db):
    """A login without any group."""
    return person(None, username="nils")


@pytest.fixture
def browse():
    """Return a function that logs a person in and returns the client."""

    def log_in(user):
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def draft(author):
    """The author's own draft."""
    return ArticleFactory(owner=author, title="Zinc and its absorption", slug="zinc-absorption")


@pytest.fixture
def at():
    """Return the address of an article page: `at("publish", article)`."""

    def address(name, article=None, *more):
        arguments = [article.pk, *more] if article else []
        return reverse(f"admin:articles_article_{name}", args=arguments)

    return address


@pytest.fixture
def fields():
    """Return what the editor's form would send for an article, with changes."""

    def sent(article, **changes):
        head = article.head
        data = {"title": article.title, "slug": article.slug, "text": head.text, "expected_head": head.pk}
        for name, value in head.front_matter.items():
            if name in {"description", "topic", "authors", "tags", "recommended"}:
                data.setdefault(name, value)
        return {**data, **changes}

    return sent
