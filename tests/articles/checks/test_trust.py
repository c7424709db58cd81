"""TRU01 to TRU03: who stands behind a page, how old it is, and what its structured data may say."""

import pytest

from articles.checks import trust
from articles.compile import compile_markdown
from cms import plugins
from cms.contracts import HEALTH, Document, Slot, Snapshot, Source


def snapshot(html="", *, is_health=False, **front_matter):
    records = {HEALTH: (True,)} if is_health else {}
    return Snapshot(Source("", front_matter), Document(html, records=records))


def messages(check, *args, **kwargs):
    return [finding.message for finding in check(snapshot(*args, **kwargs))]


def test_a_page_without_an_author_is_noticed():
    assert messages(trust.named) == ["No author is named."]


def test_a_named_author_is_enough_for_a_page_that_is_not_about_health():
    assert messages(trust.named, authors=["ada"]) == []


def test_a_health_page_wants_a_reviewer():
    assert messages(trust.named, authors=["ada"], is_health=True) == [
        "No reviewer of this health article is named."
    ]


def test_a_reviewed_health_page_is_fine():
    assert messages(trust.named, authors=["ada"], reviewed_by="lee", is_health=True) == []


@pytest.mark.parametrize(
    ("front_matter", "is_old"),
    [
        ({"reviewed_on": "2024-05-02"}, False),
        ({"reviewed_on": "2024-04-30"}, True),
        ({"reviewed_on": "2024-04-30", "updated": "2026-04-01"}, True),
        ({"updated": "2020-01-01"}, True),
        ({"updated": "2026-01-01", "date": "2019-01-01"}, False),
        ({"date": "2019-01-01 10:00"}, True),
        ({"date": "last spring"}, False),
        ({"date": "2019-13-45"}, False),
        ({}, False),
    ],
)
def test_a_page_is_old_after_two_years(frozen_time, front_matter, is_old):
    assert bool(messages(trust.fresh, **front_matter)) is is_old


def test_an_old_page_says_since_when(frozen_time):
    (finding,) = trust.fresh(snapshot(reviewed_on="2023-03-09"))

    assert "9 March 2023" in finding.message
    assert finding.quote == "2023-03-09"


def unseen(html, *nodes):
    slot = Slot("fake", "jsonld", lambda context: list(nodes))
    registry = plugins.Registry(objects={"slots": {"fake": slot}})
    with plugins.use_registry(registry):
        return [finding.message for finding in trust.matched(snapshot(html))]


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "Product", "name": "Calm Mag"},
        {"@type": "ScholarlyArticle", "name": "Zinc & CO2: a trial"},
        {"@type": "Product", "brand": {"@type": "Brand", "name": "Calm"}},
        {"@type": "Article", "citation": [{"@type": "ScholarlyArticle", "author": [{"name": "Nobody Shown"}]}]},
        {"@type": "Thing", "sameAs": "https://example.org/elsewhere"},
    ],
)  # fmt: skip
def test_what_the_page_shows_may_be_said(node):
    html = "<h2>Calm Mag</h2><p>ZINC &amp; CO<sub>2</sub>, a trial.</p>"

    assert unseen(html, node) == []


@pytest.mark.parametrize(
    ("node", "value"),
    [
        ({"@type": "Product", "aggregateRating": {"@type": "AggregateRating", "ratingValue": 4.8}}, "4.8"),
        ({"@type": "Product", "review": [{"@type": "Review", "reviewBody": "Changed my life"}]}, "Changed my life"),
        ({"@type": "Review", "author": {"@type": "Person", "name": "Sarah"}}, "Sarah"),
        ({"@type": "Product", "offers": {"@type": "Offer", "price": "9.99"}}, "9.99"),
    ],
)  # fmt: skip
def test_what_nobody_can_see_may_not(node, value):
    (message,) = unseen("<h2>Calm Mag</h2>", node)

    assert f"“{value}”" in message


def test_a_node_that_is_none_is_passed_over():
    assert unseen("<p>Zinc</p>", "Product", None) == []


@pytest.mark.django_db
def test_our_own_structured_data_is_matched():
    document = compile_markdown("Zinc [@nobody].")

    assert list(trust.matched(Snapshot(Source("Zinc"), document))) == []
