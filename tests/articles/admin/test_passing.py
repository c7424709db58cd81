"""Letting one finding pass from the publish page: who may, what it needs, what it leaves behind."""

import re

import pytest
from django.test import Client

from articles.models import AuditEvent, Override, Review
from cms.contracts import Check, Finding
from cms.plugins import registry, use_registry
from tests.articles.intake.helpers import registry_with
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    """What the one check of these tests finds."""
    findings = [
        Finding("TST01", "error", "Too much.", quote="Zinc"),
        Finding("TST01", "error", "Also.", quote="is"),
    ]
    check = Check("TST01", "error", lambda snapshot: findings)
    with use_registry(registry_with(registry(), publish_checks=[check])):
        yield findings


@pytest.fixture
def let(editor, browse, at):
    def post(article, login=editor, **data):
        sent = {"check": "TST01", "about": "Zinc", "reason": "A quotation.", **data}
        return browse(login).post(at("pass_finding", article), sent, follow=True)

    return post


def test_the_page_offers_it_for_each_error(found, draft, editor, browse, at):
    page = browse(editor).get(at("publish", draft)).content.decode()

    assert page.count('class="checks__pass"') == 2


def test_a_finding_that_passes_says_who_and_why(found, draft, editor, let):
    page = let(draft).content.decode()

    assert f"{editor.get_username()}, " in page
    assert "A quotation." in page
    assert page.count('class="checks__pass"') == 1


def test_the_form_on_the_page_is_accepted_with_its_own_token(found, draft, editor, at):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    page = client.get(at("publish", draft)).content.decode()
    form = page.split('class="checks__pass"')[1].split("</form>")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token

    sent = {"check": "TST01", "about": "Zinc", "reason": "Fine.", "csrfmiddlewaretoken": token[1]}
    response = client.post(at("pass_finding", draft), sent)

    assert response.status_code == 302
    assert Override.objects.exists()


def test_it_needs_a_reason(found, draft, let):
    page = let(draft, reason=" ").content.decode()

    assert "Say why this may stand" in page
    assert not Override.objects.exists()


def test_a_finding_that_is_gone_is_not_let_pass(found, draft, let):
    page = let(draft, about="Copper").content.decode()

    assert "no longer says that" in page
    assert not Override.objects.exists()


def test_a_critical_finding_offers_nothing_and_takes_nothing(found, draft, let):
    found[:] = [Finding("TST01", "error", "Never.", quote="Zinc", critical=True)]

    page = let(draft).content.decode()

    assert 'class="checks__pass"' not in page
    assert "must be corrected" in page
    assert not Override.objects.exists()


def test_a_person_without_the_right_cannot(found, draft, author, browse, at):
    response = browse(author).post(
        at("pass_finding", draft), {"check": "TST01", "about": "Zinc", "reason": "Please."}
    )

    assert response.status_code == 403
    assert not Override.objects.exists()


def test_it_can_be_taken_back(found, draft, editor, browse, at, let):
    let(draft)
    row = Override.objects.get()

    page = browse(editor).post(f"{at('publish', draft)}pass/{row.pk}/withdraw/", follow=True).content.decode()

    row.refresh_from_db()
    assert row.withdrawn_by == editor.get_username()
    assert page.count('class="checks__pass"') == 2


def test_the_override_of_another_article_is_not_found(found, draft, editor, browse, at, let):
    let(draft)
    row, other = Override.objects.get(), ArticleFactory(title="Copper")

    response = browse(editor).post(f"{at('publish', other)}pass/{row.pk}/withdraw/")

    assert response.status_code == 404


def test_looking_does_not_let_pass(found, draft, editor, browse, at):
    assert browse(editor).get(at("pass_finding", draft)).status_code == 405


def test_an_approval_is_a_signature_of_the_revision(draft, reviewer, browse, at):
    byline = AuthorFactory(user=reviewer, name="Dr Ada Bell")
    sent = {"step": "approve", "head": draft.head_id, "note": "Checked every dose."}

    browse(reviewer).post(at("review", draft), sent)

    draft.refresh_from_db()
    signed = Review.objects.get()
    assert (signed.article, signed.revision, signed.reviewer) == (draft, draft.head, byline)
    assert (signed.reviewer_name, signed.note) == ("Dr Ada Bell", "Checked every dose.")
    assert AuditEvent.objects.filter(kind="signed", article=draft).exists()


def test_a_reason_is_kept_without_what_cannot_be_stored(found, draft, editor, let):
    let(draft, reason="A\x00quotation.")

    assert draft.overrides.get().reason == "A quotation."
