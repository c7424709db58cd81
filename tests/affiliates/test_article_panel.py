"""What an article's own page says about its paid links."""

import pytest
from django.urls import reverse

from affiliates.sums import add_up
from tests.affiliates.desk import change_url, click
from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


def page_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


@pytest.fixture
def article():
    return ArticleFactory(text="Words.")


def test_each_place_stands_with_clicks_and_uniques(staff, article):
    link = LinkFactory(title="Zinc citrate")
    box = PlacementFactory(article=article, link=link, kind="product", block_index=4)
    for visitor in (1, 1, 2):
        click(box, visitor=visitor)
    click(box, "bot", None)
    add_up()

    page = staff.get(page_of(article)).content.decode()

    assert "Product box, block 5" in page
    assert "3 (2 unique)" in page
    assert "1 by bots" in page
    assert change_url(link) in page


def test_direct_links_are_a_lower_bound(staff, article):
    PlacementFactory(article=article, link=LinkFactory(amazon=True))

    assert "at least 0 (0 unique)" in staff.get(page_of(article)).content.decode()


def test_only_what_readers_see_now_is_listed(staff, article):
    PlacementFactory(article=article, kind="button", is_active=False)
    PlacementFactory(kind="end_call")

    page = staff.get(page_of(article)).content.decode()

    assert "Button, block" not in page
    assert "End of the article" not in page
    assert "None yet. Each paid link" in page


def test_the_way_to_the_keywords_is_there(staff, article):
    url = reverse("admin:affiliates_keyword_suggestions", args=[article.pk])

    assert url in staff.get(page_of(article)).content.decode()


def test_who_may_not_see_links_sees_no_panel(client, article):
    from django.contrib.auth.models import Permission

    user = UserFactory()
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_article", "change_article", "change_any_article"])
    )
    client.force_login(user)

    response = client.get(page_of(article))

    assert response.status_code == 200
    assert "Paid links that readers see" not in response.content.decode()


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_for_many_places(staff, article, number, django_assert_max_num_queries):
    link = LinkFactory()
    for index in range(number):
        PlacementFactory(article=article, link=link, block_index=index)

    with django_assert_max_num_queries(15):
        response = staff.get(page_of(article))

    assert response.content.decode().count("In the text, block") == number
