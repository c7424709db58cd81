"""Citations to HTML: raised numbers in the order of first appearance, each a link to its entry."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from cms.contracts import CITATIONS, CitationUse, RenderContext
from references import checks, citekeys
from references.syntax.grammar import Cite
from references.works import CITATION, Work, work_of

Env = dict[str, Any]


def group(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
    """Render `[see @a, p. 3; @b]`. An unknown key is an error; the editor sees it marked, the reader nothing."""
    token, context = tokens[idx], env["context"]
    pieces, plain, missing = [], True, ""
    for cite in token.meta["cites"]:
        work = work_of(context, citekeys.normalise(cite.key))
        if work is None:
            context.finding(checks.unknown_citation(cite.key, _line(context, cite)))
            missing += _missing_mark(cite, context)
        else:
            pieces.append(_with_words(cite, _mark(work, cite, env)))
            plain = plain and not (cite.prefix or cite.suffix)
    _pass_lines(token, context)
    gap = token.meta["gap"]
    marks = f'<sup class="cite">{(", " if plain else "; ").join(pieces)}</sup>' if pieces else ""
    if marks and not marks.startswith(
        '<sup class="cite"><a'
    ):  # words in front keep their distance, numbers do not
        marks = gap + marks
    return marks + (gap + missing if missing else "")


def in_text(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
    """Render `@key [p. 2]` as "Siebrecht [1, p. 2]". A word that is no key stays as it was typed."""
    token, context = tokens[idx], env["context"]
    own, *others = token.meta["cites"]
    work = context.lookup.get(CITATION, citekeys.normalise(own.key))
    if work is None:
        context.finding(checks.unknown_word(own.key, _line(context, own)))
        _pass_lines(token, context)
        return escape(token.content)
    name = f"{escape(work.label)} " if own.mode == "author_in_text" and work.label else ""
    followers = Token("citation_group", "", 0, meta={"cites": others, "gap": ""})
    work_of(context, citekeys.normalise(own.key))
    html = f'{name}<sup class="cite">{_with_words(own, _mark(work, own, env))}</sup>'
    html += group(self, [followers], 0, options, env) if others else ""
    _pass_lines(token, context)
    return html


def _mark(work: Work, cite: Cite, env: Env) -> str:
    """Return the link of one use and note the use."""
    context: RenderContext = env["context"]
    uses: dict[int, list[int]] = env.setdefault("citation_uses", {})  # work -> [number, uses so far]
    count = uses.setdefault(work.id, [len(uses) + 1, 0])
    count[1] += 1
    number, position = count
    context.record(
        CITATIONS,
        CitationUse(
            reference_id=work.id,
            citekey=work.citekey,
            position=position,
            number=number,
            block_index=context.block.index if context.block else 0,
            line=_line(context, cite),
            locator=cite.locator,
            prefix=cite.prefix,
            suffix=cite.suffix,
            mode=cite.mode,
            key=citekeys.normalise(cite.key),
            title=work.title,
            study_type=work.study_type,
        ),
    )
    words = f"{number}, {escape(cite.locator)}" if cite.locator else str(number)
    return f'<a id="cite-{work.citekey}-{position}" href="#ref-{work.citekey}">[{words}]</a>'


def _with_words(cite: Cite, mark: str) -> str:
    return " ".join(part for part in (escape(cite.prefix), mark, escape(cite.suffix)) if part)


def _missing_mark(cite: Cite, context: RenderContext) -> str:
    if context.mode != "preview":
        return ""
    return f'<mark title="There is no such reference.">[@{escape(cite.key)}]</mark>'


def _line(context: RenderContext, cite: Cite) -> int | None:
    return context.line + cite.line if context.line else None


def _pass_lines(token: Token, context: RenderContext) -> None:
    """A citation may run over line ends; what follows it stands further down."""
    if context.line is not None:
        context.line += token.content.count("\n")
