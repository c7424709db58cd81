"""The pages of the admin: who may see them, what they cost, what they tell."""

import pytest
from django.urls import reverse

from affiliates import networks
from affiliates.models import AffiliateLink, Click, ClickDay, DropDay, Product, Program
from affiliates.sums import add_up
from tests.affiliates.desk import (
    MAX_QUERIES,
    MODELS,
    READ_ONLY,
    change_url,
    click,
    fill,
    list_url,
)
from tests.affiliates.factories import (
    LinkFactory,
    PlacementFactory,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("number", [1, 12])
def test_every_list_takes_few_queries_at_any_size(staff, model, number, django_assert_max_num_queries):
    fill(number)

    with django_assert_max_num_queries(MAX_QUERIES):
        response = staff.get(list_url(model))

    assert response.status_code == 200
    assert response.context["cl"].result_count >= min(number, len(networks.shipped()))


@pytest.mark.parametrize("model", [AffiliateLink, Product, Program, ClickDay, Click, DropDay])
def test_every_record_page_takes_few_queries(staff, model, django_assert_max_num_queries):
    fill(12)

    with django_assert_max_num_queries(MAX_QUERIES):
        assert staff.get(change_url(model.objects.first())).status_code == 200


@pytest.mark.parametrize("uses", [1, 20])
def test_a_link_page_takes_few_queries_however_often_it_is_used(staff, uses, django_assert_max_num_queries):
    link = LinkFactory()
    for _ in range(uses):
        click(PlacementFactory(link=link))
    add_up()

    with django_assert_max_num_queries(MAX_QUERIES):
        response = staff.get(change_url(link))

    assert response.content.decode().count("In the text, block 3") == uses


@pytest.mark.parametrize("model", [name for name in MODELS if name != "network"])
def test_an_empty_list_says_what_it_is_for(staff, model):
    response = staff.get(list_url(model))

    hint = response.context["cl"].model_admin.empty_hint
    assert len(hint) > 40
    assert hint[:30] in response.content.decode()


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_the_site_writes_cannot_be_changed(staff, model):
    assert staff.get(reverse(f"admin:affiliates_{model}_add")).status_code == 403
    assert b"addlink" not in staff.get(list_url(model)).content


@pytest.mark.parametrize("model", MODELS)
def test_the_admin_asks_for_a_login(client, model):
    response = client.get(list_url(model))

    assert response.status_code == 302
    assert reverse("admin:login") in response["Location"]


@pytest.mark.parametrize("model", MODELS)
def test_staff_without_rights_sees_nothing(client, model):
    client.force_login(UserFactory())

    assert client.get(list_url(model)).status_code == 403


def test_the_list_shows_people_uniques_and_bots(staff):
    placement = PlacementFactory(link=LinkFactory(slug="zinc"))
    for visitor in (1, 1, 2, None):
        click(placement, visitor=visitor)
    click(placement, "bot", None)
    add_up()

    page = staff.get(list_url("affiliatelink")).content.decode()

    assert "4 (2 unique)" in page
    assert "uniqueness of 1 not measured, 1 by bots" in page


@pytest.mark.parametrize("page", ["list of links", "page of the link", "list of places", "page of the place"])
def test_direct_links_are_a_lower_bound(staff, page):
    place = PlacementFactory(link=LinkFactory(amazon=True))
    click(place)
    add_up()

    addresses = {
        "list of links": list_url("affiliatelink"),
        "page of the link": change_url(place.link),
        "list of places": list_url("placement"),
        "page of the place": change_url(place),
    }

    assert "at least 1 (1 unique)" in staff.get(addresses[page]).content.decode()


def test_places_of_redirected_links_are_counted_in_full(staff):
    click(PlacementFactory(link=LinkFactory()))
    add_up()

    page = staff.get(list_url("placement")).content.decode()

    assert "1 (1 unique)" in page
    assert "at least" not in page


def test_old_clicks_are_not_among_the_last_four_weeks(staff, frozen_time):
    placement = PlacementFactory()
    click(placement)
    add_up()

    frozen_time.move_to("2026-05-28T23:00:00Z")
    assert "1 (1 unique)" in staff.get(list_url("affiliatelink")).content.decode()
    frozen_time.move_to("2026-05-29T01:00:00Z")
    assert "0 (0 unique)" in staff.get(list_url("affiliatelink")).content.decode()


def test_a_link_says_where_it_is_used(staff):
    placement = PlacementFactory(block_index=4, ordinal=2)

    page = staff.get(change_url(placement.link)).content.decode()

    assert placement.article.title in page
    assert reverse("admin:articles_article_change", args=[placement.article_id]) in page
    assert "In the text, block 5, use 2" in page


def test_clicks_are_filtered_by_class(staff):
    placement = PlacementFactory()
    click(placement)
    click(placement, "bot", None)

    response = staff.get(list_url("click"), {"click_class__exact": "bot"})

    assert [found.click_class for found in response.context["cl"].result_list] == ["bot"]


def test_a_click_says_what_is_known_of_its_visitor(staff):
    placement = PlacementFactory()
    for visitor in (1, 1, None):
        click(placement, visitor=visitor)
    click(placement, "bot", None)
    add_up()

    page = staff.get(list_url("click")).content.decode()

    assert page.count("first today") == page.count("not recognised") == 1
    assert "again today" not in page
