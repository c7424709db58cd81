"""Compile a text as the editor's preview and the publisher do."""

from articles.compile import compile_article, make_source


def compiled(text, mode="preview", article_id=None, **front_matter):
    return compile_article(make_source(text, front_matter, article_id), mode)


def findings(document, *prefixes):
    """Findings of this plugin; other plugins have their own tests."""
    wanted = prefixes or ("LNK", "PRD", "AFF09")
    return [finding for finding in document.findings if finding.id.startswith(wanted)]
