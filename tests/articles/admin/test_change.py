"""Beginning and writing an article."""

import pytest

from articles.models import Article, Revision
from articles.revisions import save_revision
from tests.factories import ArticleFactory, AuthorFactory, EditionFactory, TagFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_a_title_is_all_it_takes(author, browse, at):
    response = browse(author).post(at("add"), {"title": "Copper, the quiet partner"})

    article = Article.objects.get()
    assert response.url == at("change", article)
    assert (article.slug, article.owner, article.state) == ("copper-the-quiet-partner", author, "draft")
    assert article.head.author == author


def test_a_new_draft_carries_the_byline_of_its_owner(author, browse, at):
    AuthorFactory(user=author, slug="ana-ruiz")

    browse(author).post(at("add"), {"title": "Copper"})

    assert Article.objects.get().head.front_matter["authors"] == ["ana-ruiz"]


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_draft_without_a_proper_title_is_not_made(title, author, browse, at):
    response = browse(author).post(at("add"), {"title": title})

    assert response.status_code == 200
    assert not Article.objects.exists()


def test_a_second_draft_of_the_same_title_gets_its_own_address(author, browse, at):
    for _ in range(3):
        browse(author).post(at("add"), {"title": "Zinc"})

    assert sorted(Article.objects.values_list("slug", flat=True)) == ["zinc", "zinc-2", "zinc-3"]


def test_a_title_without_latin_letters_gets_an_address_too(author, browse, at):
    browse(author).post(at("add"), {"title": "Цинк"})

    assert Article.objects.get().slug == "article"


@pytest.mark.parametrize("count", [10, 10_000])
def test_query_count_of_the_editor_does_not_grow(count, author, browse, at, django_assert_max_num_queries):
    Article.objects.bulk_create(Article(title=f"A {n}", slug=f"a-{n}") for n in range(count))
    topic, writer, tag = TopicFactory(), AuthorFactory(), TagFactory()
    article = ArticleFactory(
        owner=author,
        front_matter={
            "topic": topic.slug, "authors": [writer.slug], "tags": [tag.name], "reviewed_by": writer.slug,
            "recommended": ["a-1", "a-2"],
        },
    )  # fmt: skip
    EditionFactory(article=article)
    client = browse(author)

    # session, user, two for permissions, article with head, editions, hand-over, five lists of chosen records
    with django_assert_max_num_queries(15):
        response = client.get(at("change", article))

    assert response.status_code == 200


def test_saving_makes_a_revision(draft, author, browse, at, fields):
    response = browse(author).post(
        at("change", draft), fields(draft, text="New words.\r\nTwo lines."), follow=True
    )

    draft.refresh_from_db()
    assert draft.head.number == 2
    assert draft.head.text == "New words.\nTwo lines."
    assert (draft.head.kind, draft.head.author) == ("save", author)
    assert "Saved as revision 2." in response.content.decode()


def test_saving_without_a_change_writes_nothing(draft, author, browse, at, fields):
    browse(author).post(at("change", draft), fields(draft))

    assert draft.revisions.count() == 1


def test_the_details_go_into_the_same_revision(draft, author, browse, at, fields):
    topic, writer = TopicFactory(), AuthorFactory()
    details = {
        "title": "  Zinc,\nagain ", "slug": "Zinc again", "topic": [topic.slug], "authors": [writer.slug],
        "tags": ["zinc", "trace elements", "zinc"], "recommended": ["The article to come"],
        "reviewed_by": [writer.slug], "reviewed_on": "2026-04-30", "description": "How zinc works.",
        "jurisdictions": ["EU", "US"], "language": "en-GB", "canonical_url": "example.org/zinc",
    }  # fmt: skip

    browse(author).post(at("change", draft), fields(draft, **details))

    draft.refresh_from_db()
    kept = draft.head.front_matter
    assert (draft.title, draft.slug, draft.topic) == ("Zinc, again", "zinc-again", topic)
    assert kept["tags"] == ["zinc", "trace elements"]
    assert kept["reviewed_on"] == "2026-04-30"
    assert kept["canonical_url"] == "https://example.org/zinc"
    assert kept["jurisdictions"] == ["EU", "US"]
    assert list(draft.pins.values_list("wanted", flat=True)) == ["The article to come"]


def test_the_byline_keeps_the_order_of_choosing(draft, author, browse, at, fields):
    first, second = AuthorFactory(slug="zoe"), AuthorFactory(slug="abel")

    browse(author).post(at("change", draft), fields(draft, authors=[first.slug, second.slug]))

    draft.refresh_from_db()
    assert draft.head.front_matter["authors"] == ["zoe", "abel"]


def test_an_emptied_detail_is_removed(author, browse, at, fields):
    article = ArticleFactory(owner=author, front_matter={"tags": ["zinc"], "recommended": ["x"]})

    browse(author).post(at("change", article), fields(article, tags=[], recommended=[], topic=[]))

    article.refresh_from_db()
    assert not {"tags", "recommended"} & article.head.front_matter.keys()
    assert article.topic is None
    assert not article.pins.exists()


def test_keys_that_the_form_does_not_know_survive(author, browse, at, fields):
    article = ArticleFactory(owner=author, front_matter={"date": "2020-01-01", "x_theme": {"dark": True}})

    browse(author).post(at("change", article), fields(article, text="New."))

    article.refresh_from_db()
    assert article.head.front_matter["date"] == "2020-01-01"
    assert article.head.front_matter["x_theme"] == {"dark": True}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Give the article a title."),
        ("topic", ["no-such-topic"], "There is no topic"),
        ("authors", ["nobody"], "There is no author"),
        ("image", ["gone"], "There is no image"),
        ("reviewed_on", "yesterday", "valid date"),
        ("language", "English please", "at most 12|Write it like"),
        ("canonical_url", "javascript:alert(1)", "valid URL"),
        ("description", "x" * 301, "at most 300"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(field, value, message, draft, author, browse, at, fields):
    import re

    response = browse(author).post(at("change", draft), fields(draft, **{field: value}, text="My words."))

    page = response.content.decode()
    assert response.status_code == 200
    assert re.search(message, page)
    assert "My words." in page
    assert draft.revisions.count() == 1


def test_an_address_of_another_article_is_refused_at_once(draft, author, browse, at, fields):
    EditionFactory(slug="taken", article__title="The first one")

    response = browse(author).post(at("change", draft), fields(draft, slug="taken"))

    assert "belongs to “The first one”" in response.content.decode()


def test_a_stale_page_overwrites_nothing_and_loses_nothing(draft, author, editor, browse, at, fields):
    mine = fields(draft, text="Zinc is absorbed by my own words.\n")
    theirs = save_revision(
        draft, text="Zinc is absorbed by their words.\n", front_matter=draft.head.front_matter, author=editor
    )

    response = browse(author).post(at("change", draft), mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "edda saved this article while you were writing" in page
    assert "Zinc is absorbed by my own words." in page  # still in the editor
    assert "their" in page
    assert "<mark>" in page
    assert draft.revisions.count() == 2
    assert f'name="expected_head" value="{theirs.pk}"' in page


def test_a_conflict_with_oneself_names_the_other_tab(draft, author, browse, at, fields):
    mine = fields(draft, text="My own words.")
    save_revision(draft, text="In another tab.", front_matter=draft.head.front_matter, author=author)

    page = browse(author).post(at("change", draft), mine).content.decode()

    assert "Another tab of yours saved this article while you were writing" in page


def test_a_missing_title_is_no_error_of_the_details(draft, author, browse, at, fields):
    page = browse(author).post(at("change", draft), fields(draft, title="", language="not one")).content

    assert b"Give the article a title." in page
    assert b'<span class="tabs__mark">1</span>' in page


def test_saving_after_a_conflict_puts_my_text_on_top(draft, author, editor, browse, at, fields):
    mine = fields(draft, text="My own words.")
    theirs = save_revision(draft, text="Their words.", front_matter=draft.head.front_matter, author=editor)
    browse(author).post(at("change", draft), mine)

    browse(author).post(at("change", draft), {**mine, "expected_head": theirs.pk})

    assert list(draft.revisions.values_list("text", flat=True)) == [
        "My own words.", "Their words.", "Zinc is absorbed in the small intestine.\n",
    ]  # fmt: skip


def test_a_page_that_does_not_say_what_it_started_from_is_stale(draft, author, browse, at, fields):
    sent = fields(draft, text="Blind.")
    del sent["expected_head"]

    assert browse(author).post(at("change", draft), sent).status_code == 409


def test_an_article_without_any_revision_can_be_written(author, browse, at):
    article = Article.objects.create(title="Bare", slug="bare", owner=author)
    client = browse(author)

    assert client.get(at("change", article)).status_code == 200
    client.post(at("change", article), {"title": "Bare", "text": "Now it has words."})

    article.refresh_from_db()
    assert article.head.text == "Now it has words."


@pytest.mark.parametrize("name", ["change", "publish", "history"])
def test_an_article_without_any_revision_breaks_no_page(name, reviewer, editor, browse, at):
    article = Article.objects.create(title="Bare", slug="bare")

    assert browse(editor).get(at(name, article)).status_code == 200
    assert browse(reviewer).get(at(name, article)).status_code in {200, 403}


def test_publish_saves_first_and_goes_on_to_the_checks(draft, editor, browse, at, fields):
    response = browse(editor).post(at("change", draft), fields(draft, text="Last words.", _publish=""))

    assert response.url == at("publish", draft)
    assert Revision.objects.filter(text="Last words.").exists()


def test_the_text_cannot_break_out_of_the_page(author, browse, at):
    article = ArticleFactory(
        owner=author, title='"><script>alert(1)</script>', text="</textarea><script>alert(2)</script>"
    )

    page = browse(author).get(at("change", article)).content.decode()

    assert "<script>alert(" not in page
