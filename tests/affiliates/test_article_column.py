"""Clicks beside each article in the kernel's list, which knows nothing of affiliates."""

import pytest
from django.contrib.auth.models import Permission

from affiliates.article_column import click_cells
from affiliates.counts import DAYS, with_clicks
from affiliates.models import ClickDay, Placement, Tally
from affiliates.sums import add_up
from cms.contracts import Cell
from tests.affiliates.desk import click
from tests.affiliates.factories import LinkFactory, PlacementFactory, ProgramFactory
from tests.affiliates.reports.filling import ago, tally
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def test_people_count_and_uniques_stand_beside_them():
    place = PlacementFactory()
    for visitor in (1, 1, 2):
        click(place, visitor=visitor)
    click(place, "bot", None)
    add_up()

    assert click_cells([place.article_id]) == {place.article_id: Cell("3", "2 unique clicks")}


def test_four_weeks_count_and_not_a_day_more():
    place = PlacementFactory()
    for days in (0, DAYS - 1, DAYS):
        tally("article", place.article_id, days, clicks=1_000, unique_clicks=500)

    assert click_cells([place.article_id])[place.article_id] == Cell("2,000", "1,000 unique clicks")


def test_weeks_are_not_counted_on_top_of_their_days():
    place = PlacementFactory()
    tally("article", place.article_id, 3, clicks=5, unique_clicks=5)
    Tally.objects.create(dimension="article", key=str(place.article_id), span=7, start=ago(3), clicks=5)

    assert click_cells([place.article_id])[place.article_id].text == "5"


def test_clicks_that_asked_not_to_be_recognised_are_said():
    place = PlacementFactory()
    tally("article", place.article_id, 1, clicks=5, unique_clicks=3, unmeasured=2)

    assert click_cells([place.article_id])[place.article_id].note == "3 unique clicks, 2 not measured"


@pytest.mark.parametrize(
    "link",
    [{"amazon": True}, {"program": "forbids"}],
    ids=["direct network", "shop that forbids redirects"],
)
def test_an_article_with_direct_links_has_a_lower_bound(link):
    if link.get("program"):
        link = {"program": ProgramFactory(forbids_redirect=True)}
        link["network"] = link["program"].network
    place = PlacementFactory(link=LinkFactory(**link))

    assert click_cells([place.article_id])[place.article_id] == Cell("at least 0")


def test_an_article_without_a_link_says_nothing():
    assert click_cells([ArticleFactory().pk]) == {}


def test_clicks_outlive_the_link():
    place = PlacementFactory(is_active=False)
    tally("article", place.article_id, 1, clicks=5, unique_clicks=3)

    assert click_cells([place.article_id])[place.article_id] == Cell("5", "3 unique clicks, no paid link now")


def test_other_articles_clicks_are_theirs():
    place = PlacementFactory()
    tally("article", PlacementFactory().article_id, 1, clicks=5)

    assert click_cells([place.article_id])[place.article_id].text == "0"


@pytest.mark.parametrize("count", [1, 40])
def test_a_page_of_rows_costs_two_queries(count, django_assert_num_queries):
    places = PlacementFactory.create_batch(count)
    for place in places:
        tally("article", place.article_id, 1, clicks=1)

    with django_assert_num_queries(2):  # sums, ways of the links
        cells = click_cells([place.article_id for place in places])

    assert len(cells) == count


def test_the_places_of_an_article_add_up_to_its_row():
    """Both speak of the same days, counted in two tables."""
    place = PlacementFactory()
    for visitor in range(3):
        click(place, visitor=visitor)
    add_up()
    ClickDay.objects.create(
        day=ago(DAYS), link=place.link, placement=place, click_class="human", raw_count=9, unique_count=9
    )
    tally("article", place.article_id, DAYS, clicks=9, unique_clicks=9)

    counted = with_clicks(Placement.objects.all(), "placement").get()

    assert str(counted.human_clicks) == click_cells([place.article_id])[place.article_id].text == "3"


def test_the_list_shows_them(staff):
    place = PlacementFactory()
    tally("article", place.article_id, 1, clicks=1_234, unique_clicks=1_000)

    page = staff.get(LIST).content.decode()

    assert "Clicks, 28 days" in page
    assert "1,234" in page
    assert "1,000 unique clicks" in page


def test_who_may_not_see_links_sees_no_clicks(client):
    person = UserFactory(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(person)

    assert "Clicks, 28 days" not in client.get(LIST).content.decode()
