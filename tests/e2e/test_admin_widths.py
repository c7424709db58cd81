"""Every list and form of the admin on a phone: no page scrolls sideways."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from affiliates.models import AffiliateLink, Click, Keyword, LinkHealth, TagPool
from articles.models import AuditEvent
from claims.models import Term
from tests.affiliates.earnings.reports import awin, put_awin, sub_id
from tests.affiliates.factories import (
    LinkFactory,
    PlacementFactory,
    ProductFactory,
    ProgramFactory,
    network,
)
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import ArticleFactory, EditionFactory, ImageFactory, TagFactory, UserFactory
from tests.references.factories import ReferenceFactory

PHONE = 360
APPS = ["affiliates", "articles", "auth", "claims", "disclaimers", "references"]
LONG = "Magnesium bisglycinate and citrate capsules with a very long name at a shop"
WORD = "aHR0cHM6Ly9ub3J0aG1vb3IuZXhhbXBsZS9tYWduZXNpdW0tYmlzZ2x5Y2luYXRl"
ADDRESS = f"https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref={WORD}"
# Pages of their own beside lists and forms.
MORE = {
    "affiliates": ["affiliatelink/to-import/", "report/see/country/"],
    "articles": ["articlefinding/seen/"],
}


@pytest.fixture
def owner():
    return UserFactory(username="olga", superuser=True)


@pytest.fixture
def site(owner):
    """One record of each kind, each with the longest words that people give them."""
    program = ProgramFactory(merchant=LONG, network=network("awin"))
    link = LinkFactory(slug="zinc", title=LONG, program=program, url=ADDRESS)
    article = EditionFactory(article=ArticleFactory(title=f"{LONG}: {WORD}", owner=owner)).article
    place = PlacementFactory(link=link, article=article)
    ProductFactory(link=link, name=LONG)
    Keyword.objects.create(link=link, phrases=["citrate powder"])
    Click.objects.create(
        time=timezone.now(), link=link, target=link.targets.get(), placement=place, click_class="human"
    )
    put_awin(awin(1, sub_id=sub_id(place)))
    LinkHealth.objects.create(target=link.targets.get(), detail=ADDRESS)
    TagPool.objects.create(network=network("amazon"), tracking_id="northmoor-zinc-citrate-20")
    ImageFactory()
    TagFactory(name=LONG[:60])
    AuditEvent.objects.create(kind="overridden", article=article, reason=ADDRESS)
    Group.objects.create(name="People who write about minerals and vitamins")
    Term.objects.create(list="disease_critical", phrase=LONG.lower())
    DisclaimerFactory(title=LONG)
    ReferenceFactory(title=f"{LONG}: {WORD}")


def pages(app, request):
    for model, its_admin in admin.site._registry.items():
        if model._meta.app_label != app:
            continue
        base = f"/admin/{app}/{model._meta.model_name}/"
        yield base
        if its_admin.has_add_permission(request):
            yield f"{base}add/"
        if (row := model._default_manager.order_by("-pk").first()) is not None:
            yield f"{base}{row.pk}/change/"
            yield f"{base}{row.pk}/history/"
    yield from (f"/admin/{app}/{name}" for name in MORE.get(app, ()))


def width(page):
    return page.evaluate("document.scrollingElement.scrollWidth")


@pytest.mark.parametrize("app", APPS)
def test_no_list_and_no_form_scrolls_sideways(live_server, page, site, owner, log_in, rf, app):
    page.set_viewport_size({"width": PHONE, "height": 800})
    log_in(owner)
    request = rf.get("/admin/")
    request.user = owner

    found = {}
    for address in pages(app, request):
        page.goto(live_server.url + address)
        found[address] = width(page)

    assert len(found) > 3
    assert {address: wide for address, wide in found.items() if wide > PHONE} == {}


def test_a_long_choice_gives_way_to_its_menu(live_server, page, site, owner, log_in):
    page.set_viewport_size({"width": PHONE, "height": 800})
    log_in(owner)

    link = AffiliateLink.objects.get()
    page.goto(f"{live_server.url}/admin/affiliates/affiliatelink/{link.pk}/change/")

    menus = page.locator(".related-widget-wrapper > :last-child")
    expect(menus.first).to_be_visible()
    for box in [menu.bounding_box() for menu in menus.all()]:
        assert box["x"] + box["width"] <= PHONE


def test_a_sentence_to_tick_is_read_to_its_end(live_server, page, site, owner, log_in):
    page.set_viewport_size({"width": PHONE, "height": 800})
    log_in(owner)

    page.goto(f"{live_server.url}/admin/disclaimers/disclaimer/add/")

    words = page.locator("fieldset label .truncate")
    assert words.count() > 5
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent.trim())"
    assert words.evaluate_all(cut) == []
