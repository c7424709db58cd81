"""REC01 and REC02: recommendations are ours, exist, and are not promised without being there."""

import pytest

from articles.checks import recommendations
from articles.compile import compile_markdown
from cms.contracts import Snapshot, Source
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def snapshot(text="Zinc.", article=None, **front_matter):
    source = Source(text, front_matter, article.pk if article else None)
    return Snapshot(source, compile_markdown(text))


@pytest.mark.parametrize(
    "name",
    ["https://shop.example/zinc", "//shop.example", "www.shop.example", "aff:calm-mag", "HTTP://x.example"],
)
def test_a_recommended_shop_is_an_error(name):
    (finding,) = recommendations.labelled(snapshot(recommended=["Zinc and you", name]))

    assert (finding.id, finding.severity, finding.quote) == ("REC01", "error", name)


@pytest.mark.parametrize("recommended", [["Zinc and you"], "zinc-and-you", None, [3], []])
def test_a_recommended_article_is_none(recommended):
    assert list(recommendations.labelled(snapshot(recommended=recommended))) == []


def quotes(*args, **kwargs):
    return [finding.quote for finding in recommendations.filled(snapshot(*args, **kwargs))]


def test_a_recommended_article_that_exists_is_fine():
    ArticleFactory(title="Zinc and you", slug="zinc-and-you")

    assert quotes(recommended=["zinc-and-you", "ZINC and you"]) == []


def test_a_recommendation_of_nothing_is_noticed():
    assert quotes(recommended=["Copper and you"]) == ["Copper and you"]


def test_an_article_that_recommends_itself_is_noticed():
    own = ArticleFactory(title="Zinc and you")

    (finding,) = recommendations.filled(snapshot(article=own, recommended=["Zinc and you"]))

    assert finding.message == "The article recommends itself."


def test_another_article_of_the_same_title_is_fine():
    own = ArticleFactory(title="Zinc and you", slug="zinc-1")
    ArticleFactory(title="Zinc and you", slug="zinc-2")

    assert quotes(article=own, recommended=["Zinc and you"]) == []


@pytest.mark.parametrize("count", [1, 20])
def test_looking_up_takes_one_query(django_assert_num_queries, count):
    taken = snapshot(recommended=[f"Article {number}" for number in range(count)])

    with django_assert_num_queries(1):
        list(recommendations.filled(taken))


def test_no_recommendation_takes_no_query(django_assert_num_queries):
    taken = snapshot()

    with django_assert_num_queries(0):
        list(recommendations.filled(taken))


@pytest.mark.parametrize(
    "heading", ["You may also like", "Related articles:", "Recommended reading", "Read more…"]
)
def test_a_heading_without_recommendations_is_noticed(heading):
    text = f"Zinc.\n\n## {heading}\n\n- Copper and you\n- Iron and you\n\n## End\n\nDone."

    (finding,) = recommendations.filled(snapshot(text))

    assert (finding.line, finding.quote) == (3, heading)


@pytest.mark.parametrize(
    "text",
    [
        "## You may also like\n\n- [Copper](art:copper)",
        "## You may also like\n\n::related",
        "## Related articles\n\n[Copper](https://example.org/copper)",
        "## What you may also like about zinc\n\nIts colour.",
        "You may also like",
    ],
)
def test_a_heading_that_keeps_its_word_is_fine(text):
    assert quotes(text) == []


def test_the_links_of_the_next_section_do_not_count():
    text = "## You may also like\n\nCopper.\n\n## Shops\n\n[Shop](https://example.org)\n\n::related"

    assert quotes(text) == ["You may also like"]
