"""Stored edges: pins before the engine's finds, what is not live, and what a refresh costs."""

from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import Pin, RelatedEdge
from articles.related.engine import ALGORITHM, KEEP, rebuild, refresh
from articles.related.pins import sync_pins
from cms import plugins
from cms.contracts import Signal
from tests.articles.intake.helpers import registry_with
from tests.factories import ArticleFactory, EditionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def live(title="", text="", **fields):
    """A live article."""
    return EditionFactory(article=ArticleFactory(title=title), title=title, text=text, **fields).article


def edges_of(article):
    return [(edge.target, edge.rank, edge.is_pin) for edge in article.related_edges.select_related("target")]


def targets_of(article):
    return [target for target, _, _ in edges_of(article)]


def everything():
    return set(RelatedEdge.objects.values_list("source", "target", "rank", "score", "is_pin"))


def end(article):
    article.editions.update(live_until=article.editions.get().live_from)


def test_an_edge_holds_its_place_its_score_and_its_reasons():
    zinc, tea, other = live("Zinc colds", "trial"), live("Iron tea", "meal"), live("Zinc taste", "tongue")

    rebuild()

    first, second = zinc.related_edges.all()
    assert (first.target, first.rank, first.is_pin, first.algorithm) == (other, 0, False, ALGORITHM)
    assert first.score > 0
    assert first.reasons == ["Also about: zinc"]
    assert (second.target, second.rank, second.score, second.reasons) == (tea, 1, 0, ["New on the site"])


def test_a_pin_stands_before_what_the_engine_found_and_only_once():
    zinc, near, far = live("Zinc colds", "trial"), live("Zinc taste", "tongue"), live("Iron tea", "meal")
    sync_pins(zinc, [far.title, near.title])

    rebuild()

    assert edges_of(zinc) == [(far, 0, True), (near, 1, True)]
    assert {tuple(edge.reasons) for edge in zinc.related_edges.all()} == {("Chosen by the editor",)}


def test_a_pin_to_an_article_that_is_not_live_is_left_out():
    zinc, near = live("Zinc colds", "trial"), live("Zinc taste", "tongue")
    draft, ended = ArticleFactory(title="Draft"), live("Ended", "words")
    end(ended)
    planned = EditionFactory(article=ArticleFactory(title="Planned"), scheduled=True).article
    sync_pins(zinc, [draft.title, ended.title, planned.title, near.title])

    rebuild()

    assert edges_of(zinc) == [(near, 0, True)]


def test_a_pin_to_a_deleted_article_is_left_out():
    zinc, near, gone = live("Zinc colds", "trial"), live("Zinc taste", "tongue"), live("Gone", "words")
    sync_pins(zinc, [gone.title, near.title])
    rebuild()

    gone.delete()
    refresh(zinc.pk)

    assert edges_of(zinc) == [(near, 0, True)]


def test_a_pin_to_oneself_makes_no_edge():
    zinc, near = live("Zinc colds", "trial"), live("Zinc taste", "tongue")
    Pin.objects.create(source=zinc, target=zinc, wanted="me")

    rebuild()

    assert edges_of(zinc) == [(near, 0, False)]


def test_two_pins_of_one_article_take_one_place():
    zinc, near = live("Zinc colds", "trial"), live("Zinc taste", "tongue")
    sync_pins(zinc, [near.title, near.slug])

    rebuild()

    assert edges_of(zinc) == [(near, 0, True)]


def test_more_pins_than_places_are_cut_in_the_editors_order():
    zinc = live("Zinc colds", "trial")
    others = [live(f"Pinned {number}", "words") for number in range(KEEP + 3)]
    sync_pins(zinc, [other.title for other in reversed(others)])

    rebuild()

    assert targets_of(zinc) == others[::-1][:KEEP]


def test_the_pins_of_one_article_are_not_those_of_another():
    zinc, near, far = live("Zinc colds", "trial"), live("Zinc taste", "tongue"), live("Iron tea", "meal")
    sync_pins(zinc, [far.title])

    rebuild()

    assert targets_of(zinc)[0] == far
    assert targets_of(near)[0] == zinc


def test_the_filler_is_the_newest_first():
    odd = live("Qwxyz", "Vwpqr")
    old, new = live("Bcdfg", "Hjklm"), live("Npqrs", "Tvwxz")
    new.editions.update(published_at=new.editions.get().published_at.replace(year=2030))

    rebuild()

    assert targets_of(odd) == [new, old]


def test_a_block_has_its_places_and_no_more():
    topic = TopicFactory(name="Zinc")
    pages = [live(f"Zinc part {number}", f"zinc item{number}", topic=topic) for number in range(KEEP + 5)]

    rebuild()

    assert all(len(targets_of(page)) == KEEP for page in pages)


def test_a_refresh_of_the_last_article_leaves_nothing():
    only = live("Zinc", "words")
    other = live("Zinc taste", "tongue")
    rebuild()
    for article in (only, other):
        end(article)

    refresh(only.pk)

    assert everything() == set()


def test_a_withdrawn_articles_place_is_filled_again():
    zinc, near, far = live("Zinc colds", "trial"), live("Zinc taste", "tongue"), live("Iron tea", "meal")
    rebuild()
    end(near)

    refresh(near.pk)

    assert targets_of(zinc) == [far]
    assert targets_of(near) == []


def test_a_refresh_of_an_article_that_is_gone_does_no_harm():
    zinc, near = live("Zinc colds", "trial"), live("Zinc taste", "tongue")
    rebuild()
    before = everything()

    refresh(999_999)

    assert everything() == before
    assert targets_of(zinc) == [near]


def test_a_refresh_of_everything_is_a_rebuild():
    articles = [
        live(f"Zinc {name}", f"{name} trial") for name in ("colds", "taste", "skin", "meals", "teeth")
    ]
    rebuild()
    before = everything()

    for article in articles:
        refresh(article.pk)

    assert everything() == before


def test_a_refresh_of_many_at_once_is_a_rebuild():
    articles = [live(f"Zinc {number}", f"trial {number}") for number in range(25)]
    rebuild()
    before = everything()
    RelatedEdge.objects.all().delete()

    refresh(*(article.pk for article in articles))

    assert everything() == before


def test_the_same_site_gives_the_same_edges_again():
    for name in ("colds", "taste", "skin", "meals", "teeth"):
        live(f"Zinc {name}", f"{name} trial")
    rebuild()
    before = everything()

    rebuild()

    assert everything() == before


def test_a_rebuild_sweeps_edges_of_what_went_offline():
    zinc, near, far = live("Zinc colds", "trial"), live("Zinc taste", "tongue"), live("Iron tea", "meal")
    rebuild()
    end(zinc)

    assert rebuild() == 2

    assert targets_of(zinc) == []
    assert (targets_of(near), targets_of(far)) == ([far], [near])


def test_a_plugin_that_fails_does_not_empty_the_block():
    def fail(*_):
        raise ZeroDivisionError("oh")

    zinc, near = live("Zinc colds", "trial"), live("Zinc taste", "tongue")
    registry = plugins.registry()
    signals = [*registry.recommenders.values(), Signal("broken", 1.0, lambda corpus: 1, fail, fail)]

    with plugins.use_registry(registry_with(registry, recommenders=signals)):
        rebuild()

    assert [(edge.target, edge.reasons) for edge in zinc.related_edges.all()] == [
        (near, ["Also about: zinc"])
    ]


# The sizes stay below the rows that SQLite takes in one INSERT; above, every 120 edges take one more.
@pytest.mark.parametrize("count", [3, 10])
def test_a_refresh_takes_as_many_queries_at_any_size(count, django_assert_num_queries):
    articles = [live(f"Zinc {number}", f"item{number}") for number in range(count)]
    rebuild()

    with django_assert_num_queries(14):  # corpus (5), who points here (2), full blocks, pins, storing (5)
        refresh(articles[0].pk)


@pytest.mark.parametrize("count", [3, 10])
def test_a_rebuild_takes_as_many_queries_at_any_size(count, django_assert_num_queries):
    for number in range(count):
        live(f"Zinc {number}", f"item{number}")

    with django_assert_num_queries(12):  # corpus (5), pins, storing (5), what went offline
        rebuild()


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 articles are"), (1, "1 article are"), (2, "2 articles are")]
)
def test_the_command_says_how_many_articles_it_did(count, said):
    for number in range(count):
        live(f"Zinc {number}", f"item{number}")
    output = StringIO()

    call_command("rebuild_related", stdout=output)

    assert output.getvalue() == f"Recommendations of {said} up to date.\n"
    assert RelatedEdge.objects.count() == (2 if count == 2 else 0)
