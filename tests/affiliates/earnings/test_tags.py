"""Tracking IDs in the links of articles."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from affiliates.earnings.tags import follow_dates, tag_for
from affiliates.models import TagPool
from articles.publishing import publish
from cms.contracts import Dependency
from tests.affiliates.compiling import compiled
from tests.affiliates.factories import LinkFactory, network
from tests.factories import ArticleFactory, TopicFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)


def tag(tracking_id, **values):
    return TagPool.objects.create(network=network("amazon"), tracking_id=tracking_id, **values)


def test_an_articles_own_tracking_id_goes_before_its_topics_and_the_sites():
    topic = TopicFactory()
    own, other, alone = ArticleFactory(topic=topic), ArticleFactory(topic=topic), ArticleFactory(topic=None)
    tag("site-20")
    tag("topic-20", topic=topic)
    tag("own-20", article=own, valid_until=DAY)

    assert tag_for(own.pk, "amazon.com", day=DAY) == "own-20"
    assert tag_for(own.pk, "amazon.com", day=DAY + timedelta(days=1)) == "topic-20"
    assert tag_for(other.pk, "amazon.com", day=DAY) == "topic-20"
    assert tag_for(alone.pk, "amazon.com", day=DAY) == "site-20"


def test_a_tracking_id_is_for_its_marketplace_only():
    article = ArticleFactory()
    tag("mg-21", article=article, marketplace="Amazon.de")
    tag("site-20")

    assert tag_for(article.pk, "www.amazon.de", day=DAY) == "mg-21"
    assert tag_for(article.pk, "www.amazon.com", day=DAY) == "site-20"
    assert tag_for(article.pk, "notamazon.de", day=DAY) == "site-20"


def test_without_an_assignment_there_is_none():
    tag("mg-20", article=ArticleFactory())

    assert tag_for(ArticleFactory().pk, "amazon.com", day=DAY) == ""
    assert tag_for(None, "amazon.com", day=DAY) == ""


def test_a_direct_link_carries_the_articles_tracking_id_once():
    article = ArticleFactory()
    LinkFactory(slug="oil", amazon=True)
    tag("mg-20", article=article)

    document = compiled("Try [fish oil](aff:oil).", article_id=article.pk)

    assert 'href="https://www.amazon.com/dp/B0DEMO?tag=mg-20"' in document.html
    assert Dependency("tags", "mg-20") in document.dependencies


def test_another_article_keeps_the_tag_of_the_link():
    LinkFactory(slug="oil", amazon=True)
    tag("mg-20", article=ArticleFactory())

    html = compiled("Try [fish oil](aff:oil).", article_id=ArticleFactory().pk).html

    assert "?tag=chelate-20" in html


def test_a_tracking_id_cannot_break_out_of_the_address():
    article = ArticleFactory()
    LinkFactory(slug="oil", amazon=True)
    tag('x"&tag=thief-20#', article=article)

    html = compiled("Try [fish oil](aff:oil).", article_id=article.pk).html

    assert "?tag=x%22%26tag%3Dthief-20%23" in html


def test_links_of_other_networks_carry_no_tracking_id():
    article = ArticleFactory()
    LinkFactory(slug="cap", ebay=True)
    tag("mg-20", article=article)

    document = compiled("Try [a cap](aff:cap).", article_id=article.pk)

    assert "mg-20" not in document.html
    assert not [found for found in document.dependencies if found.key == "tags"]


def test_a_published_page_follows_an_assignment(staff, run_tasks):
    LinkFactory(slug="oil", amazon=True)
    article = ArticleFactory(text="Try [fish oil](aff:oil).")
    publish(article)
    data = {"network": network("amazon").pk, "tracking_id": "mg-20", "article": article.pk}

    with_commit = staff.post("/admin/affiliates/tagpool/add/", data)
    run_tasks()

    assert with_commit.status_code == 302
    assert "?tag=mg-20" in article.editions.live().get().html


@pytest.mark.parametrize(("offset", "follows"), [(0, True), (1, True), (5, False), (-1, False)])
def test_pages_follow_the_dates_of_an_assignment(offset, follows):
    tag("mg-20", article=ArticleFactory(), valid_from=timezone.now().date() - timedelta(days=offset))

    assert follow_dates() is follows
