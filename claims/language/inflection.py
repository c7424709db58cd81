"""The forms of an English verb: "heal" also finds heals, healed and healing."""

from __future__ import annotations

from collections.abc import Iterator

_IRREGULAR = {
    "be": ("is", "are", "being", "was", "were", "been"),
    "beat": ("beats", "beaten", "beating"),
    "bid": ("bids", "bidding"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "bring": ("brings", "brought", "bringing"),
    "build": ("builds", "built", "building"),
    "cut": ("cuts", "cutting"),
    "do": ("does", "did", "doing"),
    "drive": ("drives", "drove", "driven", "driving"),
    "fight": ("fights", "fought", "fighting"),
    "forget": ("forgets", "forgot", "forgetting"),
    "get": ("gets", "got", "getting"),
    "hold": ("holds", "held", "holding"),
    "keep": ("keeps", "kept", "keeping"),
    "leave": ("leaves", "left", "leaving"),
    "make": ("makes", "made", "making"),
    "overcome": ("overcomes", "overcame", "overcoming"),
    "put": ("puts", "putting"),
    "rein": ("reins", "reined", "reining"),
    "say": ("says", "said", "saying"),
    "see": ("sees", "saw", "seen", "seeing"),
    "send": ("sends", "sent", "sending"),
    "show": ("shows", "showed", "shown", "showing"),
    "shrink": ("shrinks", "shrank", "shrunk", "shrinking"),
    "take": ("takes", "took", "taken", "taking"),
    "undo": ("undoes", "undid", "undone", "undoing"),
    "win": ("wins", "won", "winning"),
}
_DOUBLED = frozenset("stop nip zap drop rid control quit skip swap".split())
PARTICIPLES = frozenset(
    "beaten broken built cut driven fought held kept overcome put sent shrunk undone".split()
)


def forms(phrase: str) -> Iterator[str]:
    """Yield the phrase with its first word in every form."""
    verb, space, rest = phrase.partition(" ")
    for form in (verb, *(_IRREGULAR.get(verb) or _regular(verb))):
        yield f"{form}{space}{rest}"


def _regular(verb: str) -> tuple[str, str, str]:
    if verb in _DOUBLED:
        stem = verb + verb[-1]
        return f"{verb}s", f"{stem}ed", f"{stem}ing"
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    ending = "es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return f"{verb}{ending}", f"{verb}ed", f"{verb}ing"


def is_participle(word: str) -> bool:
    return word.endswith("ed") or word in PARTICIPLES
