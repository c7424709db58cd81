"""What has become of the sample links: tracking IDs, an offer that ended, a recall, checks of where they lead."""

from __future__ import annotations

from datetime import datetime, timedelta

from affiliates import recall
from affiliates.demo.plan import Plan
from affiliates.earnings.tags import TAGS
from affiliates.expiry import expire_links
from affiliates.health.classify import Expected, Hop, Trace, classify
from affiliates.health.plan import expectation
from affiliates.health.record import record
from affiliates.health.run import watch_new_targets
from affiliates.models import AffiliateLink, LinkHealth, Network, Product, TagPool
from articles.models import Article
from articles.recompile import dependency_changed

CHECKED_DAYS_AGO = (22.4, 15.3, 8.2, 1.2)
GONE_DAYS_AGO = 1.15  # a trouble is asked for again the next day
APART = timedelta(minutes=7)  # between two links of one run


def fill(plan: Plan, now: datetime) -> None:
    assign_tags(plan)
    end_offer(plan, now)
    recall_product(plan)
    check_links(plan, now)


def assign_tags(plan: Plan) -> None:
    """Give an article a tracking ID of its own and the rest of the site another."""
    made = False
    for tag in plan.tags:
        article = Article.objects.get(slug=tag["article"]) if tag["article"] else None
        _, is_new = TagPool.objects.get_or_create(
            network=Network.objects.get(key=tag["network"]),
            tracking_id=tag["tracking_id"],
            defaults={"article_id": article.pk if article else None, "marketplace": tag["marketplace"]},
        )
        made = made or is_new
    if made:
        dependency_changed(TAGS)


def end_offer(plan: Plan, now: datetime) -> None:
    """Let the offer's date pass; its readers are sent to the fallback from then on."""
    link = AffiliateLink.objects.get(slug=plan.ended.link)
    if link.status == AffiliateLink.Status.LIVE:
        link.expires_at = now.replace(minute=0, second=0, microsecond=0) - timedelta(days=plan.ended.days_ago)
        link.save(update_fields=["expires_at"])
        expire_links.call()


def recall_product(plan: Plan) -> None:
    """Recall a product and the link to it; the log says why, and who asks for it is led to the replacement."""
    product = Product.objects.select_related("link").get(slug=plan.recalled["product"])
    replacement = AffiliateLink.objects.get(slug=plan.recalled["replacement"])
    records: list[recall.Recallable] = [product, *([product.link] if product.link else [])]
    recall.recall(records, reason=plan.recalled["reason"], replacement=replacement)


def check_links(plan: Plan, now: datetime) -> None:
    """Write down what visits would have found; nobody is asked."""
    watch_new_targets()
    unseen = LinkHealth.objects.in_use().with_link().filter(checked_at=None).order_by("pk")
    for index, health in enumerate(unseen):
        expected = expectation(health.target)
        state = plan.health.get(health.target.link.slug, "ok")
        days = (
            CHECKED_DAYS_AGO
            if state != "gone"
            else (*CHECKED_DAYS_AGO[:-1], GONE_DAYS_AGO, GONE_DAYS_AGO - 1)
        )
        for ago in days:
            is_early = state == "gone" and ago > GONE_DAYS_AGO
            trace = way(expected, "ok" if is_early else state)
            record(
                health, classify(trace, expected), trace, expected, now - timedelta(days=ago) + APART * index
            )


def way(expected: Expected, state: str) -> Trace:
    """Return the way through the web that is judged as this state."""
    if state == "moved":
        page = expected.asked.rstrip("/").rpartition("/")[2]
        new = f"https://{Hop(expected.asked, None).host}/products/{page}"
        return Trace((Hop(expected.asked, 301), Hop(new, 200)))
    answers = {"ok": 200, "blocked": 503, "gone": 404}
    return Trace((Hop(expected.asked, answers[state]),))
