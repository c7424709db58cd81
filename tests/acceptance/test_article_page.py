"""What one article page may cost, whatever the size of the site: queries and bytes."""

import re

import pytest

from articles.models import RelatedEdge
from articles.publishing import publish
from tests.acceptance import corpus, long_article
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db

BYTES = 20_000
QUERIES = 6


def words(edition):
    """Count the text as written and the list of references as shown."""
    listed = re.search(r"<section class=\"references\">.*?</section>", edition.html, re.DOTALL)[0]
    shown = re.sub(r"<span class=\"references__back\">.*?</span>|<[^>]+>", " ", listed)
    return len(f"{edition.source_text} {shown}".split())


@pytest.fixture
def edition(frozen_time):
    return publish(long_article.save(), override="The measured text is not about a real product.")


def read(client, edition):
    response = client.get(edition.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def recommend(edition, count):
    titles = ("Iron without the stomach ache", "Selenium and the thyroid", "Zinc and immunity", "Vitamin B12")
    for rank, title in enumerate(titles[:count]):
        other = EditionFactory(title=title, has_paid_links=True)
        RelatedEdge.objects.create(source=edition.article, target=other.article, rank=rank)


def test_measured_article_has_the_usual_furniture(client, edition):
    recommend(edition, 4)

    page = read(client, edition)

    assert long_article.WORDS - 20 <= words(edition) <= long_article.WORDS + 20
    assert len(re.findall(r"<h[23] id=\"c-", edition.html)) - 1 == 8  # and that of the references
    assert page.count("callout callout--") == 2
    assert page.count("<table>") == 1
    assert page.count('class="cite"') == 10
    assert page.count('rel="sponsored') == 3
    assert page.count('id="c-ref-') == 5
    assert page.count('class="disclosure"') == 1
    assert page.count('class="notice') >= 2
    assert page.count('class="card__picture"') >= 3


def test_measured_article_is_the_same_every_time():
    assert long_article.long_article(1) == long_article.long_article(1)
    assert long_article.long_article(1) != long_article.long_article(2)


def test_page_of_a_long_article_is_small(client, edition):
    recommend(edition, 4)

    page = read(client, edition)

    assert len(page.encode()) <= BYTES


@pytest.mark.parametrize("count", [3, 2_000])
def test_page_takes_the_same_few_queries_at_any_size(client, edition, count, django_assert_max_num_queries):
    editions = corpus.fill(count)
    recommend(edition, 4)

    with django_assert_max_num_queries(QUERIES) as long:
        read(client, edition)
    with django_assert_max_num_queries(QUERIES) as short:
        read(client, editions[-1])

    # Edition with topic, picture and reviewer; authors; recommendations; the text, once.
    assert len(long) == len(short) == 4
