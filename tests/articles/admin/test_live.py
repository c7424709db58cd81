"""What the editor's script asks for: preview, saving in the background, pickers, uploads."""

import pytest

from articles.models import Revision
from articles.revisions import save_revision
from tests.factories import (
    ArticleFactory,
    EditionFactory,
)

pytestmark = pytest.mark.django_db


class TestPreview:
    def test_it_compiles_what_is_in_the_form_and_stores_nothing(self, draft, author, browse, at, fields):
        reply = browse(author).post(
            at("preview", draft), fields(draft, title="Another", text="## Heading\n\n**Bold**")
        )

        result = reply.json()
        assert "<h1>Another</h1>" in result["html"]
        assert "<strong>Bold</strong>" in result["html"]
        assert 'data-line="1"' in result["html"]
        assert (result["words"], result["minutes"]) == (2, 1)
        assert draft.revisions.count() == 1

    def test_findings_point_at_their_line(self, draft, author, browse, at, fields):
        text = "One.\n\nSee [this](art:nowhere).\n"

        findings = browse(author).post(at("preview", draft), fields(draft, text=text)).json()["findings"]

        found = next(finding for finding in findings if finding["id"] == "MD04")
        assert (found["severity"], found["line"], found["quote"]) == ("error", 3, "art:nowhere")

    def test_the_worst_findings_come_first(self, draft, author, browse, at, fields):
        text = ":::nothing\nx\n:::\n\nSee [this](art:nowhere).\n"

        findings = browse(author).post(at("preview", draft), fields(draft, text=text)).json()["findings"]

        levels = [finding["severity"] for finding in findings]
        assert levels == sorted(levels, key=["error", "warning", "info"].index)

    def test_details_are_part_of_it(self, draft, author, browse, at, fields):
        topic = ["no-such-topic"]

        reply = (
            browse(author).post(at("preview", draft), fields(draft, description="Short.", topic=topic)).json()
        )

        assert '<p class="standfirst">Short.</p>' in reply["html"]

    def test_a_text_beyond_the_caps_is_a_finding_not_an_error_page(self, draft, author, browse, at, fields):
        reply = browse(author).post(at("preview", draft), fields(draft, text="x" * 200_001))

        result = reply.json()
        assert result["findings"][0]["id"] == "MD00"
        assert result["findings"][0]["critical"]
        assert "200,000 are allowed" in result["html"]

    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            '<svg onload="alert(1)">',
            "![x](data:text/html,<script>alert(1)</script>)",
        ],
    )
    def test_a_hostile_draft_stays_words(self, text, draft, author, browse, at, fields):
        html = browse(author).post(at("preview", draft), fields(draft, text=text, title=text)).json()["html"]

        for weapon in ("<script", "<img", "<svg", 'href="javascript', 'src="data'):
            assert weapon not in html

    def test_an_empty_post_previews_the_stored_details(self, draft, author, browse, at):
        reply = browse(author).post(at("preview", draft))

        assert reply.status_code == 200
        assert draft.title in reply.json()["html"]


class TestFrame:
    def test_nothing_can_run_in_it(self, author, browse, at):
        response = browse(author).get(at("preview_frame"))

        policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
        assert policy["script-src"] == "'none'"
        assert policy["default-src"] == "'none'"
        assert policy["form-action"] == "'none'"
        assert policy["sandbox"] == "allow-same-origin"
        assert policy["frame-ancestors"] == "'self'"
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert b"<script" not in response.content

    def test_it_wears_the_style_sheet_of_the_site(self, author, browse, at):
        assert b"cms/css/site.css" in browse(author).get(at("preview_frame")).content

    @pytest.mark.parametrize("name", ["revision_frame", "edition_frame"])
    def test_old_texts_are_shown_under_the_same_rules(self, name, editor, browse, at):
        article = EditionFactory().article

        response = browse(editor).get(at(name, article, 1))

        assert "sandbox allow-same-origin" in response["Content-Security-Policy"]
        assert b"Zinc is absorbed" in response.content


class TestSave:
    def test_an_autosave_is_a_revision_of_its_own_kind(self, draft, author, browse, at, fields):
        reply = browse(author).post(at("save", draft), fields(draft, text="New."))

        draft.refresh_from_db()
        assert draft.head.kind == "autosave"
        assert reply.json()["head"] == draft.head_id
        assert reply.json()["number"] == 2
        assert reply.json()["errors"] == {}

    def test_a_save_says_so(self, draft, author, browse, at, fields):
        browse(author).post(at("save", draft), fields(draft, text="New.", kind="save"))

        draft.refresh_from_db()
        assert draft.head.kind == "save"

    def test_a_kind_of_ones_own_choosing_is_an_autosave(self, draft, author, browse, at, fields):
        browse(author).post(at("save", draft), fields(draft, text="New.", kind="import"))

        draft.refresh_from_db()
        assert draft.head.kind == "autosave"

    def test_one_bad_field_does_not_hold_up_the_text(self, author, browse, at, fields):
        article = ArticleFactory(owner=author, front_matter={"language": "de"})

        reply = browse(author).post(
            at("save", article), fields(article, text="New.", language="Deutsch!", title="")
        )

        article.refresh_from_db()
        assert article.head.text == "New."
        assert article.head.front_matter["language"] == "de"
        assert article.head.front_matter["title"] == article.title
        assert set(reply.json()["errors"]) == {"language", "title"}

    def test_a_stale_save_names_who_was_faster_and_writes_nothing(
        self, draft, author, editor, browse, at, fields
    ):
        sent = fields(draft, text="Mine.")
        save_revision(draft, text="Theirs.", front_matter=draft.head.front_matter, author=editor)

        reply = browse(author).post(at("save", draft), sent)

        assert reply.status_code == 409
        assert reply.json() == {"error": "stale", "by": "edda"}
        assert not Revision.objects.filter(text="Mine.").exists()

    def test_a_stale_save_names_another_tab_of_ones_own(self, draft, author, browse, at, fields):
        sent = fields(draft, text="Mine.")
        save_revision(draft, text="Mine too.", front_matter=draft.head.front_matter, author=author)

        reply = browse(author).post(at("save", draft), sent)

        assert reply.json()["by"] == "Another tab of yours"

    def test_saves_in_a_row_follow_the_head(self, draft, author, browse, at, fields):
        client, head = browse(author), draft.head_id

        for text in ("One.", "Two.", "Three."):
            head = client.post(at("save", draft), fields(draft, text=text, expected_head=head)).json()["head"]

        assert draft.revisions.count() == 4


class TestToken:
    def test_it_is_one_that_a_form_may_carry(self, author, browse, at):
        browser = browse(author)
        browser.handler.enforce_csrf_checks = True

        token = browser.get(at("token")).json()["token"]

        sent = {"title": "Zinc", "csrfmiddlewaretoken": token}
        assert browser.post("/admin/articles/article/add/", sent).status_code == 302
        assert browser.post("/admin/articles/article/add/", {"title": "Zinc"}).status_code == 403

    def test_nobody_gets_one_without_a_login(self, client, at):
        reply = client.get(at("token"))

        assert reply.status_code == 302
        assert "/login/" in reply["Location"]

    def test_no_cache_keeps_it(self, author, browse, at):
        assert "no-store" in browse(author).get(at("token"))["Cache-Control"]
