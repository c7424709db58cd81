"""REC01 and REC02: what stands under "You may also like" is ours, exists and is labelled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import Q

from articles.models import Article
from cms.contracts import Check, Finding, Snapshot

HEADING = re.compile(
    r"(?:you (?:may|might) also (?:like|enjoy)|(?:recommended|related|further) (?:articles?|reading|posts?)"
    r"|read (?:more|next))\W*",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?:https?:)?//|(?:www\.)|aff:", re.IGNORECASE)


def _wanted(snapshot: Snapshot) -> list[str]:
    given = snapshot.source.front_matter.get("recommended") or ()
    names = [given] if isinstance(given, str) else given
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


def labelled(snapshot: Snapshot) -> Iterator[Finding]:
    """REC01: a recommendation that leads to a shop is an advertisement among articles."""
    for name in _wanted(snapshot):
        if ADDRESS.match(name):
            message = "A recommendation leads out of the site. Label it as an ad in the text, or recommend an article."
            fix = "Take it out of the list; a paid link in the text is labelled by Chelate."
            yield Finding("REC01", "error", message, quote=name[:200], fix=fix)


def filled(snapshot: Snapshot) -> Iterator[Finding]:
    """REC02: a heading of recommendations without any, or a recommendation that leads nowhere."""
    yield from _empty_headings(snapshot)
    names = [name for name in _wanted(snapshot) if not ADDRESS.match(name)]
    if not names:
        return
    own = snapshot.source.article_id
    found = _known(names)
    for name in names:
        targets = found.get(name.casefold(), set())
        if not targets:
            message = f"“{name[:80]}” is recommended, but there is no article of that title or address yet."
        elif targets == {own}:
            message = "The article recommends itself."
        else:
            continue
        yield Finding("REC02", "warning", message, quote=name[:200], fix="Choose another one or take it out.")


def _known(names: list[str]) -> dict[str, set[int]]:
    matching = Q(slug__in=names) | Q(slug_claims__slug__in=names)
    for name in names:
        matching |= Q(title__iexact=name)
    found: dict[str, set[int]] = {}
    for pk, title, slug, claim in Article.objects.filter(matching).values_list(
        "pk", "title", "slug", "slug_claims__slug"
    ):
        for key in filter(None, (title, slug, claim)):
            found.setdefault(key.casefold(), set()).add(pk)
    return found


def _empty_headings(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield headings of recommendations that no link or embed follows: what an import leaves behind."""
    document = snapshot.document
    embeds = {block.index for block in document.blocks if block.kind == "embed"}
    passages = document.passages
    for position, passage in enumerate(passages):
        if passage.kind != "heading" or not HEADING.fullmatch(passage.text.strip()):
            continue
        section = []
        for follower in passages[position + 1 :]:
            if follower.kind == "heading":
                break
            section.append(follower)
        end = next(
            (one.block_index for one in passages[position + 1 :] if one.kind == "heading"),
            len(document.blocks),
        )
        has_embed = any(passage.block_index < index < end for index in embeds)
        has_link = any(mark.kind not in {"strong", "citation"} for one in section for mark in one.marks)
        if has_embed or has_link:
            continue
        line, quote = passage.place(snapshot.source.text, 0, len(passage.text))
        message = "This heading promises recommendations, and none of what follows leads anywhere."
        fix = "Remove it: “You may also like” is added by Chelate, or write ::related where it should stand."
        yield Finding("REC02", "warning", message, line=line, quote=quote, fix=fix)


CHECKS = (
    Check(
        "REC01", "error", labelled,
        about="A recommendation that leads to a shop without a label", why="UCPD; § 5a UWG",
    ),
    Check(
        "REC02", "warning", filled,
        about="Recommendations that are missing, lead nowhere or to the article itself", why="Left over from an import",
    ),
)  # fmt: skip
