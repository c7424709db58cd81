"""The search page: what a reader gets for what they typed."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.search import index, match
from articles.search.page import MOST_PAGES
from tests.articles.search.factories import found
from tests.factories import ArticleFactory, EditionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def get(client, asked, **more):
    return client.get("/search/", {"q": asked, **more})


def test_articles_found_are_listed_with_the_words_marked(client):
    found(title="Copper", text="Taken with zinc, it stays.", word_count=460, has_paid_links=True)

    page = get(client, "zinc").text

    assert 'href="/articles/zinc-absorption-' in page
    assert "Taken with <mark>zinc</mark>, it stays." in page
    assert "1 article<" in page
    assert "2 min" in page
    assert "Contains paid links" in page


def test_words_of_a_title_are_marked_in_it(client):
    found(title="Copper & <b>zinc</b>")

    assert "Copper &amp; &lt;b&gt;<mark>zinc</mark>&lt;/b&gt;</a>" in get(client, "zinc").text


def test_without_a_place_in_the_text_the_description_is_shown(client):
    found(title="Copper", description="A metal.", text="Nothing else.")

    assert '<p class="result__text">A metal.</p>' in get(client, "copper").text


def test_the_question_is_kept_in_the_form(client):
    assert 'name="q" value="zinc &quot;&lt;b&gt;"' in get(client, 'zinc "<b>').text


def test_an_article_in_another_language_says_so(client):
    found(title="Zink", language="de")
    found(title="Zinc")

    page = get(client, "zink zinc").text

    assert page.count('<li class="result" lang="de">') == 1
    assert page.count('<li class="result">') == 1


def test_articles_with_some_of_the_words_are_offered_when_none_has_all(client):
    found(title="Copper")
    found(title="Zinc")

    page = get(client, "copper zinc").text

    assert "No article has all these words. These have some of them." in page
    assert page.count('class="result"') == 2


def test_nothing_found_leads_on_by_topic(client):
    found(topic=TopicFactory(name="Minerals"))

    page = get(client, "unheardof").text

    assert "No article answers “unheardof”." in page
    assert "Look by topic instead" in page
    assert "Minerals" in page
    assert "Did you mean" not in page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("magnesum", "magnesium"),
        ("MAGNESUIM", "magnesium"),
        ("magnesum dose", "magnesium dose"),
        ("kurbos", "kürbis"),
    ],
)
def test_a_mistyped_word_is_set_right(client, typed, meant):
    found(title="Magnesium forms")
    found(title="Kürbis", topic=TopicFactory(name="Dose"))
    EditionFactory(title="Magnesum", scheduled=True)

    page = get(client, typed)

    assert page.context["nearest"] == meant
    assert f">{meant}</a>?" in page.text


def test_the_page_without_a_question_shows_form_and_topics(client):
    found(topic=TopicFactory(name="Minerals"))

    page = client.get("/search/").text

    assert 'id="search"' in page
    assert "Minerals" in page
    assert "No article" not in page
    assert 'class="result"' not in page


@pytest.mark.parametrize("asked", ["%%%", '"', "🙂", "\x00"])
def test_a_question_without_words_is_told_so_or_counts_as_none(client, asked):
    found()
    page = get(client, asked)

    assert page.status_code == 200
    assert page.context["total"] == 0
    assert ("There is no word in" in page.text) == (asked != "\x00")


def test_search_engines_stay_out(client):
    response = get(client, "zinc")

    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text
    assert "Disallow: /search/\n" in client.get("/robots.txt").text


def test_one_question_has_one_address(client):
    page = get(client, "  zinc \n copper ").text

    assert '<link rel="canonical" href="https://site.example/search/?q=zinc+copper">' in page


def test_the_page_sets_no_cookie_and_is_asked_for_again(client):
    response = get(client, "zinc")

    assert not response.cookies
    assert response["Cache-Control"] == "no-cache"
    assert client.get("/search/?q=zinc", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_other_methods_are_refused(client):
    assert client.post("/search/", {"q": "zinc"}).status_code == 405


def test_more_results_have_pages(client):
    for _ in range(14):
        found(title="Zinc & more")

    first, second = get(client, "zinc & more"), get(client, "zinc & more", page=2)

    assert (len(first.context["results"]), len(second.context["results"])) == (12, 2)
    assert 'rel="next" href="/search/?q=zinc+%26+more&amp;page=2"' in first.text
    assert 'rel="prev" href="/search/?q=zinc+%26+more"' in second.text
    assert "14 articles, page 2 of 2" in second.text
    assert 'rel="next"' not in second.text


@pytest.mark.parametrize(
    "number", ["0", "-1", "3", "x", "1e1", "\N{ARABIC-INDIC DIGIT ONE}", "999999999999", str(MOST_PAGES + 1)]
)
def test_there_is_no_other_page(client, number):
    found(title="Zinc")

    assert get(client, "zinc", page=number).status_code == 404


def test_pages_end_somewhere(client, monkeypatch):
    edition = found(title="Zinc")
    monkeypatch.setattr(match, "find", lambda *_, **__: match.Hits((edition.pk,), 10_000))

    page = get(client, "zinc", page=MOST_PAGES).text

    assert "10000 articles, page 20 of 20" in page
    assert 'rel="next"' not in page


def test_an_article_that_ended_a_moment_ago_is_left_out(client, monkeypatch):
    edition = found(title="Zinc")
    monkeypatch.setattr(match, "find", lambda *_, **__: match.Hits((edition.pk, 999_999), 2))

    assert get(client, "zinc").text.count('class="result"') == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=250))
def test_no_question_is_an_error(client, asked):
    assert get(client, asked.encode("utf-8", "replace").decode()).status_code == 200


@pytest.mark.parametrize(
    "address", ["/search/?q=%ff%fe", "/search/?q=" + "x" * 10_000, "/search/?q=a&q=b", "/search/?x=1"]
)
def test_no_address_is_an_error(client, address):
    assert client.get(address).status_code == 200


def fill(count):
    """Editions in four statements; the index writes them as it does after an upgrade."""
    start = EditionFactory(title="Zinc")
    for n in range(count - 1):
        article = ArticleFactory(topic=start.topic, owner=start.article.owner)
        EditionFactory(
            article=article, title=f"Zinc {n}", image=start.image, reviewer=start.reviewer, authors=[]
        )
    index.refresh()


@pytest.mark.parametrize("count", [3, 500])
def test_query_counts_do_not_grow(client, django_assert_num_queries, count):
    fill(count)

    with django_assert_num_queries(2):  # hits, editions
        assert get(client, "zinc").context["total"] == count
    with django_assert_num_queries(4):  # all words, any word, editions, titles to learn from
        get(client, "zinc unheardof")
    with django_assert_num_queries(3):  # hits, titles to learn from, topics
        get(client, "unheardof")
    with django_assert_num_queries(1):  # topics
        client.get("/search/")


@pytest.mark.parametrize("path", ["/", "/topics/none/", "/articles/none/"])
def test_every_page_leads_to_search(client, settings, path):
    settings.DEBUG = False

    page = client.get(path).text

    assert '<a href="/search/">Search</a>' in page
    assert len(re.findall(r'<form action="/search/" role="search">', page)) == 1


def test_pages_that_are_not_there_offer_the_large_form(client, settings):
    settings.DEBUG = False

    assert 'id="search"' in client.get("/nothing/").text


def test_the_home_page_tells_machines_how_to_search(client):
    page = client.get("/").text

    assert '"urlTemplate":"https://site.example/search/?q={search_term_string}"' in page
    assert '"query-input":"required name=search_term_string"' in page


def test_the_form_costs_an_article_page_little(client):
    page = found().get_absolute_url()

    text = client.get(page).text

    form = re.search(r'<form action="/search/".*?</form>\n', text, re.S)[0]
    assert len(form + '<li><a href="/search/">Search</a></li>') <= 300


def test_nothing_keeps_what_readers_ask(client, caplog, capsys):
    found()

    get(client, "embarrassing question")

    out, err = capsys.readouterr()
    assert "embarrassing" not in caplog.text + out + err
