"""Pages that show pictures: which files they name, in which order they are fetched, and no query more for it."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.compile import compile_article, make_source
from articles.models import RelatedEdge
from tests.articles.renditions.pictures import finished
from tests.factories import ArticleFactory, EditionFactory, ImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return finished(ImageFactory(slug="crystal", alt="A crystal"))


def compiled(text, **front_matter):
    return compile_article(make_source(text, front_matter)).html


def test_a_picture_in_the_text_names_its_files(image):
    html = compiled("![A leaf](img:crystal)\n")

    assert f'<source type="image/avif" srcset="/media/r/{image.pk}/abcdefgh-360.avif 360w,' in html
    assert 'alt="A leaf"' in html
    assert "(min-width:1280px) 832px" in html


def test_only_the_first_picture_near_the_top_is_fetched_at_once(image):
    html = compiled("![](img:crystal)\n\nText.\n\n![](img:crystal)\n")

    first, second = html.split("Text.")
    assert 'fetchpriority="high"' in first
    assert "lazy" not in first
    assert 'loading="lazy"' in second
    assert "fetchpriority" not in second


def test_a_first_picture_far_down_waits(image):
    html = compiled("One.\n\nTwo.\n\nThree.\n\n![](img:crystal)\n")

    assert 'loading="lazy"' in html


def test_below_a_hero_every_picture_waits(image):
    html = compiled("![](img:crystal)\n", image="crystal")

    assert "fetchpriority" not in html


def test_pictures_in_the_text_cost_one_query(image):
    others = [finished(ImageFactory()) for _ in range(5)]
    text = "\n\n".join(f"![](img:{each.slug})" for each in others)
    compiled("Warm.")

    with CaptureQueriesContext(connection) as without:
        compiled("Text.")
    with CaptureQueriesContext(connection) as with_pictures:
        compiled(text)

    assert len(with_pictures) == len(without) + 1


def test_the_hero_comes_first_and_says_so(client, image):
    edition = EditionFactory(image=image)

    page = client.get(edition.get_absolute_url()).content.decode()

    hero = page.split('<figure class="figure hero">')[1].split("</figure>")[0]
    assert hero.startswith("<picture><source")
    assert 'fetchpriority="high"' in hero
    assert page.count('fetchpriority="high"') == 1


def test_other_sites_are_given_a_file_of_the_original_s_kind(client, image):
    edition = EditionFactory(image=image)

    page = client.get(edition.get_absolute_url()).content.decode()

    address = f"/media/r/{image.pk}/abcdefgh-1220.jpg"
    assert (
        f'property="og:image" content="http://testserver{address}"'
        in page.replace("https://site.example", "http://testserver")
        or f'{address}">' in page
    )
    structured = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    article = next(node for node in structured["@graph"] if node["@type"] == "Article")
    assert article["image"][0].endswith(address)


def test_feeds_carry_the_picture_with_its_weight(client, image):
    EditionFactory(image=image)

    rss = client.get("/feeds/rss.xml").content.decode()
    feed = json.loads(client.get("/feeds/feed.json").content)

    assert 'length="12200" type="image/jpeg"' in rss or 'type="image/jpeg" length="12200"' in rss
    assert feed["items"][0]["image"].endswith("-1220.jpg")


def test_a_feed_waits_until_the_weight_is_known(client):
    EditionFactory(image=ImageFactory())

    assert "<enclosure" not in client.get("/feeds/rss.xml").content.decode()


def test_the_first_card_of_the_home_page_is_fetched_at_once(client, image):
    for _ in range(4):
        EditionFactory(image=image)

    page = client.get("/").content.decode()

    assert page.count('fetchpriority="high"') == 1
    assert page.index('fetchpriority="high"') < page.index('loading="lazy"')
    assert page.count('loading="lazy"') == 3


def test_the_first_card_of_a_list_does_not_wait(client, image):
    editions = [EditionFactory(image=image) for _ in range(3)]
    topic = editions[0].topic
    type(editions[0]).objects.update(topic=topic)

    page = client.get(topic.get_absolute_url()).content.decode()

    assert page.count("<picture>") == 3
    assert page.count('loading="lazy"') == 2


@pytest.mark.parametrize("count", [1, 12])
def test_cards_with_files_cost_no_query(client, django_assert_num_queries, count):
    for _ in range(count):
        EditionFactory(image=finished(ImageFactory()))
    client.get("/")

    with django_assert_num_queries(3):  # count, editions with their pictures, topics
        client.get("/")


@pytest.mark.parametrize("count", [0, 3])
def test_an_article_s_pictures_cost_no_query(client, django_assert_num_queries, count):
    edition = EditionFactory(image=finished(ImageFactory()))
    for rank in range(count):
        other = EditionFactory(image=finished(ImageFactory()))
        RelatedEdge.objects.create(source=edition.article, target=other.article, rank=rank)

    with django_assert_num_queries(4):  # edition with its picture, authors, recommendations with theirs, text
        client.get(edition.get_absolute_url())


def test_a_page_follows_when_the_hero_s_files_are_there(client):
    edition = EditionFactory(image=ImageFactory())
    before = client.get(edition.get_absolute_url())

    finished(edition.image)
    after = client.get(edition.get_absolute_url(), headers={"if-none-match": before["ETag"]})

    assert after.status_code == 200
    assert b"<source" in after.content


def test_a_picture_with_all_its_files_takes_less_than_1500_bytes(image):
    assert len(compiled("![A leaf](img:crystal)\n")) - len(compiled("A leaf\n")) < 1_500


def test_the_preview_of_a_draft_names_files_too(image):
    article = ArticleFactory(text="![A leaf](img:crystal)\n")

    html = compile_article(
        make_source(article.head.text, article.head.front_matter, article.pk), "preview"
    ).html

    assert "<source" in html
