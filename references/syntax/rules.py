"""Citations as inline rules: they run inside Markdown's own parser, so code, links and escapes come first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from articles.compile.parser import add_key
from cms.contracts import Syntax
from references import cited, citekeys, clusters
from references.syntax import grammar, rendering
from references.works import CITATION, pick

GROUP, IN_TEXT = "citation_group", "citation_in_text"
PAPERS = "papers"


def install(md: Any) -> None:
    md.inline.ruler.push(GROUP, _rule("[", GROUP, grammar.match_group))
    md.inline.ruler.push(IN_TEXT, _rule("@-", IN_TEXT, grammar.match_in_text))
    md.core.ruler.push("papers_keys", _note_papers)
    md.core.ruler.push("citation_clusters", lambda state: clusters.note(state, GROUP, IN_TEXT))
    md.add_render_rule(GROUP, rendering.group)
    md.add_render_rule(IN_TEXT, rendering.in_text)


def _rule(starts: str, name: str, match: Callable[..., Any]) -> Callable[[StateInline, bool], bool]:
    def rule(state: StateInline, silent: bool) -> bool:
        # Silent runs look for the end of a link's text: there brackets only count, so that links win.
        if silent or state.src[state.pos] not in starts or state.linkLevel > 0:
            return False
        found = match(state.src, state.pos, state.posMax)
        if found is None:
            return False
        cites, end = found
        gap = _take_space(state) if name == GROUP else ""
        token = state.push(name, "", 0)
        token.content = state.src[state.pos : end]
        # The words of `@key` belong to the sentence, the number of `[@key]` does not.
        keys = [citekeys.normalise(cite.key) for cite in cites]
        token.meta = {
            "cites": cites,
            "gap": gap,
            "text": token.content if name == IN_TEXT else "",
            "marks": [(CITATION, key) for key in keys],
        }
        for key in keys:
            add_key(state.env, CITATION, key)
        state.pos = end
        return True

    return rule


def _take_space(state: StateInline) -> str:
    """Take the blank before a raised number away: it belongs to the word before."""
    kept = state.pending.rstrip(" ")
    gap = state.pending[len(kept) :]
    state.pending = kept
    return gap


def _note_papers(state: StateCore) -> None:
    """Let the resolver answer for the works that `::papers{…}` names, so that all of a text take one query."""
    for token in state.tokens:
        if token.type == "embed" and token.meta["name"] == PAPERS and token.meta["attrs"] is not None:
            for key in token.meta["attrs"].keys:
                add_key(state.env, CITATION, citekeys.normalise(key))


SYNTAX = Syntax(CITATION, install, cited.resolve, pick, label="Citation", trigger="[@")
