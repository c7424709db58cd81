"""Topic and author pages."""

import pytest

from tests.factories import AuthorFactory, EditionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_topic_shows_its_live_articles_only(client):
    topic = TopicFactory(name="Zinc", description="A trace metal.")
    EditionFactory(title="Inside", topic=topic)
    EditionFactory(title="Tomorrow", topic=topic, scheduled=True)
    EditionFactory(title="Elsewhere")

    page = client.get(topic.get_absolute_url()).text

    assert "<h1>Zinc</h1>" in page
    assert "A trace metal." in page
    assert "Inside" in page
    assert "Tomorrow" not in page
    assert "Elsewhere" not in page


def test_author_shows_who_it_is_and_what_they_wrote(client):
    author = AuthorFactory(
        name="Ana Reyes", credentials="RD", bio="Writes.", profile_url="https://orcid.org/0"
    )
    EditionFactory(title="Mine", authors=[author])
    EditionFactory(title="Draft", authors=[author], scheduled=True)
    EditionFactory(title="Theirs")

    page = client.get(author.get_absolute_url()).text

    assert "<h1>Ana Reyes</h1>" in page
    assert "Dietitian, RD" in page
    assert 'href="https://orcid.org/0"' in page
    assert "Mine" in page
    assert "Draft" not in page
    assert "Theirs" not in page


def test_reviewer_without_articles_shows_what_they_reviewed(client):
    reviewer = AuthorFactory(name="Jo Lee")
    EditionFactory(title="Checked", reviewer=reviewer)

    page = client.get(reviewer.get_absolute_url()).text

    assert "Reviewed by Jo Lee" in page
    assert "Checked" in page
    assert "No article here yet." not in page


def test_topic_without_articles_says_so(client):
    topic = TopicFactory()

    assert "No article here yet." in client.get(topic.get_absolute_url()).text


@pytest.mark.parametrize("url", ["/topics/none/", "/authors/none/", "/articles/none/", "/nothing/"])
def test_unknown_address_is_not_found_and_leads_on(client, settings, url):
    settings.DEBUG = False

    response = client.get(url)

    assert response.status_code == 404
    assert 'href="/#topics"' in response.text


@pytest.mark.parametrize("factory", [TopicFactory, AuthorFactory])
def test_lists_have_pages(client, factory):
    owner = factory()
    field = {"topic": owner} if factory is TopicFactory else {"authors": [owner]}
    EditionFactory.create_batch(13, **field)
    url = owner.get_absolute_url()

    assert len(client.get(url).context["page"]) == 12
    assert len(client.get(f"{url}?page=2").context["page"]) == 1
    assert f'href="https://site.example{url}?page=2"' in client.get(f"{url}?page=2").text
    assert client.get(f"{url}?page=3").status_code == 404


@pytest.mark.parametrize("factory", [TopicFactory, AuthorFactory])
def test_lists_refuse_other_methods(client, factory):
    assert client.post(factory().get_absolute_url()).status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_topic_query_count_does_not_grow(client, django_assert_num_queries, count):
    topic = TopicFactory()
    EditionFactory.create_batch(count, topic=topic)

    with django_assert_num_queries(3):  # topic, count, editions
        client.get(topic.get_absolute_url())


@pytest.mark.parametrize("count", [1, 12])
def test_author_query_count_does_not_grow(client, django_assert_num_queries, count):
    author = AuthorFactory()
    EditionFactory.create_batch(count, authors=[author])
    EditionFactory.create_batch(count, reviewer=author)

    with django_assert_num_queries(4):  # author, count, editions, reviewed
        client.get(author.get_absolute_url())
