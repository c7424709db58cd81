"""Columns that plugins add to the list of articles."""

import pytest

from cms.contracts import ArticleColumn, Cell
from cms.plugins import Registry, use_registry
from tests.articles.admin.test_change_list import LIST, fill
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def with_columns(*columns):
    return use_registry(Registry(objects={"article_columns": {column.id: column for column in columns}}))


def test_a_page_of_rows_is_asked_for_at_once(editor, browse):
    articles = ArticleFactory.create_batch(3)
    asked = []

    def cells(ids):
        asked.append(sorted(ids))
        return {}

    with with_columns(ArticleColumn("test.views", "Views", cells)):
        browse(editor).get(LIST)

    assert asked == [sorted(article.pk for article in articles)]


def test_a_cell_is_text_and_never_markup(editor, browse):
    article = ArticleFactory()

    with with_columns(
        ArticleColumn("test.views", "Views", lambda ids: {article.pk: Cell("<b>7", "of <i>9")})
    ):
        page = browse(editor).get(LIST).content.decode()

    assert "&lt;b&gt;7" in page
    assert "of &lt;i&gt;9" in page


def test_a_column_that_fails_stays_empty(editor, browse):
    ArticleFactory(title="Zinc")

    with with_columns(ArticleColumn("test.views", "Views", lambda ids: 1 / 0)):
        response = browse(editor).get(LIST)

    assert response.status_code == 200
    assert "Zinc" in response.content.decode()


def test_columns_stand_in_their_order(editor, browse):
    ArticleFactory()
    none = lambda ids: {}  # noqa: E731

    with with_columns(
        ArticleColumn("a", "Tally B", none, order=2), ArticleColumn("b", "Tally A", none, order=1)
    ):
        page = browse(editor).get(LIST).content.decode()

    assert page.index("Tally A") < page.index("Tally B")


def test_a_column_is_for_those_who_may_see_it(editor, browse):
    ArticleFactory()
    column = ArticleColumn("test.views", "Views of it", lambda ids: {}, permission="test.view_views")

    with with_columns(column):
        page = browse(editor).get(LIST).content.decode()

    assert "Views of it" not in page


@pytest.mark.parametrize("count", [10, 10_000])
def test_the_whole_list_with_every_plugin_stays_small(count, editor, browse, django_assert_max_num_queries):
    fill(count)
    client = browse(editor)

    with django_assert_max_num_queries(11):  # the nine of the list, clicks, ways of the links
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == min(count, 50)
