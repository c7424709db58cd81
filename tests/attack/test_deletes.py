"""Deleting what is in use: refused in words, or done without breaking what readers see."""

import pytest
from django.test import Client
from django.urls import reverse

from affiliates.models import AffiliateLink
from articles.models import Article, Author, Edition, Image, Tag, Topic
from articles.publishing import publish
from disclaimers.models import Disclaimer
from references.models import Reference
from tests.affiliates.factories import LinkFactory
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, TagFactory, TopicFactory, UserFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db
TEXT = "Zinc [@smith] and [a shop](aff:shop).\n\n![A crystal](img:crystal)\n\nSee [this](art:zinc)."


@pytest.fixture
def owner():
    return UserFactory(superuser=True)


@pytest.fixture
def article(owner):
    """A live page that shows one of everything, owned and published by its author's login."""
    login = UserFactory(username="mara")
    AuthorFactory(slug="mara", name="Mara Reyes", user=login)
    AuthorFactory(slug="lee", name="Lee Vogel")
    TopicFactory(slug="minerals", name="Minerals")
    TagFactory(slug="zinc", name="zinc")
    ImageFactory(slug="crystal")
    ImageFactory(slug="cover")
    ReferenceFactory(citekey="smith")
    LinkFactory(slug="shop")
    DisclaimerFactory(slug="house")
    article = ArticleFactory(
        slug="zinc",
        text=TEXT,
        owner=login,
        front_matter={
            "topic": "minerals", "authors": ["mara"], "reviewed_by": "lee", "reviewed_on": "2026-05-01",
            "tags": ["zinc"], "image": "cover", "disclaimers": ["house"],
        },
    )  # fmt: skip
    publish(article, by=login, override="first")
    return article


RECORDS = [
    (Article, {"slug": "zinc"}),
    (Author, {"slug": "mara"}),
    (Author, {"slug": "lee"}),
    (Topic, {"slug": "minerals"}),
    (Tag, {"slug": "zinc"}),
    (Image, {"slug": "crystal"}),
    (Image, {"slug": "cover"}),
    (Reference, {"citekey": "smith"}),
    (AffiliateLink, {"slug": "shop"}),
    (Disclaimer, {"slug": "house"}),
]


@pytest.mark.parametrize(("model", "which"), RECORDS, ids=lambda value: str(value)[-24:])
def test_the_live_page_survives_a_delete_in_the_admin(owner, article, run_tasks, model, which):
    client = Client()
    client.force_login(owner)
    record = model.objects.get(**which)
    names = ("Mara Reyes", "Lee Vogel", "crystal", "Siebrecht")
    before = {name for name in names if name in client.get("/articles/zinc/").text}
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_delete", args=[record.pk])

    statuses = [client.get(url).status_code, client.post(url, {"post": "yes"}).status_code]
    run_tasks()

    assert max(statuses) < 500
    page = client.get("/articles/zinc/")
    assert page.status_code == 200
    assert {name for name in names if name in page.text} == before


def test_the_logins_behind_a_page_can_go(owner, article, run_tasks):
    client = Client()
    client.force_login(owner)
    login = article.owner

    answer = client.post(reverse("admin:auth_user_delete", args=[login.pk]), {"post": "yes"})
    run_tasks()

    assert answer.status_code == 302
    assert "Mara Reyes" in client.get("/articles/zinc/").text
    article.refresh_from_db()
    assert article.owner is None
    assert article.audit_events.filter(actor_name="mara").exists()
    history = client.get(reverse("admin:articles_article_history", args=[article.pk]))
    assert history.status_code == 200


def test_a_draft_goes_with_everything_of_it(owner):
    client = Client()
    client.force_login(owner)
    draft = ArticleFactory(front_matter={"recommended": ["Copper"]})
    other = ArticleFactory()
    other.pins.create(wanted=draft.slug, target=draft)

    answer = client.post(reverse("admin:articles_article_delete", args=[draft.pk]), {"post": "yes"})

    assert answer.status_code == 302
    assert list(Article.objects.all()) == [other]


def test_bulk_actions_cannot_delete_what_readers_see(owner, article):
    client = Client()
    client.force_login(owner)
    for model, _ in RECORDS:
        if model is Tag:
            continue  # readers do not see tags
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        chosen = [str(pk) for pk in model.objects.values_list("pk", flat=True)]

        answer = client.post(
            url, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}, follow=True
        )

        assert answer.status_code == 200
    page = client.get("/articles/zinc/")
    assert "Mara Reyes" in page.text
    assert "Lee Vogel" in page.text
    assert Edition.objects.live().get().image is not None
