"""Top-level blocks of a text and their identity across editions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from markdown_it.token import Token

from cms.contracts import Block


def split(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the token runs of the top-level blocks."""
    depth = start = 0
    for position, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : position + 1]
            start = position + 1
    if start < len(tokens):
        yield tokens[start:]


def plain_text(tokens: Sequence[Token]) -> str:
    """Return the words of a token run as a reader would say them."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "inline":
            parts.append(_inline_text(token.children or ()))
        elif token.type in {"fence", "code_block"}:
            parts.append(token.content.strip())
    return "\n".join(part for part in parts if part)


def _inline_text(children: Sequence[Token]) -> str:
    parts = []
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type in {"text", "code_inline"}:
            parts.append(child.content)
        else:
            parts.append(str(child.meta.get("text", "")))  # what a plugin's token says in the sentence
    return "".join(parts)


def normalised(text: str) -> str:
    return " ".join(text.casefold().split())


def describe(runs: Sequence[Sequence[Token]]) -> list[Block]:
    """Return one Block a run; equal blocks are told apart by how often they came before."""
    seen: Counter[str] = Counter()
    blocks = []
    for index, run in enumerate(runs):
        first = run[0]
        text = plain_text(run) or first.content
        kind = str(first.meta.get("name", first.type)) if first.type == "container_open" else first.type
        digest = hashlib.sha256(f"{kind}\0{normalised(text)}".encode()).hexdigest()[:12]
        seen[digest] += 1
        key = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        lines = [token.map for token in run if token.map]
        start = lines[0][0] + 1 if lines else 0
        leaves = [token.map for token in run if token.map and not token.nesting]
        end = max(
            (pair[1] for pair in leaves or lines), default=0
        )  # a list's own range takes the blank line along
        blocks.append(Block(index, key, kind.removesuffix("_open"), start, end, text))
    return blocks


def match(before: Sequence[str], after: Sequence[str]) -> Mapping[str, str]:
    """Map block keys of the new text to those of the old one: equal words first, then position.

    A rewritten block keeps its old identity when it stands in the same gap between unchanged neighbours.
    """
    pairs = {key: key for key in after if key in set(before)}
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "replace":
            continue
        old = [key for key in before[old_start:old_end] if key not in pairs]
        new = [key for key in after[new_start:new_end] if key not in pairs]
        pairs.update(zip(new, old, strict=False))
    return pairs
