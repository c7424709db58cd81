"""Authors, topics, tags, logins and groups."""

import pytest
from django.contrib.auth.models import Group, User

from articles.models import Author, Topic
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    EditionFactory,
    TagFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db):
    return UserFactory(username="owner", superuser=True)


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(
    ("model", "factory", "queries"),
    [("author", AuthorFactory, 6), ("topic", TopicFactory, 6), ("tag", TagFactory, 6)],
)
def test_query_count_of_the_lists(
    model, factory, queries, count, editor, browse, django_assert_max_num_queries
):
    factory._meta.model.objects.bulk_create(factory.build_batch(count))
    client = browse(editor)

    with django_assert_max_num_queries(queries):  # session, user, two for permissions, count, the records
        assert client.get(f"/admin/articles/{model}/").status_code == 200


@pytest.mark.parametrize("count", [3, 200])
def test_query_count_of_the_logins(count, owner, browse, django_assert_max_num_queries):
    User.objects.bulk_create(User(username=f"u{n}", password="!") for n in range(count))
    client = browse(owner)

    with django_assert_max_num_queries(6):  # session, user, groups of the filter, count, logins, their groups
        client.get("/admin/auth/user/")


def test_only_those_who_manage_logins_tie_one_to_a_byline(owner, editor, browse):
    writer = AuthorFactory()
    data = {"name": writer.name, "slug": writer.slug, "user": editor.pk, "profile_url": "orcid.org/1"}

    browse(editor).post(f"/admin/articles/author/{writer.pk}/change/", data)
    writer.refresh_from_db()
    assert (writer.user, writer.profile_url) == (None, "https://orcid.org/1")

    browse(owner).post(f"/admin/articles/author/{writer.pk}/change/", data)
    writer.refresh_from_db()
    assert writer.user == editor


@pytest.mark.parametrize("model", ["author", "topic", "tag"])
def test_editors_add_records(model, editor, browse):
    page = browse(editor).get(f"/admin/articles/{model}/add/")

    assert page.status_code == 200


def test_a_topic_with_articles_cannot_be_deleted(editor, browse):
    used, empty = ArticleFactory().topic, TopicFactory()
    client = browse(editor)

    assert client.post(f"/admin/articles/topic/{used.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/admin/articles/topic/{empty.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Topic.objects.all()) == [used]


def test_a_byline_that_readers_have_seen_cannot_be_deleted(editor, browse):
    seen, unseen = EditionFactory().authors.get(), AuthorFactory()
    client = browse(editor)

    assert client.post(f"/admin/articles/author/{seen.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/admin/articles/author/{unseen.pk}/delete/", {"post": "yes"}).status_code == 302
    assert Author.objects.filter(pk=seen.pk).exists()


def test_topics_say_how_many_articles_they_hold(editor, browse):
    topic = TopicFactory()
    ArticleFactory.create_batch(3, topic=topic)

    response = browse(editor).get("/admin/articles/topic/")

    assert response.context["cl"].result_list[0].articles_here == 3


def test_a_new_login_can_enter_and_has_its_role(owner, browse):
    role = Group.objects.get(name="Author")
    data = {
        "username": "ana", "usable_password": "true", "password1": "correct horse battery",
        "password2": "correct horse battery", "first_name": "Ana", "last_name": "Ruiz", "email": "",
        "groups": [role.pk],
    }  # fmt: skip

    browse(owner).post("/admin/auth/user/add/", data)

    user = User.objects.get(username="ana")
    assert user.is_staff
    assert not user.is_superuser
    assert user.has_perm("articles.change_article")
    assert not user.has_perm("articles.publish_article")


@pytest.mark.parametrize("path", ["user/", "user/add/", "group/", "group/add/"])
def test_only_the_owner_manages_logins(path, owner, editor, browse):
    assert browse(owner).get(f"/admin/auth/{path}").status_code == 200
    assert browse(editor).get(f"/admin/auth/{path}").status_code == 403


def test_an_existing_login_can_be_opened_and_saved(owner, author, browse):
    client = browse(owner)

    assert client.get(f"/admin/auth/user/{author.pk}/change/").status_code == 200
    assert client.get(f"/admin/auth/user/{author.pk}/password/").status_code == 200
