"""Parsed text and resolved values to a Document. Pure: no database, no clock, no randomness."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from articles.compile import blocks
from articles.compile.context import Context
from articles.compile.parser import Parsed, parser
from articles.compile.passages import passages
from articles.compile.renderer import RELATED_EMBED, RELATED_MARKER
from articles.compile.sanitise import clean
from cms import plugins
from cms.contracts import Caps, CompileError, Document, Finding, Lookup, Mode, SlotContext, SlotName


def render(parsed: Parsed, lookup: Lookup, *, mode: Mode, caps: Caps) -> Document:
    """Render every block, then put the baked slots around them. Raises CompileError beyond the output cap."""
    context = Context(parsed.source, lookup, mode)
    context.findings.extend(parsed.findings)
    runs = list(blocks.split(parsed.tokens))
    context.blocks = described = blocks.describe(runs)
    env = {**parsed.env, "context": context, "markdown": parser()}
    pieces: list[str] = []
    size = 0
    for run, block in zip(runs, described, strict=True):
        context.block, context.line = block, block.first_line or None
        pieces.append(_render_run(run, env, mode))
        size += len(pieces[-1])
        if size > caps.output_bytes:
            raise CompileError(
                "The page would be too large. Shorten the text or split it into several articles."
            )
    context.block = context.line = None

    text = "\n\n".join(block.text for block in described if block.kind not in {"embed"})
    paid_block = context.first_paid_block  # the slots below may hold paid links of their own
    before = _slot("before_body", context, text)
    paid_before_body = context.is_paid and paid_block is None
    after = _slot("after_body", context, text)
    if context.is_paid:
        disclosure = _slot("before_paid_link", context, text)
        if paid_before_body:
            before = disclosure + before
        else:  # a link after the body alone is disclosed at the top, where nobody misses it
            pieces.insert(paid_block or 0, disclosure)
    return Document(
        html="".join((before, *pieces, after)),
        toc=tuple(heading for heading in parsed.env.get("headings", ()) if heading.level <= 3),
        text=text,
        byline_html=_slot("byline", context, text),
        blocks=tuple(described),
        passages=passages(runs, parsed.source.text),
        dependencies=context.dependencies,
        records=context.all_records,
        findings=tuple(sorted(context.findings, key=lambda finding: (finding.line or 0, finding.id))),
    )


def _render_run(run: Sequence[Token], env: dict[str, object], mode: Mode) -> str:
    first = run[0]
    if first.type == "embed" and first.meta["name"] == RELATED_EMBED:
        return RELATED_MARKER
    if mode == "preview" and first.map and first.nesting == 1:
        first = first.copy(attrs={**first.attrs, "data-line": str(first.map[0] + 1)})
    md = parser()
    return clean(md.renderer.render([first, *run[1:]], md.options, env))


def _slot(name: SlotName, context: Context, text: str) -> str:
    """Render a baked slot. A failing item is an error finding: a page must not go live without its disclosure."""
    parts = []
    for slot in plugins.registry().slots(name):
        try:
            parts.append(clean(slot.render(SlotContext(source=context.source, render=context, text=text))))
        except Exception as error:
            plugins.log.exception("slot_failed", slot=slot.id)
            message = f"The part “{slot.id}” of the page failed ({type(error).__name__}: {error})."
            context.findings.append(Finding("MD08", "error", message))
    return "".join(parts)


def problem_html(message: str) -> str:
    """Return the preview of a text that was refused as a whole."""
    return f'<aside class="callout callout--warning"><p>{escape(message)}</p></aside>'
