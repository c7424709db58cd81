"""The page of a reference's evidence: what the sources say, and what an editor decides."""

import pytest
from django.contrib.auth.models import Group, Permission

from articles.models import AuditEvent
from references.models import Verification
from references.verification.service import verify
from tests.factories import ArticleFactory, UserFactory
from tests.references.library_pages import again, at, do, editor, make, page
from tests.references.sources import payloads
from tests.references.sources.fixtures import DOI, TITLE, WORK, local_site, sources
from tests.support.http import Reply

__all__ = ["editor", "local_site", "sources"]
pytestmark = pytest.mark.django_db


def test_a_work_that_was_never_checked_says_so(editor):
    html = page(editor, make())

    assert "not checked yet" in html
    assert "Nobody has counted. That is not nought." in html


def test_check_now_asks_and_shows_both_titles(editor, sources):
    html = do(editor, make(), "check")

    assert "Checked: another work." in html
    assert f"On record: <q>{TITLE}</q>" in html
    assert "1992" in html


def test_check_now_without_an_answer_concludes_nothing(editor, sources):
    sources[WORK] = Reply(503)

    html = do(editor, make(), "check")

    assert "No answer; nothing follows from that. Crossref: It answered with status 503." in html


def test_a_retraction_is_told_at_once(editor, sources):
    updated = {"updated-by": [payloads.update("retraction", "10.1234/notice")]}
    sources[WORK] = Reply(body=payloads.crossref(**updated))

    html = do(editor, make(TITLE), "check")

    assert "It is now marked: retracted" in html
    assert 'href="https://doi.org/10.1234/notice"' in html


def test_an_editor_accepts_a_difference_with_a_reason(editor, sources):
    reference = make()
    verify(reference)

    refused = do(editor, reference, "accept", **{"accept-note": " "})
    html = do(editor, reference, "accept", **{"accept-note": "Title of the English edition"})

    assert "This field is required." in refused
    assert again(reference).is_accepted
    assert "Title of the English edition" in html
    assert Verification.objects.get(result="accepted").reviewed_by.username == "edda"


def test_what_is_ticked_is_taken_over(editor, sources):
    reference = make()
    verify(reference)

    html = do(editor, reference, "refresh", field=["title", "volume"])

    assert "Taken over: Title, Volume." in html
    assert (again(reference).title, again(reference).verification) == (TITLE, "matched")
    assert again(reference).history.first().history_user.username == "edda"


def test_nothing_of_another_work_is_ticked_beforehand(editor, sources):
    reference = make()
    verify(reference)
    of_another = page(editor, reference)
    do(editor, reference, "refresh", field=["title"])

    assert 'value="volume" id="take-volume">' in of_another
    assert 'value="volume" id="take-volume" checked>' in page(editor, reference)


def test_a_title_that_was_cut_short_is_ticked(editor, sources):
    reference = make("Zinc and immune function: the biological basis")
    verify(reference)

    assert 'value="title" id="take-title" checked>' in page(editor, reference)


def test_a_field_that_an_editor_changes_is_settled(editor, sources):
    reference = make(TITLE)
    data = {"type": "article-journal", "title": "Zinc", "doi": DOI, "editorial_status": "current"}

    editor.post(at("change", reference.pk), data)
    verify(again(reference))

    assert again(reference).locked_fields == ["title"]
    html = page(editor, again(reference))
    assert "settled by an editor" in html
    assert 'id="take-title">' in html


def test_an_article_is_let_cite_a_retracted_work(editor):
    reference = make(retracted=True)
    article = ArticleFactory(text="It was wrong [@cats1998].", title="The fraud")
    ArticleFactory(text="No citation.", title="Elsewhere")

    form = page(editor, reference)
    html = do(
        editor,
        reference,
        "acknowledge",
        **{"acknowledge-article": article.pk, "acknowledge-reason": "About it."},
    )

    assert "The fraud" in form
    assert "Elsewhere" not in form
    assert "“The fraud” may cite it." in html
    given = reference.acknowledgements.get()
    assert (given.reason, given.by.username) == ("About it.", "edda")

    assert "Taken back." in do(editor, reference, "take_back", given=given.pk)
    assert not reference.acknowledgements.exists()


def test_an_excuse_and_its_end_are_in_the_log(editor):
    reference = make(retracted=True)
    article = ArticleFactory(text="It was wrong [@cats1998].")
    said = {"acknowledge-article": article.pk, "acknowledge-reason": "About it."}

    do(editor, reference, "acknowledge", **said)
    do(editor, reference, "take_back", given=reference.acknowledgements.get().pk)

    rows = AuditEvent.objects.filter(article=article).order_by("pk")
    assert [(row.kind, row.actor_name, row.reason) for row in rows] == [
        ("finding_passed", "edda", "About it."),
        ("override_withdrawn", "edda", "About it."),
    ]
    assert rows[0].data == {"check": "EVD05", "about": "@cats1998, retracted"}


def test_who_may_not_override_may_not_excuse(client):
    reference = make(retracted=True)
    author = UserFactory()
    author.groups.add(Group.objects.get(name="Author"))
    client.force_login(author)
    article = ArticleFactory(text="It was wrong [@cats1998].", owner=author)
    said = {"acknowledge-article": article.pk, "acknowledge-reason": "About it."}

    answer = client.post(at("sources", reference.pk), {"do": "acknowledge", **said})

    assert answer.status_code == 403
    assert not reference.acknowledgements.exists()
    assert "Let an article cite it" not in page(client, reference)


def test_who_may_not_override_may_not_take_an_excuse_back(client):
    reference = make(retracted=True)
    given = reference.acknowledgements.create(article=ArticleFactory(), status="retracted", reason="Known.")
    author = UserFactory()
    author.groups.add(Group.objects.get(name="Author"))
    client.force_login(author)

    answer = client.post(at("sources", reference.pk), {"do": "take_back", "given": given.pk})

    assert answer.status_code == 403
    assert reference.acknowledgements.exists()


def test_a_reason_is_needed(editor):
    reference = make(retracted=True)
    article = ArticleFactory(text="It was wrong [@cats1998].")

    html = do(
        editor, reference, "acknowledge", **{"acknowledge-article": article.pk, "acknowledge-reason": ""}
    )

    assert "This field is required." in html
    assert not reference.acknowledgements.exists()


@pytest.mark.parametrize("given", ["", "x", "9" * 30, "1"])
def test_taking_back_what_is_not_there_does_nothing(editor, given):
    assert "Taken back" not in do(editor, make(retracted=True), "take_back", given=given)


@pytest.mark.parametrize("doing", ["", "nonsense", "delete"])
def test_nothing_else_can_be_done(editor, doing):
    assert editor.post(at("sources", make().pk), {"do": doing}).status_code == 404


@pytest.mark.parametrize("name", ["sources", "merge"])
@pytest.mark.parametrize("number", ["999", "x", "9" * 30])
def test_what_is_not_there_is_not_found(editor, name, number):
    assert editor.get(at(name, number)).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("sources", 403), ("merge", 403)])
def test_without_a_right_there_is_nothing_to_see(client, name, status):
    reference = make()
    client.force_login(UserFactory())

    assert client.get(at(name, reference.pk)).status_code == status
    assert client.get(at("by_number")).status_code == 403


def test_a_reader_of_the_library_can_change_nothing(client, sources):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_reference"))
    client.force_login(user)
    reference = make()

    assert "Check now" not in page(client, reference)
    assert client.post(at("sources", reference.pk), {"do": "check"}).status_code == 403
    assert sources.asked == []


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_takes_few_queries(editor, sources, django_assert_max_num_queries, count):
    reference = make()
    for number in range(count):
        sources[WORK] = Reply(body=payloads.crossref(volume=str(number)))
        verify(again(reference))
        article = ArticleFactory()
        reference.acknowledgements.create(article=article, status="concern", reason="Known.")

    with django_assert_max_num_queries(15):
        page(editor, reference)
