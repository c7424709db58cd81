"""What the keys of the sums are called."""

import pytest

from affiliates.models import ClickClass, Dimension, Network, Placement
from affiliates.reports.labels import DROPPED, WHY, label
from affiliates.reports.rows import Row
from affiliates.tallies.facts import Numbers
from tests.affiliates.factories import LinkFactory, PlacementFactory

pytestmark = pytest.mark.django_db


def named(dimension, *keys):
    rows = [Row(str(key), Numbers()) for key in keys]
    label(dimension, rows)
    return rows


def test_an_article_has_its_title_and_leads_to_its_page(placement):
    (row,) = named(Dimension.ARTICLE, placement.article_id)

    assert row.label == placement.article.title
    assert row.url.endswith(f"/{placement.article_id}/change/")


def test_a_placement_is_told_by_article_place_and_link(placement):
    (row,) = named(Dimension.PLACEMENT, placement.pk)

    assert row.label == placement.article.title
    assert placement.where in row.note
    assert str(placement.link) in row.note


def test_a_placement_of_a_deleted_article_is_told_as_one(placement):
    type(placement).objects.update(article=None)

    (row,) = named(Dimension.PLACEMENT, placement.pk)

    assert row.label == "A deleted article"


@pytest.mark.parametrize("is_direct", [True, False])
def test_what_readers_reach_directly_is_a_lower_bound(is_direct):
    placement = PlacementFactory(link=LinkFactory(amazon=is_direct))
    link, network = placement.link, placement.link.network

    rows = [
        *named(Dimension.PLACEMENT, placement.pk),
        *named(Dimension.LINK, link.pk),
        *named(Dimension.NETWORK, network.pk),
    ]

    assert [row.is_lower_bound for row in rows] == [is_direct] * 3
    assert rows[2].label == network.name


def test_an_articles_clicks_are_no_lower_bound(placement):
    Network.objects.update(routing=Network.Routing.DIRECT)

    (row,) = named(Dimension.ARTICLE, placement.article_id)

    assert not row.is_lower_bound


@pytest.mark.parametrize(
    "dimension", [Dimension.ARTICLE, Dimension.PLACEMENT, Dimension.LINK, Dimension.NETWORK]
)
def test_what_is_deleted_keeps_its_number(dimension):
    assert named(dimension, 4711)[0].label == "Deleted (4711)"


@pytest.mark.parametrize(
    ("dimension", "key", "text"),
    [
        (Dimension.ARTICLE, "none", "No article"),
        (Dimension.PLACEMENT, "none", "No place"),
        (Dimension.POSITION, "none", "No position"),
        (Dimension.LINK, "none", "No link"),
        (Dimension.NETWORK, "", "Unknown"),
        (Dimension.COUNTRY, "", "Unknown"),
        (Dimension.REFERRER, "", "This site, or not told"),
        (Dimension.LANGUAGE, "", "Not told"),
        (Dimension.REFERRER, "(other)", "All others"),
        (Dimension.LANGUAGE, "(other)", "All others"),
    ],
)
def test_what_is_no_record_is_told_in_words(dimension, key, text):
    assert named(dimension, key)[0].label == text


@pytest.mark.parametrize(
    ("key", "text", "note"),
    [
        ("inline:1", Placement.Kind.INLINE.label, "first third"),
        ("product:3", Placement.Kind.PRODUCT.label, "last third"),
        ("comparison", Placement.Kind.COMPARISON.label, ""),
        ("end_call", Placement.Kind.END_CALL.label, ""),
        ("gone:2", "Deleted (gone:2)", ""),
    ],
)
def test_positions_are_kinds_and_thirds(key, text, note):
    (row,) = named(Dimension.POSITION, key)

    assert (row.label, row.note) == (text, note)


@pytest.mark.parametrize("reason", WHY)
def test_each_reason_of_a_click_is_explained(reason):
    (row,) = named(Dimension.REASON, f"{ClickClass.BOT}:{reason}")

    assert row.label == ClickClass.BOT.label
    assert row.note == WHY[reason]


@pytest.mark.parametrize("reason", DROPPED)
def test_each_reason_of_a_request_that_was_no_click_is_explained(reason):
    (row,) = named(Dimension.REASON, f"drop:{reason}")

    assert (row.label, row.note) == ("Not counted", DROPPED[reason])


@pytest.mark.parametrize("key", ["drop:something_new", "bot:something_new"])
def test_a_reason_of_a_later_version_is_shown_as_it_is(key):
    assert named(Dimension.REASON, key)[0].note == "something_new"


@pytest.mark.parametrize("key", ["²", "1e9", "-1", "\u0661", " 1"])
@pytest.mark.parametrize("dimension", [Dimension.ARTICLE, Dimension.LINK])
def test_no_key_breaks_the_search_for_records(dimension, key):
    assert named(dimension, key)[0].label == f"Deleted ({key})"


@pytest.mark.parametrize(
    "dimension",
    [
        Dimension.ARTICLE,
        Dimension.PLACEMENT,
        Dimension.LINK,
        Dimension.NETWORK,
        Dimension.POSITION,
        Dimension.REASON,
    ],
)
@pytest.mark.parametrize("count", [1, 20])
def test_names_take_one_query_at_most(dimension, count, django_assert_max_num_queries):
    places = [PlacementFactory(link=LinkFactory(amazon=n % 2 == 0)) for n in range(count)]
    keys = {
        Dimension.ARTICLE: [place.article_id for place in places],
        Dimension.PLACEMENT: [place.pk for place in places],
        Dimension.LINK: [place.link_id for place in places],
        Dimension.NETWORK: [place.link.network_id for place in places],
    }

    with django_assert_max_num_queries(1):
        named(dimension, *keys.get(dimension, ["inline:1"] * count))
