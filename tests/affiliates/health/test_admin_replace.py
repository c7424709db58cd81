"""Replacing from the admin: nothing before its preview, and a way back."""

import pytest
from django.contrib.auth.models import Permission

from affiliates.models import LinkHealth, LinkReplacement
from articles.models import Edition
from articles.publishing import publish
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.affiliates.health.desk import AWIN, LIST, health, url
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = f"{AWIN}&ued=https%3A%2F%2Fnorthmoor.example%2Fnew"


def test_a_new_address_is_shown_before_it_counts(editor):
    found = health()

    page = editor.post(url(found, "address"), {"url": NEW, "reason": "It moved."}).content.decode()

    assert "Change it now" in page
    assert NEW.replace("&", "&amp;") in page
    assert found.target.link.targets.get(is_active=True).url == AWIN


def test_a_new_address_everywhere_and_its_check(editor):
    found = health()
    link = found.target.link

    answer = editor.post(url(found, "address"), {"url": NEW, "reason": "It moved.", "confirm": "yes"})

    target = link.targets.get(is_active=True)
    assert target.url == NEW
    assert answer["Location"] == url(LinkHealth.objects.get(target=target))
    assert LinkReplacement.objects.get().reason == "It moved."


@pytest.mark.parametrize(
    "wrong", ["https://evil.example/", "javascript:alert(1)", "", "https://www.awin1.com/#x"]
)
def test_a_wrong_address_is_refused_with_a_reason(editor, wrong):
    found = health()

    answer = editor.post(url(found, "address"), {"url": wrong, "reason": "It moved.", "confirm": "yes"})

    assert answer.status_code == 200
    assert answer.context["form"].errors["url"]
    assert found.target.link.targets.get(is_active=True).url == AWIN


def replacing(found, new, **values):
    return {"new_link": new.slug, "reason": "Gone.", "publish": "on", **values}


def test_each_changed_line_is_shown_first(editor):
    found, new = health(slug="zinc"), LinkFactory(slug="iron")
    article = ArticleFactory(title="Zinc and you", text="Take [zinc <i>](aff:zinc).\n")
    ProductFactory(link=found.target.link, name="Zinc box")

    page = editor.post(url(found, "replace"), replacing(found, new)).content.decode()

    assert "Take [zinc &lt;i&gt;](aff:iron)." in page
    assert f'name="head-{article.pk}" value="{article.head_id}"' in page
    assert "Zinc box" in page
    article.refresh_from_db()
    assert "aff:zinc" in article.head.text


def test_what_was_ticked_is_replaced_and_published(editor):
    found, new = health(slug="zinc"), LinkFactory(slug="iron")
    article, other = (ArticleFactory(text="Take [zinc](aff:zinc).\n") for _ in range(2))
    publish(article, override="A test.")
    ticked = {"article": [article.pk], f"head-{article.pk}": article.head_id, "confirm": "yes"}

    answer = editor.post(url(found, "replace"), replacing(found, new, **ticked), follow=True)

    article.refresh_from_db()
    other.refresh_from_db()
    assert "1 article changed, 1 published again." in answer.content.decode()
    assert "aff:iron" in article.head.text
    assert "aff:zinc" in other.head.text


def test_undoing_from_the_page(editor):
    found, new = health(slug="zinc"), LinkFactory(slug="iron")
    article = ArticleFactory(text="Take [zinc](aff:zinc).\n")
    ticked = {"article": [article.pk], f"head-{article.pk}": article.head_id, "confirm": "yes"}
    editor.post(url(found, "replace"), replacing(found, new, **ticked))

    answer = editor.post(f"{LIST}undo/{LinkReplacement.objects.get().pk}/", follow=True)

    article.refresh_from_db()
    assert "Undone." in answer.content.decode()
    assert "aff:zinc" in article.head.text


def replaced_by_an_editor(editor):
    """Return a live article whose link an editor has replaced, and the replacement."""
    found, new = health(slug="zinc"), LinkFactory(slug="iron")
    article = ArticleFactory(text="Take [zinc](aff:zinc).\n")
    publish(article, override="A test.")
    ticked = {"article": [article.pk], f"head-{article.pk}": article.head_id, "confirm": "yes"}
    editor.post(url(found, "replace"), replacing(found, new, **ticked))
    return article, LinkReplacement.objects.get()


def login_with(client, *codenames):
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return user


def test_nobody_undoes_in_an_article_that_is_not_theirs(editor, client):
    article, made = replaced_by_an_editor(editor)
    login_with(client, "change_affiliatelink", "view_linkhealth", "change_article")

    answer = client.post(f"{LIST}undo/{made.pk}/", follow=True)

    article.refresh_from_db()
    made.refresh_from_db()
    assert "nothing was undone" in answer.content.decode()
    assert "aff:iron" in article.head.text
    assert made.undone_at is None


def test_undoing_publishes_only_for_those_who_may_publish(editor, client):
    article, made = replaced_by_an_editor(editor)
    login_with(client, "change_affiliatelink", "view_linkhealth", "change_article", "change_any_article")

    answer = client.post(f"{LIST}undo/{made.pk}/", follow=True)

    article.refresh_from_db()
    assert "readers see it when the article is published" in answer.content.decode()
    assert "aff:zinc" in article.head.text
    assert "aff:iron" in Edition.objects.live().get(article=article).source_text


@pytest.mark.parametrize("slug", ["zinc", "nothing", "", "old"])
def test_only_another_live_link_can_take_its_place(editor, slug):
    found = health(slug="zinc")
    LinkFactory(slug="old", status="recalled")

    answer = editor.post(url(found, "replace"), {"new_link": slug, "reason": "Gone.", "confirm": "yes"})

    assert answer.context["form"].errors["new_link"]
    assert not LinkReplacement.objects.exists()
