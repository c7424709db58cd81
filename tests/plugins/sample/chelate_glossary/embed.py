"""`::term{slug}`: the meaning of a word, in a box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from chelate_glossary.models import Term
from cms.contracts import Embed, Finding, Keys, RenderContext

KIND = "embed:term"  # where the kernel puts what `resolve` found
SHOWN = "glossary:terms"  # facts that this plugin leaves in Document.records


@dataclass(frozen=True)
class TermAttrs:
    slug: str


@dataclass(frozen=True)
class Meaning:
    id: int
    word: str
    meaning: str


def resolve(uses: Sequence[TermAttrs], keys: Keys) -> Mapping[str, Meaning]:
    """Answer for all uses of a page in one query."""
    terms = Term.objects.filter(slug__in={use.slug for use in uses})
    return {term.slug: Meaning(term.pk, term.word, term.meaning) for term in terms}


def render(attrs: TermAttrs, context: RenderContext) -> str:
    found: Meaning | None = context.lookup.get(KIND, attrs.slug)
    if found is None:
        message = f"The glossary has no word {attrs.slug}."
        context.finding(Finding("GLO02", "error", message, quote=attrs.slug, fix="Add it to the glossary."))
        return ""
    context.record(SHOWN, found)
    context.depend(f"term:{found.id}", found.meaning[:64])
    return f'<dl class="glossary"><dt>{escape(found.word)}</dt><dd>{escape(found.meaning)}</dd></dl>'


def to_text(attrs: TermAttrs, context: RenderContext) -> str:
    return attrs.slug


EMBED = Embed("term", TermAttrs, render=render, to_text=to_text, resolve=resolve)
