"""What the editor's script asks for: preview, saving in the background, pickers, uploads."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from articles.models import Article, Image, Revision
from articles.revisions import save_revision
from cms.contracts import Choice, Syntax
from cms.plugins import Registry, registry, use_registry
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    EditionFactory,
    ImageFactory,
    TagFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def png(color=(200, 30, 20)):
    out = io.BytesIO()
    Pillow.new("RGB", (30, 20), color).save(out, "PNG")
    return SimpleUploadedFile("shot.png", out.getvalue(), "image/png")


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

    def test_saves_in_a_row_follow_the_head(self, draft, author, browse, at, fields):
        client, head = browse(author), draft.head_id

        for text in ("One.", "Two.", "Three."):
            head = client.post(at("save", draft), fields(draft, text=text, expected_head=head)).json()["head"]

        assert draft.revisions.count() == 4


class TestPicker:
    def test_it_asks_the_syntax(self, editor, browse, at):
        EditionFactory(slug="zinc", title="All about zinc")

        found = browse(editor).get(at("picker"), {"syntax": "article", "q": "about"}).json()["choices"]

        assert found == [
            {"insert": "[All about zinc](art:zinc)", "label": "All about zinc", "detail": "zinc"}
        ]

    @pytest.mark.parametrize("syntax", ["", "nothing", "../article"])
    def test_an_unknown_syntax_is_a_bad_request(self, syntax, editor, browse, at):
        assert browse(editor).get(at("picker"), {"syntax": syntax}).status_code == 400

    def test_every_syntax_with_a_picker_answers(self, editor, browse, at):
        client = browse(editor)

        for name in registry().syntaxes:
            assert client.get(at("picker"), {"syntax": name, "q": "zinc"}).status_code == 200

    def test_a_failing_picker_offers_nothing(self, editor, browse, at):
        def broken(query):
            raise RuntimeError

        syntaxes = {"broken": Syntax("broken", lambda md: None, picker=broken)}
        with use_registry(Registry(objects={"markdown": syntaxes})):
            reply = browse(editor).get(at("picker"), {"syntax": "broken"})

        assert reply.json() == {"choices": []}

    def test_a_plugin_may_bring_one(self, editor, browse, at):
        syntaxes = {"dose": Syntax("dose", lambda md: None, picker=lambda query: [Choice("15 mg", query)])}
        with use_registry(Registry(objects={"markdown": syntaxes})):
            reply = browse(editor).get(at("picker"), {"syntax": "dose", "q": "zinc"})

        assert reply.json()["choices"] == [{"insert": "15 mg", "label": "zinc", "detail": ""}]


class TestChoices:
    @pytest.mark.parametrize(
        ("kind", "make", "value"),
        [
            ("authors", lambda: AuthorFactory(name="Zoe Zinc", slug="zoe"), "zoe"),
            ("topics", lambda: TopicFactory(name="Zinc", slug="z"), "z"),
            ("tags", lambda: TagFactory(name="zinc oxide"), "zinc oxide"),
            ("images", lambda: ImageFactory(slug="i", alt="Zinc on a table"), "i"),
            ("articles", lambda: ArticleFactory(title="Zinc now", slug="zinc-now"), "zinc-now"),
        ],
    )
    def test_each_list_is_searched_in_one_query(
        self, kind, make, value, editor, browse, at, django_assert_num_queries
    ):
        make()
        client = browse(editor)

        with django_assert_num_queries(5):  # session, user, two for permissions, the list
            found = client.get(at("choices"), {"kind": kind, "q": "zinc"}).json()["choices"]

        assert [row["value"] for row in found] == [value]

    def test_jurisdictions_are_a_fixed_list(self, editor, browse, at):
        found = browse(editor).get(at("choices"), {"kind": "jurisdictions", "q": "united"}).json()["choices"]

        assert [row["value"] for row in found] == ["US", "UK"]

    def test_at_most_a_dozen_come_back(self, editor, browse, at):
        Article.objects.bulk_create(Article(title=f"A {n}", slug=f"a-{n}") for n in range(50))

        assert len(browse(editor).get(at("choices"), {"kind": "articles"}).json()["choices"]) == 12

    @pytest.mark.parametrize("kind", ["", "users", "__class__"])
    def test_there_are_no_other_lists(self, kind, editor, browse, at):
        assert browse(editor).get(at("choices"), {"kind": kind}).status_code == 400


class TestUpload:
    def test_the_markdown_comes_back(self, author, browse, at):
        reply = browse(author).post(at("upload"), {"file": png(), "alt": "A [zinc]  crystal"})

        image = Image.objects.get()
        assert reply.json() == {
            "slug": "a-zinc-crystal", "url": image.file.url, "insert": "![A (zinc) crystal](img:a-zinc-crystal)",
        }  # fmt: skip

    def test_decoration_needs_no_words(self, author, browse, at):
        reply = browse(author).post(at("upload"), {"file": png(), "decorative": "on"})

        assert reply.json()["insert"] == "![](img:picture)"
        assert Image.objects.get().is_decorative

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({}, "Choose a picture first."),
            ({"alt": "x"}, "Choose a picture first."),
            ({"file": "not a file", "alt": "x"}, "Choose a picture first."),
        ],
    )
    def test_nothing_to_store_is_a_bad_request(self, data, message, author, browse, at):
        reply = browse(author).post(at("upload"), data)

        assert (reply.status_code, reply.json()["error"]) == (400, message)

    @pytest.mark.parametrize(
        ("name", "body", "declared"),
        [
            ("x.html", b"<script>alert(1)</script>", "image/gif"),
            ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
            ("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image/png"),
            ("x.jpg", b"", "image/jpeg"),
        ],
    )
    def test_what_is_no_picture_is_refused_in_words(
        self, name, body, declared, author, browse, at, media_root
    ):
        file = SimpleUploadedFile(name, body, declared)

        reply = browse(author).post(at("upload"), {"file": file, "alt": "x"})

        assert reply.status_code == 400
        assert reply.json()["error"]
        assert not Image.objects.exists()
        assert not media_root.exists()

    def test_a_missing_description_is_asked_for(self, author, browse, at):
        reply = browse(author).post(at("upload"), {"file": png()})

        assert reply.status_code == 400
        assert "Describe the picture" in reply.json()["error"]

    def test_the_stored_name_says_nothing_of_the_uploaded_one(self, author, browse, at):
        file = png()
        file.name = "../../../etc/passwd.php"

        browse(author).post(at("upload"), {"file": file, "alt": "A crystal"})

        stored = Image.objects.get().file.name
        assert "passwd" not in stored
        assert stored.endswith(".png")
