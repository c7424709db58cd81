"""Handing an article on."""

import pytest

from articles.models import AuditEvent
from articles.revisions import save_revision
from tests.factories import AuthorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand_on(browse, at):
    def post(person, article, step, **data):
        return browse(person).post(
            at("review", article), {"step": step, "head": article.head_id, **data}, follow=True
        )

    return post


def state_of(article):
    article.refresh_from_db()
    return article.state


def test_an_author_sends_a_draft_to_review(draft, author, hand_on):
    hand_on(author, draft, "submit")

    assert state_of(draft) == "in_review"
    assert AuditEvent.objects.get().actor == author


def test_approving_signs_with_byline_and_day(draft, reviewer, hand_on, frozen_time):
    AuthorFactory(user=reviewer, slug="lee", name="Jun Lee")

    hand_on(reviewer, draft, "approve")

    assert state_of(draft) == "ready"
    assert draft.head.front_matter["reviewed_by"] == "lee"
    assert draft.head.front_matter["reviewed_on"] == "2026-05-01"
    assert draft.head.reason == "Approved by Jun Lee"
    assert draft.head.text.startswith("Zinc")


def test_approving_without_a_byline_leaves_the_text_alone(draft, reviewer, hand_on):
    hand_on(reviewer, draft, "approve")

    assert state_of(draft) == "ready"
    assert draft.revisions.count() == 1


def test_sending_back_needs_a_note(draft, reviewer, author, hand_on, browse, at):
    hand_on(author, draft, "submit")

    page = hand_on(reviewer, draft, "send_back").content.decode()
    assert "Write what the author should change" in page
    assert state_of(draft) == "in_review"

    hand_on(reviewer, draft, "send_back", note="Check the dose in line 1.")
    assert state_of(draft) == "draft"
    assert "Check the dose in line 1." in browse(author).get(at("change", draft)).content.decode()


@pytest.mark.parametrize("step", ["approve", "send_back"])
def test_an_approval_belongs_to_the_text_that_was_read(step, draft, author, reviewer, browse, at):
    AuthorFactory(user=reviewer)
    read = draft.head_id
    save_revision(draft, text="Changed.", front_matter=draft.head.front_matter, author=author)

    page = browse(reviewer).post(at("review", draft), {"step": step, "head": read, "note": "x"}, follow=True)

    assert "saved while you read it" in page.content.decode()
    assert state_of(draft) == "draft"
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("step", ["approve", "send_back"])
def test_authors_do_not_review(step, draft, author, browse, at):
    assert browse(author).post(at("review", draft), {"step": step, "note": "x"}).status_code == 403
    assert state_of(draft) == "draft"


def test_reviewers_do_not_submit_for_others(draft, reviewer, browse, at):
    assert browse(reviewer).post(at("review", draft), {"step": "submit"}).status_code == 403


@pytest.mark.parametrize("step", ["", "publish", "READY"])
def test_other_steps_are_a_bad_request(step, draft, editor, browse, at):
    assert browse(editor).post(at("review", draft), {"step": step}).status_code == 400


def test_an_editor_may_review_in_the_editor_itself(draft, author, editor, hand_on, browse, at):
    hand_on(author, draft, "submit")

    assert "Your review" in browse(editor).get(at("change", draft)).content.decode()


def test_a_note_is_escaped(draft, author, reviewer, hand_on, browse, at):
    hand_on(reviewer, draft, "send_back", note="<script>alert(1)</script>")

    assert "<script>alert" not in browse(author).get(at("change", draft)).content.decode()
