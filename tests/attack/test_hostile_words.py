"""Everything that somebody typed is hostile: no page of readers or editors may run or load any of it."""

import json
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.compile import compile_markdown
from articles.models import Edition
from articles.preview import preview_url
from articles.publishing import publish
from articles.related.engine import rebuild
from tests.attack.hostile import EVIL, SHORT, TEXT, Markup, hostile_article
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return hostile_article()


@pytest.fixture
def published(article):
    for other in (*type(article).objects.exclude(pk=article.pk), article):
        publish(other, override=EVIL, reason=EVIL)
    rebuild()
    article.refresh_from_db()
    return article


@pytest.fixture
def owner(client):
    client.force_login(UserFactory(superuser=True))
    return client


def assert_harmless(response):
    assert response.status_code == 200, response
    markup = Markup(response.text)
    assert markup.problems == []
    assert "{{7*7}}" in response.text or "49" not in response.text
    return markup


def assert_foreign_words_harmless(page):
    """Unfold has scripts of its own; none of them may hold what somebody typed."""
    markup = Markup(page)
    assert [problem for problem in markup.problems if "alert(" in problem or "src=x" in problem] == []
    assert [script for script in markup.inline if "alert(" in script] == []
    assert [value for value in markup.evaluated if "alert(" in value] == []


@pytest.mark.parametrize(
    "address", ["/articles/evil/", "/", "/topics/evil/", "/authors/evil/", "/articles/evil-target/"]
)
def test_readers_pages_run_nothing(client, published, address):
    markup = assert_harmless(client.get(address))

    graphs = [json.loads(text) for text in markup.data]
    assert all(graph["@graph"] for graph in graphs)
    assert len(graphs) == 1


def test_the_related_block_is_where_the_author_put_it(client, published):
    """The words of the marker, typed into a text or an attribute, must not split the page."""
    page = client.get("/articles/evil/").text

    assert page.count('class="related') == 1
    assert page.index("inline ") > page.index('class="related') > page.index("product__name")


@pytest.mark.parametrize("address", ["/feeds/rss.xml", "/feeds/atom.xml", "/sitemap.xml"])
def test_feeds_stay_well_formed(client, published, address):
    root = ElementTree.fromstring(client.get(address).content)

    for node in root.iter():
        if node.tag.rpartition("}")[2] in {"description", "summary"}:
            assert Markup(node.text or "").problems == []


def test_the_json_feed_carries_safe_html(client, published):
    items = client.get("/feeds/feed.json").json()["items"]

    assert items
    assert all(Markup(item["content_html"]).problems == [] for item in items)


def test_the_preview_for_outsiders_runs_nothing(client, article):
    assert_harmless(client.get(preview_url(article.head)))


ADMIN = [
    "",
    "articles/article/",
    "articles/article/?q=evil",
    "articles/article/{pk}/change/",
    "articles/article/{pk}/publish/",
    "articles/article/{pk}/unpublish/",
    "articles/article/{pk}/history/",
    "articles/article/{pk}/history/2/",
    "articles/article/{pk}/history/2/?against=previous",
    "articles/article/{pk}/history/2/frame/",
    "articles/article/{pk}/editions/1/",
    "articles/article/{pk}/editions/1/frame/",
    "articles/article/{pk}/editions/1/rollback/",
    "articles/article/preview-frame/",
    "articles/author/",
    "articles/topic/",
    "articles/tag/",
    "articles/image/",
    "references/reference/",
    "disclaimers/disclaimer/",
    "affiliates/affiliatelink/",
    "affiliates/product/",
    "auth/user/",
]


@pytest.mark.parametrize("address", ADMIN)
def test_editors_pages_run_nothing(owner, published, address):
    page = owner.get(f"/admin/{address.format(pk=published.pk)}")

    assert page.status_code == 200
    assert_foreign_words_harmless(page.text)


def test_changing_forms_show_the_words_and_run_nothing(owner, published):
    from django.apps import apps

    for label in (
        "articles.author", "articles.topic", "articles.tag", "articles.image", "references.reference",
        "disclaimers.disclaimer", "affiliates.affiliatelink", "affiliates.product",
    ):  # fmt: skip
        model = apps.get_model(label)
        for record in model._default_manager.all()[:3]:
            for page in ("change", "history"):
                address = f"/admin/{label.replace('.', '/')}/{record.pk}/{page}/"
                response = owner.get(address)
                assert response.status_code in {200, 302}, address
                assert_foreign_words_harmless(response.text)


def test_the_live_preview_sends_safe_html(owner, article):
    fields = {"title": EVIL, "slug": "evil", "text": TEXT, "expected_head": article.head_id}

    answer = owner.post(f"/admin/articles/article/{article.pk}/preview/", fields)

    assert Markup(answer.json()["html"]).problems == []
    assert answer["Content-Type"].startswith("application/json")


def test_the_frames_of_foreign_words_are_locked(owner, published):
    for name in ("history/2/frame", "editions/1/frame"):
        policy = owner.get(f"/admin/articles/article/{published.pk}/{name}/")["Content-Security-Policy"]

        assert "script-src 'none'" in policy
        assert "sandbox" in policy


def test_readers_pages_forbid_inline_scripts(published):
    policy = Client().get("/articles/evil/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


markup = st.sampled_from(
    [EVIL, SHORT, "<", ">", '"', "'", "`", "[", "]", "(", ")", "!", "*", "|", "\n", ":::note ", "::product{", "[^1]",
     "javascript:", "](", "&lt;", "&#60;", "\\", "<!--", "-->", "@a", "art:", "aff:", "img:", " onerror=x ", "```"]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(parts=st.lists(markup | st.text(max_size=5), max_size=25))
def test_no_markdown_becomes_markup_that_runs(parts):
    document = compile_markdown("".join(parts))

    assert Markup(document.html).problems == []
    assert "<!--" not in document.html.replace("<!--chelate:related-->", "")


def test_what_was_overridden_is_kept_and_shown_as_words(owner, published):
    edition = Edition.objects.filter(article=published).latest("number")

    assert any(finding["severity"] == "error" for finding in edition.findings)
    assert "<script>alert(2)" not in owner.get(f"/admin/articles/article/{published.pk}/history/").text
