"""Old addresses: kept from files, led on by one query, never anywhere but to an article of ours."""

from urllib.parse import quote, urlsplit

import pytest
from django.urls import resolve
from hypothesis import example, given
from hypothesis import strategies as st

from articles import addresses, publishing
from articles.addresses import NoAddress, path_of
from articles.models import OldAddress, SlugClaim
from tests.factories import ArticleFactory


def published(*aliases, slug="zinc", **fields):
    return publishing.publish(ArticleFactory(slug=slug, front_matter={"aliases": list(aliases)}, **fields))


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/2021/05/zinc-dosage/", "/2021/05/zinc-dosage"),
        ("2021/05/zinc-dosage", "/2021/05/zinc-dosage"),
        ("/zinc.html", "/zinc.html"),
        ("https://old.example/2021/05/zinc/", "/2021/05/zinc"),
        ("/blog/zink-f%C3%BCr-alle/#top", "/blog/zink-für-alle"),
        ("/blog/zink-fu\u0308r-alle", "/blog/zink-für-alle"),
    ],
)
def test_an_old_address_becomes_one_path(written, path):
    assert path_of(written) == path


@pytest.mark.parametrize(
    "written",
    ["", "/", "//evil.example/zinc", "/a//b", "/../admin", "/a/./b", "/a/%2e%2e/b", "/a\\b", "/a%5Cb", "/a%00b",
     "/a%0D%0ASet-Cookie:x", "/?p=12", "/a?p=1", "/a%zz", "/a%FF", "/a%252e", "javascript:alert(1)//://x",
     "http://[", "https://old.example", f"/{'a' * 401}", "/a\ud800", "/ /b", "data:text/html,x"],
)  # fmt: skip
def test_what_is_no_plain_path_is_refused(written):
    if written == "data:text/html,x":  # a path like any other: it leads to our article
        assert path_of(written) == "/data:text/html,x"
        return

    with pytest.raises(NoAddress):
        path_of(written)


@pytest.mark.parametrize("written", [None, True, 2021, 1.5, ["/a"], {"to": "/a"}])
def test_what_yaml_reads_as_something_else_is_refused(written):
    with pytest.raises(NoAddress, match="quotation marks"):
        path_of(written)


@given(st.one_of(st.text(max_size=60), st.from_regex(r"(https?:)?/{0,3}[\w./%\\?#: -]{0,40}")))
@example("/%2F%2Fevil.example")
def test_a_path_is_safe_and_stays_the_same(written):
    try:
        path = path_of(written)
    except NoAddress:
        return

    assert path.startswith("/")
    assert not path.startswith("//")
    assert urlsplit(path).netloc == ""
    assert not set(path) & set("\\%?#\r\n\x00")
    assert not {".", "..", ""} & set(path[1:].split("/"))
    assert path_of(quote(path)) == path
    assert path_of(f"{path}/") == path


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", ["/2021/05/zinc-dosage/", "/2021/05/zinc-dosage", "/2021/05/zinc%2Ddosage/"]
)
def test_readers_are_sent_on(client, asked):
    published("/2021/05/zinc-dosage/")

    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (301, "/articles/zinc/")
    assert response["Cache-Control"] == "no-cache", "the address may be a page of ours some day"
    assert client.head(asked).status_code == 301


@pytest.mark.django_db
def test_an_address_in_other_letters_is_found(client):
    published("/blog/zink-f%C3%BCr-alle/")

    assert client.get("/blog/zink-für-alle/")["Location"] == "/articles/zinc/"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 20])
def test_one_query_decides(client, django_assert_num_queries, count):
    published(*[f"/2021/{number}/" for number in range(count)])
    with django_assert_num_queries(1):
        assert addresses.landing("/2021/0/") == "/articles/zinc/"


@pytest.mark.django_db
def test_it_leads_to_where_the_article_is_now(client):
    edition = published("/old/")
    edition.article.slug = "zinc-today"
    edition.article.save()
    publishing.publish(edition.article)

    assert client.get("/old/")["Location"] == edition.article.editions.first().get_absolute_url()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_sent_on(client, method):
    published("/old/")

    assert getattr(client, method)("/old/").status_code == 404


@pytest.mark.django_db
def test_what_readers_cannot_see_is_not_led_to(client):
    edition = published("/old/")
    publishing.unpublish(edition.article)

    assert client.get("/old/").status_code == 404


@pytest.mark.django_db
def test_an_unknown_address_is_not_found(client):
    published("/old/")

    assert client.get("/other/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "own", ["/admin/", "/admin/anything/", "/healthz", "/search/", "/topics/zinc/", "/robots.txt", "/feeds/rss.xml",
            "/static/cms/css/site.css", "/media/x.webp", "/sitemap.xml", "/go/zinc/", "/admin"]
)  # fmt: skip
def test_an_address_of_our_own_is_never_led_away(own):
    article = ArticleFactory()

    (problem,) = addresses.claim(article, [own])

    assert problem == f"The old address “{own}” is not led on: this site answers there itself."
    assert not OldAddress.objects.exists()


@pytest.mark.django_db
def test_a_page_of_ours_that_says_not_found_is_believed(client):
    article = published().article
    OldAddress.objects.create(path="/topics/nothing", article=article)

    assert client.get("/topics/nothing/").status_code == 404


@pytest.mark.django_db
def test_one_below_articles_is_an_address_of_an_article(client):
    published("/articles/zinc-old/", "/articles/2019/zinc/")

    assert SlugClaim.objects.filter(slug="zinc-old").exists()
    assert client.get("/articles/zinc-old/")["Location"] == "/articles/zinc/"
    assert client.get("/articles/2019/zinc/")["Location"] == "/articles/zinc/"


@pytest.mark.django_db
def test_nothing_is_taken_from_another_article(client):
    published("/old/", "/articles/older/", title="Zinc")
    other = ArticleFactory(slug="iron", title="Iron")

    problems = addresses.claim(other, ["/old/", "/articles/older/", "/articles/zinc/"])

    assert sorted(problems) == [f"The old address “{one}” leads to “Zinc” already."
                                for one in ("/articles/older/", "/articles/zinc/", "/old/")]  # fmt: skip
    assert client.get("/old/")["Location"] == "/articles/zinc/"


@pytest.mark.django_db
def test_publishing_again_changes_nothing():
    edition = published("/old/")
    publishing.publish(edition.article)

    assert [row.path for row in OldAddress.objects.all()] == ["/old"]
    assert addresses.former(edition.article_id) == ["/old"]


@pytest.mark.django_db
@pytest.mark.parametrize("aliases", ["/old/", ["/old/", None, 5, {"a": 1}], {"a": 1}, 7])
def test_front_matter_of_any_shape_does_not_stop_publishing(aliases):
    article = ArticleFactory(front_matter={"aliases": aliases})

    assert publishing.publish(article)


@pytest.mark.django_db
def test_most_addresses_of_one_article_have_a_cap():
    article = ArticleFactory()

    addresses.claim(article, [f"/{number}/" for number in range(addresses.MOST + 5)])

    assert article.old_addresses.count() == addresses.MOST


def test_the_addresses_of_articles_are_known_by_their_name():
    assert resolve("/articles/zinc/").view_name == "articles:detail"
