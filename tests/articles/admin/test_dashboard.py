"""The first page: what needs whom, and the side bar."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.utils import timezone

from articles.models import Article, Edition, Pin, Revision
from cms.contracts import Slot
from cms.plugins import Registry, use_registry
from tests.factories import ArticleFactory, EditionFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db
ERROR = [{"id": "EVD04", "severity": "error", "message": "Gone", "critical": False}]


def sections(response):
    return {section.id: [item.title for item in section.items] for section in response.context["sections"]}


def test_a_fresh_site_leads_to_the_first_article(editor, browse):
    page = browse(editor).get("/admin/").content.decode()

    assert "Write the first article" in page
    assert "import_content" in page
    assert 'href="/admin/articles/article/add/"' in page


def test_a_reviewer_on_a_fresh_site_is_not_asked_to_write(reviewer, browse):
    assert "Write the first article" not in browse(reviewer).get("/admin/").content.decode()


def test_an_author_sees_own_drafts_and_what_is_in_review(author, browse):
    ArticleFactory(title="My draft", owner=author)
    ArticleFactory(title="Mine in review", owner=author, state="in_review")
    ArticleFactory(title="Foreign")

    assert sections(browse(author).get("/admin/")) == {"drafts": ["My draft"], "review": ["Mine in review"]}


def test_a_reviewer_sees_everything_that_waits(reviewer, browse):
    ArticleFactory(title="To review", state="in_review")

    assert sections(browse(reviewer).get("/admin/")) == {"review": ["To review"]}


def test_an_editor_sees_the_whole_desk(editor, browse):
    ArticleFactory(title="Ready", state="ready")
    ArticleFactory(title="To review", state="in_review")
    ArticleFactory(title="My draft", owner=editor)
    EditionFactory(title="Soon", scheduled=True)
    EditionFactory(title="Broken", findings=ERROR)
    Pin.objects.create(source=ArticleFactory(), wanted="The missing article")

    assert sections(browse(editor).get("/admin/")) == {
        "errors": ["Broken"],
        "ready": ["Ready"],
        "review": ["To review"],
        "drafts": ["My draft"],
        "scheduled": ["Soon"],
        "pins": ["The missing article"],
    }


def test_what_is_out_no_longer_waits(editor, browse):
    EditionFactory(article=ArticleFactory(state="ready"))
    EditionFactory(article=ArticleFactory(state="ready"), scheduled=True)

    assert "ready" not in sections(browse(editor).get("/admin/"))


def test_a_changed_article_waits_again(editor, browse):
    article = EditionFactory(article=ArticleFactory(title="Changed", state="ready")).article
    article.head = Revision.objects.create(article=article, number=2, text="New.")
    article.save()

    assert sections(browse(editor).get("/admin/"))["ready"] == ["Changed"]


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_only_errors_on_live_pages_raise_the_alarm(severity, editor, browse):
    EditionFactory(title="Warned", findings=[{**ERROR[0], "severity": severity}])
    EditionFactory(title="Over", findings=ERROR, ended=True)

    assert "errors" not in sections(browse(editor).get("/admin/"))


def test_a_message_cannot_fake_an_error(editor, browse):
    EditionFactory(findings=[{**ERROR[0], "severity": "info", "message": 'say "severity": "error" please'}])

    assert "errors" not in sections(browse(editor).get("/admin/"))


def test_long_lists_lead_to_all_of_them(editor, browse):
    ArticleFactory.create_batch(8, state="in_review")

    section = next(s for s in browse(editor).get("/admin/").context["sections"] if s.id == "review")

    assert len(section.items) == 6
    assert browse(editor).get(section.more).context["cl"].result_count == 8


def test_nothing_to_do_is_said(editor, browse):
    EditionFactory()

    page = browse(editor).get("/admin/").content.decode()

    assert "Nothing waits for you." in page
    assert "What readers see, newest first" in page


def test_a_login_without_rights_sees_an_empty_desk(nobody, browse):
    response = browse(nobody).get("/admin/")

    assert response.status_code == 200
    assert sections(response) == {}


def test_plugins_add_panels_and_a_failing_one_is_left_out(editor, browse):
    def broken(context):
        raise RuntimeError

    slots = {
        "good": Slot("good", "admin_dashboard", lambda context: f"<p>Hello {context.request.user}</p>"),
        "bad": Slot("bad", "admin_dashboard", broken),
    }
    with use_registry(Registry(objects={"slots": slots})):
        page = browse(editor).get("/admin/").content.decode()

    assert "<p>Hello edda</p>" in page


@pytest.mark.parametrize("count", [10, 10_000])
def test_query_count_does_not_grow(count, editor, browse, django_assert_max_num_queries):
    topic, owner, now = TopicFactory(), UserFactory(), timezone.now()
    articles = Article.objects.bulk_create(
        Article(title=f"A {n}", slug=f"a-{n}", topic=topic, owner=owner, state=["draft", "ready"][n % 2])
        for n in range(count)
    )
    revisions = Revision.objects.bulk_create(Revision(article=article, number=1) for article in articles)
    Edition.objects.bulk_create(
        Edition(
            article=article, number=1, revision=revision, slug=article.slug, title=article.title, html="x",
            live_from=now - timedelta(hours=1), published_at=now, updated_at=now,
            findings=ERROR if n % 100 == 0 else [],
        )
        for n, (article, revision) in enumerate(zip(articles, revisions, strict=True))
    )  # fmt: skip
    client = browse(editor)

    with use_registry(Registry()), django_assert_max_num_queries(12):
        response = client.get("/admin/")

    assert len(sections(response)["errors"]) == (1 if count == 10 else 6)


class TestSideBar:
    def links(self, response):
        return {
            item["title"]: group["title"]
            for group in response.context["sidebar_navigation"]
            for item in group["items"]
        }

    def test_writing_comes_first(self, editor, browse):
        found = list(self.links(browse(editor).get("/admin/")))

        assert found[:6] == ["What needs you", "Articles", "Images", "Authors", "Topics", "Tags"]

    def test_a_person_sees_what_they_may_open(self, reviewer, editor, browse):
        assert "Users" not in self.links(browse(editor).get("/admin/"))
        assert "Articles" in self.links(browse(reviewer).get("/admin/"))

    def test_the_owner_finds_the_logins_last(self, browse):
        owner = UserFactory(superuser=True)

        found = self.links(browse(owner).get("/admin/"))

        assert found["Users"] == found["Groups"] == "People with a login"
        assert list(found)[-2:] == ["Groups", "Users"]

    def test_the_task_queue_is_nobodys_business(self, browse):
        owner = UserFactory(superuser=True)

        assert not any("task" in title.lower() for title in self.links(browse(owner).get("/admin/")))

    def test_every_model_of_the_admin_can_be_opened(self, browse):
        client = browse(UserFactory(superuser=True))
        addresses = [
            item["link"]
            for group in client.get("/admin/").context["sidebar_navigation"]
            for item in group["items"]
        ]

        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
            addresses, 200
        )
        assert len(addresses) > len(
            [model for model in admin.site._registry if model._meta.app_label == "articles"]
        )


def test_the_login_page_carries_the_name_of_the_site(client, settings):
    page = client.get("/admin/login/").content.decode()

    assert settings.SITE_NAME in page
    assert "unfold-theme-colors" in page


def test_a_wrong_password_is_said(client, editor):
    page = client.post("/admin/login/", {"username": "edda", "password": "wrong"}).content.decode()

    assert 'role="alert"' in page


def test_after_the_login_one_is_where_one_wanted_to_be(client, editor):
    data = {"username": "edda", "password": "correct horse battery"}

    assert client.post("/admin/login/", data).url == "/admin/"
    assert client.post(
        "/admin/login/?next=/admin/articles/article/", {**data, "next": "/admin/articles/article/"}
    ).url == ("/admin/articles/article/")
