"""What has become of the sample links."""

from datetime import timedelta

import pytest
from django.utils import timezone

from affiliates.demo import links
from affiliates.health.classify import Expected, classify
from affiliates.models import AffiliateLink, LinkCheck, LinkHealth, TagPool
from articles.models import Article, AuditEvent
from tests.affiliates.demo.samples import plan
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
GONE, MOVED, REFUSED = "northmoor-b12-1000", "alder-ash-selenium-50", "amazon-fish-oil-500"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def records():
    found = plan()
    kelp = LinkFactory(slug="alder-ash-kelp")
    ProductFactory(slug=found.recalled["product"], link=kelp)
    for slug in (found.recalled["replacement"], found.ended.link, GONE, MOVED):
        LinkFactory(slug=slug)
    LinkFactory(slug=REFUSED, amazon=True)
    for tag in found.tags:
        if tag["article"]:
            ArticleFactory(slug=tag["article"])
    return found


def test_an_article_has_a_tracking_id_and_the_site_another(records):
    links.assign_tags(records)

    own, site = (TagPool.objects.get(tracking_id=tag["tracking_id"]) for tag in records.tags)
    assert own.article == Article.objects.get(slug="reading-an-omega-3-label")
    assert site.article is None


def test_a_tag_of_an_article_that_is_missing_is_not_given_to_the_site(records):
    Article.objects.all().delete()

    with pytest.raises(Article.DoesNotExist):
        links.assign_tags(records)

    assert not TagPool.objects.exists()


def test_the_offer_has_ended_on_its_day(records, now):
    links.end_offer(records, now)

    link = AffiliateLink.objects.get(slug=records.ended.link)
    assert link.status == AffiliateLink.Status.EXPIRED
    assert timedelta(0) <= now - link.expires_at - timedelta(days=records.ended.days_ago) < timedelta(hours=1)


def test_the_recall_takes_product_and_link_and_says_why(records):
    links.recall_product(records)

    product = AffiliateLink.objects.get(slug="alder-ash-kelp").products.get()
    line = AuditEvent.objects.get(kind=AuditEvent.Kind.RECALLED)
    assert product.is_recalled
    assert product.link.status == AffiliateLink.Status.RECALLED
    assert product.link.replacement.slug == records.recalled["replacement"]
    assert line.reason == records.recalled["reason"]
    assert len(line.data["records"]) == 2


@pytest.mark.parametrize(("slug", "state"), [(GONE, "gone"), (MOVED, "moved"), (REFUSED, "blocked")])
def test_a_link_is_in_the_state_that_is_planned(records, now, slug, state):
    links.check_links(records, now)

    health = LinkHealth.objects.get(target__link__slug=slug)
    assert health.state == state
    assert health.is_alert is (state == "gone")


def test_the_other_links_answer_as_they_should(records, now):
    links.check_links(records, now)

    others = LinkHealth.objects.exclude(target__link__slug__in=plan().health)
    assert set(others.values_list("state", flat=True)) == {"ok"}


def test_checks_were_made_before_now_and_the_next_is_not_due(records, now):
    links.check_links(records, now)

    assert max(LinkCheck.objects.values_list("checked_at", flat=True)) < now
    assert not LinkHealth.objects.due(now + timedelta(hours=12)).exists()


def test_a_gone_link_was_well_before(records, now):
    links.check_links(records, now)

    checks = LinkCheck.objects.filter(target__link__slug=GONE).order_by("checked_at")
    assert list(checks.values_list("state", flat=True)) == ["ok", "ok", "ok", "gone", "gone"]


@pytest.mark.parametrize("state", ["ok", "moved", "blocked", "gone"])
def test_a_way_is_judged_as_its_state(state):
    expected = Expected("https://shop.example/a/zinc", merchant_hosts=("shop.example",))

    assert classify(links.way(expected, state), expected).state == state


def test_a_second_time_changes_nothing(records, now):
    links.fill(records, now)
    models = (TagPool, AffiliateLink, LinkHealth, LinkCheck, AuditEvent)
    before = [sorted(map(repr, model.objects.values_list())) for model in models]

    links.fill(records, now + timedelta(minutes=5))

    assert [sorted(map(repr, model.objects.values_list())) for model in models] == before
