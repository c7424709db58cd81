"""What the engine learns from: every live edition, as plain values, loaded in five queries at any size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.models import Edition, EditionDependency, Topic


@dataclass(frozen=True, slots=True)
class Entry:
    """One live article."""

    article_id: int
    title: str
    text: str
    topic: str
    tags: frozenset[str]
    language: str
    links_to: frozenset[int]
    references: frozenset[str]
    published_at: float


@dataclass(frozen=True)
class Corpus:
    """Entries ordered by article id, so that equal inputs give equal edges."""

    entries: Sequence[Entry]

    @cached_property
    def position(self) -> Mapping[int, int]:
        return {entry.article_id: index for index, entry in enumerate(self.entries)}

    @cached_property
    def by_topic(self) -> Mapping[str, Sequence[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for entry in self.entries:
            found[entry.topic].append(entry.article_id)
        return found

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, article_id: int) -> Entry:
        return self.entries[self.position[article_id]]


def load() -> Corpus:
    live = Edition.objects.live().order_by("article_id")
    topics = dict(Topic.objects.values_list("pk", "name"))
    tags = _collect(live.filter(tags__isnull=False).values_list("pk", "tags__name"))
    shown = EditionDependency.objects.filter(edition__in=live.values("pk"))
    linked = _collect(shown.filter(key__startswith="article:").values_list("edition_id", "key"))
    cited = _collect(shown.filter(key__startswith="reference:").values_list("edition_id", "key"))
    rows = live.values_list("pk", "article_id", "title", "text", "topic_id", "language", "published_at")
    return Corpus(
        [
            Entry(
                article_id=article_id,
                title=title,
                text=text,
                topic=topics.get(topic, ""),
                tags=frozenset(tags[pk]),
                language=language,
                links_to=frozenset(int(key.partition(":")[2]) for key in linked[pk]),
                references=frozenset(cited[pk]),
                published_at=published_at.timestamp(),
            )
            for pk, article_id, title, text, topic, language, published_at in rows
        ]
    )


def _collect(pairs: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
