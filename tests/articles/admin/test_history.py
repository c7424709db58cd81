"""The history: nothing is missing, restoring shows first, and can itself be undone."""

import pytest

from articles import publishing
from articles.admin.history import fold
from articles.models import Revision
from articles.revisions import save_revision
from cms.plugins import Registry, use_registry
from tests.factories import ArticleFactory, EditionFactory, UserFactory

pytestmark = pytest.mark.django_db


def write(article, *texts, kind="save", author=None):
    for text in texts:
        save_revision(article, text=text, front_matter=article.head.front_matter, kind=kind, author=author)
        article.refresh_from_db()


def test_every_revision_is_there_with_its_author_and_reason(draft, author, browse, at):
    write(draft, "Two.", author=author)

    page = browse(author).get(at("history", draft)).content.decode()

    assert "Revision 1" in page
    assert "Revision 2" in page
    assert "ana" in page


def test_autosaves_in_a_row_are_folded_but_stay_within_reach(draft, author, browse, at):
    write(draft, "a", "b", "c", kind="autosave", author=author)

    response = browse(author).get(at("history", draft))

    entries = response.context["entries"]
    assert [(entry.revision.number, len(entry.folded)) for entry in entries] == [(4, 2), (1, 0)]
    assert at("revision", draft, 2) in response.content.decode()


def test_a_save_or_another_person_ends_a_run():
    def revision(number, kind, author):
        return Revision(pk=number, number=number, kind=kind, author_id=author)

    newest_first = [
        revision(6, "autosave", 1), revision(5, "autosave", 1), revision(4, "save", 1),
        revision(3, "autosave", 1), revision(2, "autosave", 2), revision(1, "save", 2),
    ]  # fmt: skip

    entries = fold(newest_first)

    assert [[entry.revision.number, *(r.number for r in entry.folded)] for entry in entries] == [
        [6, 5], [4], [3], [2], [1],
    ]  # fmt: skip


def test_editions_say_what_readers_saw_and_when(editor, browse, at):
    edition = EditionFactory()

    page = browse(editor).get(at("history", edition.article)).content.decode()

    assert "Edition 1" in page
    assert "to now" in page


@pytest.mark.parametrize("count", [5, 200])
def test_query_count_does_not_grow(count, draft, editor, browse, at, django_assert_max_num_queries):
    people = [UserFactory() for _ in range(3)]
    Revision.objects.bulk_create(
        Revision(article=draft, number=number + 2, text="x" * 1_000, author=people[number % 3])
        for number in range(count)
    )
    EditionFactory(article=draft)
    client = browse(editor)

    with django_assert_max_num_queries(
        8
    ):  # session, user, two for permissions, article, count, revisions, editions
        client.get(at("history", draft))


def test_long_histories_have_pages(draft, editor, browse, at):
    Revision.objects.bulk_create(Revision(article=draft, number=number) for number in range(2, 100))

    client = browse(editor)

    assert "Page 1 of 2" in client.get(at("history", draft)).content.decode()
    assert "Page 2 of 2" in client.get(at("history", draft), {"page": 2}).content.decode()
    assert client.get(at("history", draft), {"page": "x"}).status_code == 200


def test_a_revision_is_compared_with_the_working_copy(draft, author, browse, at):
    write(draft, "Iron is absorbed in the small intestine.\n")

    response = browse(author).get(at("revision", draft, 1))

    assert [row.kind for row in response.context["rows"]] == ["removed", "added"]
    assert "Restore this text" in response.content.decode()


def test_or_with_the_revision_before_it(draft, author, browse, at):
    write(draft, "Two.", "Three.")

    rows = browse(author).get(at("revision", draft, 2), {"against": "previous"}).context["rows"]

    assert rows[-1].pieces[0].text == "Two."


def test_the_working_copy_itself_shows_what_it_changed_and_offers_no_restoring(draft, author, browse, at):
    write(draft, "Two.")

    response = browse(author).get(at("revision", draft, 2))

    assert response.context["is_head"]
    assert response.context["rows"]
    assert "Restore this text" not in response.content.decode()


def test_looking_changes_nothing(draft, author, browse, at):
    write(draft, "Two.")

    browse(author).get(at("revision", draft, 1))

    draft.refresh_from_db()
    assert draft.head.number == 2


def test_restoring_is_a_new_revision_that_can_be_undone(draft, author, browse, at):
    write(draft, "Two.")
    client = browse(author)

    client.post(at("restore", draft, 1), {"head": draft.head_id})
    draft.refresh_from_db()
    restored = draft.head
    client.post(at("restore", draft, 2), {"head": restored.pk})
    draft.refresh_from_db()

    assert (restored.number, restored.kind, restored.reason) == (3, "restore", "Restored revision 1")
    assert restored.text.startswith("Zinc")
    assert restored.author == author
    assert (draft.head.number, draft.head.text) == (4, "Two.")


@pytest.mark.parametrize("head", ["", "x", "0", "stale"])
def test_restoring_over_something_newer_is_refused(head, draft, author, browse, at):
    stale = draft.head_id
    write(draft, "Two.")

    page = browse(author).post(
        at("restore", draft, 1), {"head": stale if head == "stale" else head}, follow=True
    )

    draft.refresh_from_db()
    assert "saved this article meanwhile" in page.content.decode()
    assert draft.head.text == "Two."


def test_an_autosave_can_be_restored(draft, author, browse, at):
    write(draft, "Lost?", kind="autosave")
    write(draft, "Three.")

    browse(author).post(at("restore", draft, 2), {"head": draft.head_id})

    draft.refresh_from_db()
    assert draft.head.text == "Lost?"


@pytest.mark.parametrize("name", ["revision", "revision_frame", "edition"])
def test_what_never_was_is_not_found(name, draft, editor, browse, at):
    assert browse(editor).get(at(name, draft, 99)).status_code == 404


def test_a_revision_of_another_article_is_not_found(draft, editor, browse, at):
    other = ArticleFactory()
    write(other, "Two.")

    assert browse(editor).get(at("revision", draft, 2)).status_code == 404


def test_an_edition_is_compared_with_what_readers_see_now(draft, editor, browse, at):
    with use_registry(Registry()):
        publishing.publish(draft)
        write(draft, "Iron.")
        publishing.publish(draft)

    response = browse(editor).get(at("edition", draft, 1))

    assert [row.kind for row in response.context["rows"]] == ["removed", "added"]
    assert "Roll back to this" in response.content.decode()


def test_the_live_edition_offers_no_rolling_back(editor, browse, at):
    article = EditionFactory().article

    page = browse(editor).get(at("edition", article, 1)).content.decode()

    assert "This is what readers see now." in page
    assert "Roll back to this" not in page


def test_those_who_may_only_read_get_no_buttons(reviewer, browse, at):
    article = ArticleFactory()
    write(article, "Two.")

    assert "Restore this text" not in browse(reviewer).get(at("revision", article, 1)).content.decode()
