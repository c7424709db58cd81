"""Who gets where. Every address is tried by everybody; the server decides, not the buttons."""

import pytest

from tests.factories import ArticleFactory, EditionFactory, UserFactory

pytestmark = pytest.mark.django_db

OWN, FOREIGN = "own", "foreign"
# name, method, extra arguments -> status for: author on own, author on foreign, editor, reviewer, login without group
MATRIX = [
    ("changelist", "get", (), None, (200, 200, 200, 200, 403)),
    ("add", "get", (), None, (200, 200, 200, 403, 403)),
    ("add", "post", (), None, (200, 200, 200, 403, 403)),
    ("preview_frame", "get", (), None, (200, 200, 200, 200, 200)),
    ("picker", "get", (), None, (400, 400, 400, 403, 403)),
    ("choices", "get", (), None, (400, 400, 400, 403, 403)),
    ("upload", "post", (), None, (400, 400, 400, 403, 403)),
    ("change", "get", (), OWN, (200, 200, 200, 200, 403)),
    ("change", "post", (), OWN, (200, 403, 200, 403, 403)),
    ("preview", "post", (), OWN, (200, 403, 200, 403, 403)),
    ("save", "post", (), OWN, (409, 403, 409, 403, 403)),
    ("publish", "get", (), OWN, (403, 403, 200, 403, 403)),
    ("publish", "post", (), OWN, (403, 403, 200, 403, 403)),
    ("unpublish", "get", (), OWN, (403, 403, 200, 403, 403)),
    ("unpublish", "post", (), OWN, (403, 403, 302, 403, 403)),
    ("rollback", "get", (1,), OWN, (403, 403, 200, 403, 403)),
    ("rollback", "post", (1,), OWN, (403, 403, 302, 403, 403)),
    ("cancel_schedule", "post", (1,), OWN, (403, 403, 302, 403, 403)),
    ("review", "post", (), OWN, (400, 400, 400, 400, 403)),
    ("history", "get", (), OWN, (200, 200, 200, 200, 403)),
    ("revision", "get", (1,), OWN, (200, 200, 200, 200, 403)),
    ("revision_frame", "get", (1,), OWN, (200, 200, 200, 200, 403)),
    ("restore", "post", (1,), OWN, (302, 403, 302, 403, 403)),
    ("edition", "get", (1,), OWN, (200, 200, 200, 200, 403)),
    ("edition_frame", "get", (1,), OWN, (200, 200, 200, 200, 403)),
    ("delete", "get", (), OWN, (403, 403, 403, 403, 403)),  # it has been published
]
NAMES = [f"{method}-{name}" for name, method, *_ in MATRIX]


@pytest.fixture
def article(author):
    article = ArticleFactory(owner=author)
    EditionFactory(article=article)
    return article


@pytest.mark.parametrize(("name", "method", "more", "about", "expected"), MATRIX, ids=NAMES)
def test_each_role_gets_what_it_may(
    name, method, more, about, expected, article, author, editor, reviewer, nobody, browse, at
):
    other = UserFactory(username="omar")
    other.groups.set(author.groups.all())
    url = at(name, article if about else None, *more)

    people = (author, other, editor, reviewer, nobody)
    statuses = tuple(getattr(browse(person), method)(url).status_code for person in people)

    assert statuses == expected


@pytest.mark.parametrize(("name", "method", "more", "about", "expected"), MATRIX, ids=NAMES)
def test_without_a_login_every_address_leads_to_the_login(
    name, method, more, about, expected, article, client, at
):
    response = getattr(client, method)(at(name, article if about else None, *more))

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


@pytest.mark.parametrize("name", ["preview", "save", "review"])
def test_what_changes_something_refuses_get(name, article, editor, browse, at):
    assert browse(editor).get(at(name, article)).status_code == 405


@pytest.mark.parametrize("name", ["upload"])
def test_uploading_refuses_get(name, editor, browse, at):
    assert browse(editor).get(at(name)).status_code == 405


@pytest.mark.parametrize(("name", "number"), [("restore", 1), ("cancel_schedule", 1)])
def test_what_changes_history_refuses_get(name, number, article, editor, browse, at):
    assert browse(editor).get(at(name, article, number)).status_code == 405


@pytest.mark.parametrize("key", ["999999", "abc", "1_2F", "9" * 40, "-1"])
def test_an_unknown_article_is_not_found(key, editor, browse):
    assert browse(editor).get(f"/admin/articles/article/{key}/change/").status_code == 404


def test_the_addresses_of_markdownx_do_not_exist(editor, browse):
    for path in ("/markdownx/markdownify/", "/markdownx/upload/"):
        assert browse(editor).post(path).status_code == 404


def test_posting_without_the_token_is_refused(editor, draft, at):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post(at("preview", draft), {"text": "x"}).status_code == 403
    assert client.post(at("upload"), {}).status_code == 403


def test_a_login_that_is_no_staff_gets_nowhere(draft, browse, at):
    reader = UserFactory(is_staff=False)

    assert browse(reader).get(at("change", draft)).status_code == 302


def test_authors_may_delete_their_never_published_drafts(draft, author, editor, browse, at):
    assert browse(author).get(at("delete", draft)).status_code == 200

    foreign = ArticleFactory()
    assert browse(author).get(at("delete", foreign)).status_code == 403
    assert browse(editor).get(at("delete", foreign)).status_code == 200


def test_deleting_a_draft_removes_its_history(draft, author, browse, at):
    response = browse(author).post(at("delete", draft), {"post": "yes"})

    assert response.status_code == 302
    assert not type(draft).objects.filter(pk=draft.pk).exists()
