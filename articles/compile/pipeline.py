"""compile = parse, resolve, render, check. Preview, publishing, import and lint all come through here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings

from articles.compile.parser import Parsed, parse
from articles.compile.render import render
from articles.compliance.policy import judged
from articles.front_matter import clean_text, is_language, normalised
from articles.models import Article
from cms import plugins
from cms.contracts import EMPTY_LOOKUP, Caps, Document, Finding, Lookup, Mode, Snapshot, Source

DEFAULT_CAPS = Caps()


def compile_markdown(
    text: str,
    *,
    lookup: Lookup = EMPTY_LOOKUP,
    caps: Caps = DEFAULT_CAPS,
    front_matter: Mapping[str, Any] | None = None,
    mode: Mode = "preview",
) -> Document:
    """Compile a text without touching the database. `Document.html` is safe to serve.

    Raises CompileError if the text is beyond a cap.
    """
    source = Source(clean_text(text), normalised(front_matter or {}))
    return render(parse(source, caps), lookup, mode=mode, caps=caps)


def source_of(article: Article) -> Source:
    """Return the working copy of an article as it would be compiled."""
    revision = article.head
    front_matter = revision.front_matter if revision else {}
    return make_source(revision.text if revision else "", front_matter, article.pk)


def make_source(text: str, front_matter: Mapping[str, Any], article_id: int | None = None) -> Source:
    values = normalised(front_matter)
    language = values.get("language") or ""
    return Source(
        text=clean_text(text),
        front_matter=values,
        article_id=article_id,
        language=language if is_language(language) else settings.SITE_LANGUAGE,
        jurisdictions=tuple(values.get("jurisdictions") or settings.CHELATE_JURISDICTIONS),
    )


def compile_article(
    article_or_source: Article | Source,
    mode: Mode = "preview",
    caps: Caps = DEFAULT_CAPS,
    *,
    found: Sequence[Finding] = (),
) -> Document:
    """Compile with the values of the database and run every publish check.

    `found` are findings of the metadata: the site's settings and the article's overrides hold for them, too.
    Raises CompileError if the text is beyond a cap.
    """
    source = article_or_source if isinstance(article_or_source, Source) else source_of(article_or_source)
    parsed = parse(source, caps)
    lookup, problems = resolve(parsed, mode)
    document = render(parsed, lookup, mode=mode, caps=caps)
    everything = (*found, *document.findings, *problems, *run_checks(Snapshot(source, document)))
    findings = sorted(judged(everything, source.article_id), key=lambda one: (one.line or 0, one.id))
    return replace(document, findings=tuple(findings))


def resolve(parsed: Parsed, mode: Mode) -> tuple[Lookup, list[Finding]]:
    """Ask each plugin once for the values of its keys. A failing resolver is an error finding."""
    registry = plugins.registry()
    keys = parsed.keys_for(mode)
    parts: dict[str, Any] = {}
    problems: list[Finding] = []
    resolvers = {syntax.id: (syntax.resolve, (keys,)) for syntax in registry.syntaxes.values()}
    for name, uses in parsed.embeds.items():
        if (embed := registry.embeds[name]).resolve is not None:
            resolvers[f"embed:{name}"] = (embed.resolve, (uses, keys))  # type: ignore[assignment]  # an embed answers for its own attributes
    for kind, (function, arguments) in resolvers.items():
        try:
            parts[kind] = function(*arguments)
        except Exception as error:
            plugins.log.exception("resolver_failed", kind=kind)
            message = f"Looking up “{kind}” failed ({type(error).__name__}: {error})."
            problems.append(Finding("MD08", "error", message))
    return Lookup(parts), problems


def run_checks(snapshot: Snapshot) -> list[Finding]:
    """Run every publish check. A crashing one is a warning: never a blocked editor, never silence."""
    found: list[Finding] = []
    for check in plugins.registry().checks.values():
        try:
            found.extend(check.run(snapshot))
        except Exception as error:
            plugins.log.exception("check_failed", check=check.id)
            found.append(
                Finding(check.id, "warning", f"Check {check.id} failed ({type(error).__name__}: {error}).")
            )
    return found
