"""Links with a scheme of ours: `art:slug` of the kernel, `aff:slug` of a plugin, …"""

from __future__ import annotations

from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def retag_links(state: StateCore, scheme: str, name: str, kind: str) -> None:
    """Turn `[text](scheme:key)` into tokens `<name>_open` and `<name>_close`, and note the key for resolvers of `kind`.

    The opening token carries `meta["kind"]` and `meta["key"]`: a mark of its passage. Call it from a core rule that
    runs after "inline".
    """
    from articles.compile.parser import add_key

    start = f"{scheme}:"
    for token in state.tokens:
        pending: list[str | None] = []
        for child in token.children or ():
            if child.type == "link_open":
                href = str(child.attrGet("href") or "")
                key = href.removeprefix(start) if href.startswith(start) else None
                pending.append(key)
                if key is not None:
                    child.type, child.meta = f"{name}_open", {**child.meta, "kind": kind, "key": key}
                    add_key(state.env, kind, key)
            elif child.type == "link_close" and pending and pending.pop() is not None:
                child.type = f"{name}_close"


def link_text(children: list[Token], opening: int) -> str:
    """Return the words between the link token at `opening` and the end of that link."""
    words = []
    for child in children[opening + 1 :]:
        if child.type.endswith("_close") and child.level == children[opening].level:
            break
        if child.type in {"text", "code_inline"}:
            words.append(child.content)
    return "".join(words)
