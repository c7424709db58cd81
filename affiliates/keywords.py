"""Words that could become a link: found in the text as readers see it, linked only where an editor agrees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from affiliates.models import AffiliateLink, Keyword
from articles.models import Article, Revision
from articles.revisions import save_revision
from cms.contracts import Document, Passage

KINDS = frozenset({"paragraph", "list_item"})  # never headings, quotations, tables or notes
AROUND = 60  # characters shown before and after
MOST = 100
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_ADDRESS = re.compile(r"\w+://\S+|\bwww\.\S+")
_UNUSABLE = re.compile(r"[\[\]`*_<>\\\n]")


class SuggestionGone(ValueError):
    """What was accepted does not stand in the text any more, or would be one link too many."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words of the source from `start` to `end` that could lead to `link`."""

    keyword_id: int
    link: AffiliateLink
    words: str
    start: int
    end: int
    line: int
    before: str
    after: str

    @property
    def key(self) -> str:
        return f"{self.keyword_id}:{self.start}:{self.end}"


def validate_phrases(phrases: Sequence[str]) -> None:
    """Refuse phrases that could never be found or would break a link. Raises ValidationError."""
    for phrase in phrases:
        if len(phrase) < 3 or len(phrase) > 80 or _UNUSABLE.search(phrase):
            raise ValidationError(f"“{phrase}” cannot be a phrase: use 3 to 80 plain characters.")


def offered() -> QuerySet[Keyword]:
    live = Keyword.objects.filter(is_active=True, link__status=AffiliateLink.Status.LIVE)
    return live.select_related("link")


def suggest(document: Document, source: str, keywords: Collection[Keyword]) -> list[Suggestion]:
    """Return the places where a keyword could be linked, in reading order.

    None stands before the first paid link that is there already, since the disclosure stands just before that one.
    """
    used = Counter(use.link_id for use in document.placements)
    first_paid = min((use.block_index for use in document.placements), default=0)
    patterns = [
        (keyword, _pattern(phrase, keyword.matches_case))
        for keyword in keywords
        for phrase in sorted(keyword.phrases, key=len, reverse=True)
        if used[keyword.link_id] < keyword.cap
    ]
    patterns.sort(key=lambda pair: -len(pair[1].pattern))
    found = [
        suggestion
        for passage in document.passages
        if passage.kind in KINDS and not passage.callout and passage.block_index >= first_paid
        for suggestion in _in_passage(passage, source, patterns)
    ]
    return sorted(found, key=lambda suggestion: suggestion.start)[:MOST]


def _pattern(phrase: str, matches_case: bool) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", 0 if matches_case else re.IGNORECASE)


def _in_passage(
    passage: Passage, source: str, patterns: Sequence[tuple[Keyword, re.Pattern[str]]]
) -> Iterator[Suggestion]:
    taken = [
        (mark.start, mark.end) for mark in passage.marks if mark.kind != "strong" and mark.end > mark.start
    ]
    taken += [address.span() for address in _ADDRESS.finditer(passage.text)]
    first, last = _lines_of(passage, source)
    code = [(first + span.start(), first + span.end()) for span in _CODE.finditer(source[first:last])]
    for keyword, pattern in patterns:
        for match in pattern.finditer(passage.text):
            begin, end = match.span()
            start, stop = passage.offsets[begin], passage.offsets[end - 1] + 1
            if any(begin < there and here < end for here, there in taken):
                continue
            if source[start:stop] != match.group() or any(a < stop and start < b for a, b in code):
                continue
            taken.append((begin, end))
            yield Suggestion(
                keyword_id=keyword.pk,
                link=keyword.link,
                words=match.group(),
                start=start,
                end=stop,
                line=source.count("\n", 0, start) + 1,
                before=_cut(passage.text[:begin][::-1])[::-1],
                after=_cut(passage.text[end:]),
            )


def _cut(words: str) -> str:
    return words if len(words) <= AROUND else f"{words[:AROUND]}…"


def _lines_of(passage: Passage, source: str) -> tuple[int, int]:
    """Return where the lines of a passage begin and end: the marks around its first word are not in its offsets."""
    end = source.find("\n", passage.offsets[-1])
    return source.rfind("\n", 0, passage.offsets[0]) + 1, len(source) if end < 0 else end


def accept(
    article: Article, document: Document, keys: Collection[str], *, head: Revision, by: User | None = None
) -> Revision:
    """Link the chosen words in a new revision. Raises SuggestionGone or StaleRevision; then nothing has changed."""
    keywords = {keyword.pk: keyword for keyword in offered()}
    standing = {found.key: found for found in suggest(document, head.text, keywords.values())}
    if missing := set(keys) - set(standing):
        raise SuggestionGone(f"{len(missing)} of the chosen words have changed. Look at the list again.")
    chosen = sorted((standing[key] for key in set(keys)), key=lambda found: found.start)
    _keep_caps(chosen, keywords, document)
    text = head.text
    for found in reversed(chosen):
        text = f"{text[: found.start]}[{found.words}](aff:{found.link.slug}){text[found.end :]}"
    named = ", ".join(f"“{found.words}” to aff:{found.link.slug}" for found in chosen)
    return save_revision(
        article,
        text=text,
        front_matter=head.front_matter,
        author=by,
        reason=f"Linked {named}",
        expected_head=head.pk,
    )


def _keep_caps(chosen: Sequence[Suggestion], keywords: dict[int, Keyword], document: Document) -> None:
    used = Counter(use.link_id for use in document.placements)
    for found in chosen:
        used[found.link.pk] += 1
        cap = keywords[found.keyword_id].cap
        if used[found.link.pk] > cap:
            times = "once" if cap == 1 else f"{cap} times"
            raise SuggestionGone(f"“{found.link.title}” may be linked {times} in an article. Choose fewer.")
