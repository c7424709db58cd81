"""Citations to HTML: labels in the article's style, each a link to its entry, each use with an anchor of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.token import Token

from cms.contracts import CITATIONS, CitationUse, RenderContext
from references import checks, citekeys
from references.cited import styled_of
from references.syntax.grammar import Cite
from references.works import CITATION, Work, work_of

Env = dict[str, Any]
LINK = re.compile(r'<a href="#ref-([^"]+)">')
RAISED = "<sup>"


def group(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
    """Render `[see @a, p. 3; @b]`. An unknown key is an error; the editor sees it marked, the reader nothing."""
    token, context = tokens[idx], env["context"]
    uses, missing = [], ""
    for cite in token.meta["cites"]:
        work = work_of(context, citekeys.normalise(cite.key))
        if work is None:
            known = context.lookup.part(CITATION)
            context.finding(checks.unknown_citation(cite.key, _line(context, cite), known=known))
            missing += _missing_mark(cite, context)
        else:
            uses.append(_note(work, cite, env))
    _pass_lines(token, context)
    gap = token.meta["gap"]
    label = styled_of(context).labels.get(token.meta.get("place", -1))
    marks = "" if not uses else _styled(label, uses) if label else _provisional(uses)
    if marks and _keeps_distance(marks):
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
    styled = styled_of(context)
    label = styled.labels.get(token.meta.get("place", -1))
    if label:
        token = Token("citation_group", "", 0, content=token.content, meta={**token.meta, "gap": ""})
        html = group(self, [token], 0, options, env)
        # Numbers alone make no sentence: "Siebrecht [1] found" needs the name that author-date styles write.
        return f"{_name(work, own)}{html}" if styled.style.is_numeric else html
    work_of(context, citekeys.normalise(own.key))
    html = _name(work, own) + _provisional([_note(work, own, env)])
    if others:
        followers = Token("citation_group", "", 0, meta={"cites": others, "gap": ""})
        html += group(self, [followers], 0, options, env)
    _pass_lines(token, context)
    return html


def _name(work: Work, cite: Cite) -> str:
    return f"{escape(work.label)} " if cite.mode == "author_in_text" and work.label else ""


def _note(work: Work, cite: Cite, env: Env) -> CitationUse:
    """Count and record one use."""
    context: RenderContext = env["context"]
    uses: dict[int, list[int]] = env.setdefault("citation_uses", {})  # work -> [number, uses so far]
    count = uses.setdefault(work.id, [len(uses) + 1, 0])
    count[1] += 1
    number, position = count
    use = CitationUse(
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
    )
    context.record(CITATIONS, use)
    return use


def _styled(label: str, uses: Sequence[CitationUse]) -> str:
    """Give every use its anchor: its link, or, where a range such as "1-3" swallowed it, the whole citation."""
    waiting: dict[str, list[int]] = {}
    for use in uses:
        waiting.setdefault(use.citekey, []).append(use.position)

    def anchored(found: re.Match[str]) -> str:
        key = found[1]
        positions = waiting.get(key)
        if not positions:
            return found[0]
        return f'<a id="cite-{key}-{positions.pop(0)}" href="#ref-{key}">'

    html = LINK.sub(anchored, label)
    lost = "".join(
        f'<span id="cite-{key}-{position}"></span>'
        for key, positions in waiting.items()
        for position in positions
    )
    if html.startswith(RAISED) and html.endswith("</sup>") and html.count(RAISED) == 1:
        return f'<sup class="cite">{lost}{html.removeprefix(RAISED)}'
    return f'<span class="cite">{lost}{html}</span>'


def _provisional(uses: Sequence[CitationUse]) -> str:
    """Write numbers in brackets: the built-in style, and what a preview shows until the style is ready."""
    is_plain = not any(use.prefix or use.suffix for use in uses)
    return f'<sup class="cite">{(", " if is_plain else "; ").join(map(_numbered, uses))}</sup>'


def _numbered(use: CitationUse) -> str:
    words = f"{use.number}, {escape(use.locator)}" if use.locator else str(use.number)
    mark = f'<a id="cite-{use.citekey}-{use.position}" href="#ref-{use.citekey}">[{words}]</a>'
    gap = "" if use.suffix.startswith(",") else " "
    return f"{escape(use.prefix)} {mark}{gap}{escape(use.suffix)}".strip()


def _keeps_distance(marks: str) -> bool:
    """Raised numbers stand at the word before them; words, and what is not raised, keep their distance."""
    return not re.match(r'<sup class="cite">(?:<span id="[^"]*"></span>)*<a', marks)


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
