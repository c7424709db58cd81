"""Every address of the admin, made from its own patterns, opened by everybody: no failure, no leak."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from articles.publishing import publish
from articles.roles import AUTHOR, EDITOR, REVIEWER
from tests.attack.hostile import hostile_article
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "a secret of another author"
OPEN = {"login", "logout", "jsi18n"}  # for everybody, or nothing to see
HOSTILE = ["0", "-1", "9" * 30, "1_00", "x'--", "\u0660", "%00", "a/b"]
QUERIES = [
    "q=%00",
    "q=" + "x" * 3_000,
    "page=%00",
    "o=99.-1",
    "id__exact=%00",
    "topic__id__exact=x",
    "p=zz",
    "e=1",
]


def patterns(resolver, before=""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, route


def addresses(identity="1", number="1"):
    """Return the address of every named page of the admin, with these arguments."""
    own = next(pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "admin/")
    found = {}
    for name, route in patterns(own):
        if name == "view_on_site":  # Django's own redirect, fails on ids that are no UUIDs
            continue
        path = re.sub(r"[\^$]|\\Z", "", route)
        path = re.sub(r"<int:[^>]*>", number, path)
        found[name] = "/admin/" + re.sub(r"<[^>]*>|\(.*?\)", identity, path)
    return found


@pytest.fixture
def client():
    """Failures become pages, so that all of them can be told at once."""
    return Client(raise_request_exception=False)


@pytest.fixture
def secret():
    article = ArticleFactory(title=SECRET, text=f"{SECRET} in the text", slug="secret")
    publish(article)
    return article


def person(role):
    user = UserFactory()
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def answers(client, urls, method="get"):
    """Return what failed on the server, and every answer."""
    found = {url: getattr(client, method)(url) for url in urls}
    return [url for url, response in found.items() if response.status_code >= 500], found


@pytest.mark.parametrize("method", ["get", "post"])
def test_anonymous_people_see_the_login_only(client, secret, method):
    urls = [url for name, url in addresses(str(secret.pk)).items() if name not in OPEN]

    failed, found = answers(client, urls, method)

    assert len(urls) > 60
    assert failed == []
    assert {
        url for url, r in found.items() if r.status_code != 302 or "/login/" not in r["Location"]
    } == set()


@pytest.mark.parametrize("method", ["get", "post"])
def test_people_who_are_not_staff_see_the_login_only(client, secret, method):
    client.force_login(UserFactory(is_staff=False))
    urls = [url for name, url in addresses(str(secret.pk)).items() if name not in OPEN]

    failed, found = answers(client, urls, method)

    assert failed == []
    assert {
        url for url, r in found.items() if r.status_code != 302 or "/login/" not in r["Location"]
    } == set()


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_rights_see_nothing(client, secret, method):
    client.force_login(person(None))

    failed, found = answers(client, addresses(str(secret.pk)).values(), method)

    assert failed == []
    assert [url for url, response in found.items() if SECRET in _text(response)] == []


@pytest.mark.parametrize("role", [AUTHOR, EDITOR, REVIEWER])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_fails_for_a_role(client, role, method):
    article = hostile_article()
    publish(article, override="x")
    client.force_login(person(role))

    failed, _ = answers(client, addresses(str(article.pk)).values(), method)

    assert failed == []


def test_every_form_carries_the_token_of_its_page(client, secret):
    """A part that loses the token is refused in every browser and in no test client."""
    publish(secret, override="x")
    client.force_login(UserFactory(superuser=True))

    _, found = answers(client, addresses(str(secret.pk)).values())

    forms = [
        (url, form)
        for url, response in found.items()
        for form in re.findall(
            r"<form\b[^>]*method=[\"']?post.*?</form>", _text(response), re.DOTALL | re.IGNORECASE
        )
    ]
    assert len(forms) > 20
    assert [url for url, form in forms if not re.search(r'csrfmiddlewaretoken" value="\w{32,}"', form)] == []


@pytest.mark.parametrize("identity", HOSTILE)
def test_no_argument_makes_a_page_fail(client, secret, identity):
    client.force_login(UserFactory(superuser=True))

    failed, _ = answers(client, addresses(identity, "9" * 25).values())

    assert failed == []


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_makes_a_list_fail(client, secret, query):
    client.force_login(UserFactory(superuser=True))
    names = [f"{m._meta.app_label}_{m._meta.model_name}_changelist" for m in admin.site._registry]
    urls = [f"{reverse(f'admin:{name}')}?{query}" for name in names]
    urls += [
        f"{reverse('admin:articles_article_choices')}?kind={kind}&{query}"
        for kind in ("authors", "topics", "tags", "images", "articles", "jurisdictions", "%00")
    ]
    urls += [
        f"{reverse('admin:articles_article_picker')}?syntax={syntax}&{query}"
        for syntax in ("article", "image", "citation", "link", "callouts", "notes", "%00")
    ]

    failed, _ = answers(client, urls)

    assert failed == []


BODIES = [
    {"text": "a\x00b", "title": "T\x00", "expected_head": "\x00"},
    {"expected_head": "9" * 5_000, "head": "9" * 5_000, "title": "T"},
    {"step": "approve", "head": "x", "note": "n" * 9_000},
    {"step": "send_back", "note": "n\x00" * 900, "head": "1"},
    {"when": "later", "on": "9999-12-31", "at": "23:59:59.999999", "head": "1"},
    {"when": "later", "on": "2026-13-45", "at": "25:00", "head": "-1"},
    {"reason": "r" * 9_000, "override": "\x00"},
    {"authors": ["\x00", "x" * 9_000], "tags": ["\x00"] * 50, "topic": "\x00", "image": "\x00", "title": "T"},
    {
        "title": "\x00",
        "slug": "\x00",
        "name": "\x00",
        "citekey": "\x00",
        "when": "{",
        "facts": "{",
        "csl": "[[",
    },
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_no_form_makes_a_page_fail(client, secret, body):
    client.force_login(UserFactory(superuser=True))
    urls = [url for name, url in addresses(str(secret.pk)).items() if name not in OPEN | {"password_change"}]
    urls = [url for url in urls if "/auth/user/" not in url]

    failed = []
    for url in urls:
        answer = client.post(url, body)
        if answer.status_code >= 500:
            failed.append(url)

    assert failed == []


@pytest.mark.parametrize("page", ["save", "change"])
def test_a_character_that_cannot_be_stored_does_not_cost_the_text(client, secret, page):
    client.force_login(UserFactory(superuser=True))
    body = {"title": "Zinc", "slug": "secret", "text": "All my\x00 words.", "expected_head": secret.head_id}

    client.post(reverse(f"admin:articles_article_{page}", args=[secret.pk]), body)

    secret.refresh_from_db()
    assert secret.head.text == "All my  words."


def _text(response):
    return "" if response.streaming else response.content.decode(errors="replace")
