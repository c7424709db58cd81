"""Pins by slug and title: what they find, what waits, and what is never pinned."""

import pytest

from articles.models import Pin, SlugClaim
from articles.related.pins import link_waiting_pins, sync_pins
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def pinned(article):
    return [(pin.wanted, pin.target) for pin in article.pins.all()]


@pytest.mark.parametrize("name", ["zinc-and-taste", "Zinc and Taste", "ZINC AND TASTE", "  zinc and taste "])
def test_a_pin_finds_its_article_by_slug_or_title(name):
    article, target = ArticleFactory(), ArticleFactory(slug="zinc-and-taste", title="Zinc and Taste")

    sync_pins(article, [name])

    assert pinned(article) == [(name.strip(), target)]


def test_a_pin_finds_its_article_by_a_former_address():
    article, target = ArticleFactory(), ArticleFactory(slug="zinc-now")
    SlugClaim.objects.create(slug="zinc-then", article=target)

    sync_pins(article, ["zinc-then"])

    assert pinned(article) == [("zinc-then", target)]


def test_of_two_articles_of_one_title_a_pin_takes_one_and_keeps_it():
    article = ArticleFactory()
    twins = [ArticleFactory(title="Zinc"), ArticleFactory(title="zinc")]

    sync_pins(article, ["Zinc"])
    first = pinned(article)
    sync_pins(article, ["Zinc"])

    assert first[0][1] in twins
    assert pinned(article) == first


def test_an_article_is_never_pinned_to_itself():
    article = ArticleFactory(title="Zinc", slug="zinc")

    sync_pins(article, ["zinc", "Zinc"])
    link_waiting_pins(article)

    assert pinned(article) == [("zinc", None), ("Zinc", None)]


def test_blank_and_repeated_names_are_no_pins():
    article = ArticleFactory()

    sync_pins(article, ["Zinc", "", "  ", "Iron", "Zinc "])

    assert pinned(article) == [("Zinc", None), ("Iron", None)]


def test_a_name_longer_than_the_column_is_cut():
    article = ArticleFactory()

    sync_pins(article, ["z" * 500])

    assert pinned(article) == [("z" * 200, None)]


def test_a_new_order_moves_the_pins_and_drops_what_went():
    article, zinc = ArticleFactory(), ArticleFactory(title="Zinc")
    sync_pins(article, ["Iron", "Zinc", "Tea"])
    before = dict(article.pins.values_list("wanted", "pk"))

    sync_pins(article, ["Zinc", "Iron"])

    assert pinned(article) == [("Zinc", zinc), ("Iron", None)]
    assert dict(article.pins.values_list("wanted", "pk")) == {name: before[name] for name in ("Zinc", "Iron")}


def test_no_names_leave_no_pins():
    article = ArticleFactory()
    sync_pins(article, ["Iron"])

    sync_pins(article, [])

    assert pinned(article) == []


@pytest.mark.parametrize("count", [1, 12])
def test_unchanged_pins_cost_the_same_at_any_number(count, django_assert_num_queries):
    article = ArticleFactory()
    names = [one.title for one in ArticleFactory.create_batch(count)]
    sync_pins(article, names)

    with django_assert_num_queries(3):  # what went, known, targets
        sync_pins(article, names)


@pytest.mark.parametrize("wanted", ["COPPER and zinc", "copper-zinc"])
def test_waiting_pins_are_linked_once_and_their_articles_named(wanted):
    first, second, bystander = ArticleFactory.create_batch(3)
    for article, name in ((first, wanted), (second, "Copper and Zinc"), (bystander, "Copper")):
        sync_pins(article, [name])
    copper = ArticleFactory(title="Copper and Zinc", slug="copper-zinc")

    found = link_waiting_pins(copper)

    assert sorted(found) == [first.pk, second.pk]
    assert link_waiting_pins(copper) == []
    assert pinned(first) == [(wanted, copper)]
    assert pinned(bystander) == [("Copper", None)]


def test_a_pin_that_has_its_article_is_not_taken_over_by_a_namesake():
    article, first = ArticleFactory(), ArticleFactory(title="Zinc")
    sync_pins(article, ["Zinc"])

    link_waiting_pins(ArticleFactory(title="Zinc"))

    assert pinned(article) == [("Zinc", first)]


def test_deleting_an_article_takes_its_pins_along():
    article, target = ArticleFactory(), ArticleFactory(title="Zinc")
    sync_pins(article, ["Zinc"])

    target.delete()

    assert not Pin.objects.filter(target=target.pk).exists()
    assert article.pins.filter(target__isnull=False).count() == 0
