"""What can be searched and inserted."""

import pytest

from articles.models import Article
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
