"""What an author, an editor, a reviewer and a reader without a login see of an article's page."""

import pytest

from cms.contracts import Slot
from cms.plugins import Registry, use_registry
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_buttons_follow_the_rights(draft, author, editor, browse, at):
    for_author = browse(author).get(at("change", draft)).content.decode()
    for_editor = browse(editor).get(at("change", draft)).content.decode()

    assert "Send to review" in for_author
    assert "Publish…" not in for_author
    assert "Publish…" in for_editor


def test_a_reviewer_reads_the_page_and_the_checks(reviewer, browse, at):
    article = ArticleFactory(text="See [this](art:nowhere).\n")

    page = browse(reviewer).get(at("change", article)).content.decode()

    assert "There is no article with the address nowhere." in page
    assert "Approve" in page
    assert "<textarea" in page  # for the note only
    assert "data-text" not in page


def test_the_preview_link_opens_the_whole_page_without_a_login(draft, author, browse, at, client):
    link = browse(author).get(at("change", draft)).context["preview_url"]

    response = client.get(link)

    assert response.status_code == 200
    assert "Zinc is absorbed in the small intestine." in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_plugins_show_html_beside_the_article(draft, author, browse, at):
    def broken(context):
        raise RuntimeError

    slots = {
        "good": Slot(
            "good", "admin_article", lambda context: f"<p>{len(context.source.text)} characters</p>"
        ),
        "bad": Slot("bad", "admin_article", broken),
    }
    with use_registry(Registry(objects={"slots": slots})):
        page = browse(author).get(at("change", draft)).content.decode()

    assert f"<p>{len(draft.head.text)} characters</p>" in page
