"""Signals from what editors connected: links in the text, the same topic, shared tags, shared references."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from articles.related.corpus import Corpus, Entry


@dataclass(frozen=True, slots=True)
class LinkModel:
    corpus: Corpus
    inbound: Mapping[int, frozenset[int]]


def fit_links(corpus: Corpus) -> LinkModel:
    inbound: defaultdict[int, set[int]] = defaultdict(set)
    for entry in corpus.entries:
        for target in entry.links_to & corpus.position.keys():
            inbound[target].add(entry.article_id)
    return LinkModel(corpus, {target: frozenset(sources) for target, sources in inbound.items()})


def link_pairs(model: LinkModel, article_id: int) -> Mapping[int, float]:
    """Score linked articles; a page that everybody links to says little, so its degree damps it."""
    scores: dict[int, float] = {}
    for target in model.corpus.get(article_id).links_to & model.corpus.position.keys():
        scores[target] = 0.5 / math.log(2 + len(model.inbound.get(target, ())))
    for source in model.inbound.get(article_id, ()):
        out_degree = len(model.corpus.get(source).links_to)
        scores[source] = scores.get(source, 0) + 0.5 / math.log(2 + out_degree)
    scores.pop(article_id, None)
    return {other: min(score, 1.0) for other, score in scores.items()}


def explain_link(model: LinkModel, a: int, b: int) -> str:
    if b in model.corpus.get(a).links_to:
        return "Linked from this article"
    return "Links to this article" if a in model.corpus.get(b).links_to else ""


@dataclass(frozen=True, slots=True)
class SharedModel:
    """Inverse document frequencies of one set-valued field, and who has each value."""

    corpus: Corpus
    field: Callable[[Entry], frozenset[str]]
    weight: Mapping[str, float]
    holders: Mapping[str, list[int]]


def fit_shared(corpus: Corpus, *, field: Callable[[Entry], frozenset[str]]) -> SharedModel:
    """Learn a field. A value that more than max(8, 1 %) of the articles have connects nothing and is left out."""
    count = Counter(value for entry in corpus.entries for value in field(entry))
    limit = max(8, len(corpus) // 100)
    weight = {value: math.log(1 + len(corpus) / n) for value, n in count.items() if n <= limit}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for entry in corpus.entries:
        for value in field(entry) & weight.keys():
            holders[value].append(entry.article_id)
    return SharedModel(corpus, field, weight, holders)


def shared_pairs(model: SharedModel, article_id: int) -> Mapping[int, float]:
    """Return the cosine over shared values, weighted by how rare they are."""
    mine = model.field(model.corpus.get(article_id)) & model.weight.keys()
    others = {other for value in mine for other in model.holders[value]} - {article_id}
    return {other: _cosine(model, mine, model.field(model.corpus.get(other))) for other in sorted(others)}


def _cosine(model: SharedModel, a: frozenset[str], b: frozenset[str]) -> float:
    def square(values: frozenset[str]) -> float:
        return sum(model.weight.get(value, 0) ** 2 for value in values)

    norm = math.sqrt(square(a) * square(b))
    return square(a & b) / norm if norm else 0.0


def explain_tags(model: SharedModel, a: int, b: int) -> str:
    both = sorted(model.corpus.get(a).tags & model.corpus.get(b).tags)
    return f"Shares the tags {', '.join(both[:3])}" if both else ""


def explain_references(model: SharedModel, a: int, b: int) -> str:
    both = len(model.corpus.get(a).references & model.corpus.get(b).references)
    return f"Shares {both} reference{'s' if both > 1 else ''}" if both else ""


def fit_topics(corpus: Corpus) -> Corpus:
    return corpus


def topic_pairs(corpus: Corpus, article_id: int) -> Mapping[int, float]:
    topic = corpus.get(article_id).topic
    return {other: 1.0 for other in corpus.by_topic[topic] if other != article_id} if topic else {}


def explain_topic(corpus: Corpus, a: int, b: int) -> str:
    return f"In {corpus.get(b).topic}" if corpus.get(a).topic == corpus.get(b).topic != "" else ""
