"""Tokens to HTML. Knows the current source line, so that findings of plugins point at it."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from difflib import get_close_matches
from html import escape
from typing import TYPE_CHECKING, Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from cms.contracts import Finding, RenderContext

if TYPE_CHECKING:
    from articles.compile.parser import Markdown

RELATED_MARKER = "<!--chelate:related-->"
RELATED_EMBED = "related"
LIKELY = 0.75  # how alike two names are, 0 to 1, for one to be offered for the other
Env = MutableMapping[str, Any]


class Renderer(RendererHTML):
    """Public methods are render rules by token name, as in markdown-it."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: Env) -> str:
        context: RenderContext = env["context"]
        parts = []
        for index, token in enumerate(tokens):
            if token.map:
                context.line = token.map[0] + 1
            if token.type == "inline":
                parts.append(self.renderInline(token.children or (), options, env))
            elif token.type in self.rules:
                parts.append(self.rules[token.type](tokens, index, options, env))
            else:
                parts.append(self.renderToken(tokens, index, options, env))
        return "".join(parts)

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        _next_line(env)
        return "\n"

    def hardbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        _next_line(env)
        return "<br>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        number = env["tables"] = env.get("tables", 0) + 1
        name = f"Table {number}" if number > 1 else "Table"  # two regions of one name confuse screen readers
        return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{name}"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return _cell("th", tokens[idx])

    def td_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        return _cell("td", tokens[idx])

    def container_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        token, context, md = tokens[idx], env["context"], _markdown(env)
        container = md.containers.get(token.meta["name"])
        if container is None:
            name = token.meta["name"]
            message = f"There is no block named {name}."
            context.finding(_unknown(message, name, md.containers, mark=":::"))
            return "<div>\n"
        if container.on_open is not None:
            container.on_open(token, context)
        label = escape(token.meta["title"] or container.label)
        return f'<aside class="{container.css_class}"><p class="callout__label">{label}</p>\n'

    def container_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        known = tokens[idx].meta["name"] in _markdown(env).containers
        return "</aside>\n" if known else "</div>\n"

    def embed(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        token, context = tokens[idx], env["context"]
        name = token.meta["name"]
        if name == RELATED_EMBED:
            message = "::related must stand on its own, outside lists, quotations and blocks."
            context.finding(Finding("MD03", "error", message, quote=token.content))
            return ""
        embed = _markdown(env).embeds.get(name)
        if embed is None:
            message = f"There is no embed named {name}."
            context.finding(_unknown(message, name, [*_markdown(env).embeds, RELATED_EMBED], mark="::"))
            return ""
        if token.meta["error"]:
            message = f"::{name} cannot be used like this: {token.meta['error']}."
            context.finding(Finding("MD03", "error", message, quote=token.content))
            return ""
        return _run_embed(embed, token, context)


def _unknown(message: str, name: str, known: Iterable[str], *, mark: str) -> Finding:
    """Report a directive that nobody registered, with the name that was probably meant."""
    names = sorted(known)
    meant = get_close_matches(name, names, n=1, cutoff=LIKELY)
    return Finding(
        "MD02",
        "error",
        message,
        quote=f"{mark}{name}",
        fix=f"Known: {', '.join(mark + each for each in names)}.",
        replacement=f"{mark}{meant[0]}" if meant else None,
    )


def _run_embed(embed: Any, token: Token, context: RenderContext) -> str:
    """Render an embed; a failing one is a finding for the editor and its text, or nothing, for the reader."""
    try:
        return str(embed.render(token.meta["attrs"], context))
    except Exception as error:
        message = f"::{embed.name} failed ({type(error).__name__}: {error})."
        context.finding(Finding("MD03", "error", message, quote=token.content))
    try:
        return f"<p>{escape(embed.to_text(token.meta['attrs'], context))}</p>\n"
    except Exception:  # reported above; the reader gets nothing rather than a raw directive
        return ""


def _markdown(env: Env) -> Markdown:
    md: Markdown = env["markdown"]
    return md


def _next_line(env: Env) -> None:
    context: RenderContext = env["context"]
    if context.line is not None:
        context.line += 1


def _cell(tag: str, token: Token) -> str:
    align = str(token.attrGet("style") or "").removeprefix("text-align:")
    return f'<{tag} class="align-{align}">' if align in {"right", "center"} else f"<{tag}>"
