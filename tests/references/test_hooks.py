"""The plugin at its socket: what it registers, and a site that goes on without it."""

from dataclasses import replace

import pytest

from articles.compile import compile_article, compile_markdown, make_source
from articles.recompile import recompile
from cms import plugins
from cms.contracts import CITATIONS
from tests.factories import ArticleFactory, EditionFactory
from tests.references.factories import CitationFactory, ReferenceFactory

TEXT = "Zinc [@siebrecht2013] and @siebrecht2013.\n\n::papers\n"


@pytest.fixture
def without_references():
    """A registry from which this plugin is taken out."""
    current = plugins.registry()
    others = tuple(spec for spec in current.plugins if spec.name != "references")
    kernel = plugins.PluginSpec(plugins.KERNEL, plugins.KERNEL, is_first_party=True)
    specs = (kernel, *(replace(spec) for spec in others if spec.name != plugins.KERNEL))
    with plugins.use_registry(plugins.load(specs, lambda spec: spec.app)) as registry:
        yield registry


@pytest.mark.parametrize(
    ("hook", "ids"),
    [
        ("markdown", {"citation"}),
        ("embeds", {"papers"}),
        ("publish_checks", {"EVD05", "EVD06"}),
        ("article_parts", {"references"}),
        ("slots", {"references", "references.citation"}),
        ("events", {"references.citations"}),
    ],
)
def test_the_plugin_registers_its_parts(hook, ids):
    assert ids <= plugins.registry().of(hook).keys()


def test_without_the_plugin_a_citation_is_text(without_references):
    document = compile_markdown(TEXT)

    assert "[@siebrecht2013] and @siebrecht2013." in document.html
    assert CITATIONS not in document.records


@pytest.mark.django_db
def test_without_the_plugin_front_matter_with_references_compiles(without_references):
    document = compile_article(
        make_source("Zinc.", {"references": [{"id": "siebrecht2013"}]}), mode="publish"
    )

    assert "<p>Zinc.</p>" in document.html


@pytest.mark.django_db
def test_without_the_plugin_an_article_with_citations_can_be_deleted(without_references):
    article = ArticleFactory()
    edition = EditionFactory(article=article)
    CitationFactory(edition=edition, reference=ReferenceFactory())
    edition.dependencies.create(key="reference:1", version="1")

    assert recompile(["citekey:nobody"]) == 0
    edition.delete()

    assert not article.editions.exists()
