"""From signals to stored edges: threshold, pins, near-duplicates, diversity, fallback.

The page reads the stored edges in one query. `refresh` gives the sources it touches the edges of a full rebuild.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from articles import purging
from articles.models import Article, Pin, RelatedDue, RelatedEdge
from articles.related import corpus as corpora
from articles.related import text
from articles.related.corpus import Corpus, Entry
from cms import plugins
from cms.contracts import Signal

ALGORITHM = "tfidf-1"
KEEP = 12
THRESHOLD = 0.08  # below it a candidate is only technically the best; the fallback serves readers better
DIVERSITY = 0.9  # lambda of maximal marginal relevance
RERANK = 20
MANY, REBUILD_SHARE = 20, 0.2  # beyond both, most articles have a neighbour among those that changed
BATCH = 500


@dataclass(frozen=True, slots=True)
class Engine:
    """Fitted signals over one corpus."""

    corpus: Corpus
    texts: text.TextModel
    models: Mapping[str, Any]
    signals: Sequence[Signal]

    @classmethod
    def fit(cls, corpus: Corpus) -> Engine:
        """Fit every signal; one that fails is logged and has no voice."""
        models: dict[str, Any] = {}
        for signal in plugins.registry().recommenders.values():
            model = plugins.guarded("signal fit", signal.fit, corpus, default=None, signal=signal.id)
            if model is not None:
                models[signal.id] = model
        signals = [signal for signal in plugins.registry().recommenders.values() if signal.id in models]
        texts = models["text"] if isinstance(models.get("text"), text.TextModel) else text.fit(corpus)
        return cls(corpus, texts, models, signals)

    def scores(self, article_id: int) -> dict[int, tuple[float, list[str]]]:
        """Return candidate -> (score in 0..1, signals by weight)."""
        parts: dict[int, dict[str, float]] = {}
        for signal in self.signals:
            for other, score in self._votes(signal, article_id).items():
                parts.setdefault(other, {})[signal.id] = signal.weight * score
        language = self.corpus.get(article_id).language
        total = sum(signal.weight for signal in self.signals) or 1.0
        return {
            other: (sum(by.values()) / total, sorted(by, key=lambda name: (-by[name], name)))
            for other, by in parts.items()
            if other in self.corpus.position and self.corpus.get(other).language == language
        }

    def _votes(self, signal: Signal, article_id: int) -> Mapping[int, float]:
        """Return a signal's scores in 0..1 for other articles; an answer of another shape has no voice."""

        def votes() -> dict[int, float]:
            found = signal.pairs(self.models[signal.id], article_id)
            return {
                other: min(max(float(score), 0.0), 1.0)
                for other, score in found.items()
                if other != article_id
            }

        nothing: dict[int, float] = {}
        return plugins.guarded("signal", votes, default=nothing, signal=signal.id)

    def ranked(self, article_id: int) -> list[tuple[int, float, list[str]]]:
        """Return the kept candidates: above the threshold, no near-duplicate, diverse; ties by id."""
        scored = self.scores(article_id)
        best = sorted((-score, other) for other, (score, _) in scored.items() if score >= THRESHOLD)
        chosen = self._diverse(article_id, [(other, -score) for score, other in best])
        return [
            (other, scored[other][0], self.reasons(article_id, other, scored[other][1])) for other in chosen
        ]

    def _diverse(self, article_id: int, candidates: list[tuple[int, float]]) -> list[int]:
        pool = candidates[:RERANK]
        alike = text.similarities(self.texts, [article_id, *(other for other, _ in pool)])
        left = [row for row in range(1, len(pool) + 1) if alike[0, row] < text.NEAR_DUPLICATE]
        closest = dict.fromkeys(left, 0.0)
        chosen: list[int] = []
        while left and len(chosen) < KEEP:
            row = max(left, key=lambda row: DIVERSITY * pool[row - 1][1] - (1 - DIVERSITY) * closest[row])
            left.remove(row)
            chosen.append(pool[row - 1][0])
            closest = {other: max(closest[other], float(alike[row, other])) for other in left}
        return chosen

    def reasons(self, a: int, b: int, by_weight: Sequence[str]) -> list[str]:
        explainers = {signal.id: signal.explain for signal in self.signals}
        words: list[object] = [
            plugins.guarded("explain", explainers[name], self.models[name], a, b, default="")
            for name in by_weight
        ]
        return [reason for reason in words if isinstance(reason, str) and reason][:3]


def rebuild() -> int:
    """Recompute every article's edges; return how many articles have some."""
    corpus = corpora.load()
    if not corpus.entries:
        RelatedEdge.objects.all().delete()
        return 0
    _store(Engine.fit(corpus), [entry.article_id for entry in corpus.entries])
    RelatedEdge.objects.exclude(source__in=list(corpus.position)).delete()
    return len(corpus)


def refresh_due() -> int:
    """Refresh once for all that wait; an article that is published meanwhile waits for the next."""
    waiting = dict(RelatedDue.objects.values_list("pk", "article_id"))
    if not waiting:
        return 0
    refreshed = refresh(*sorted(set(waiting.values())))
    due = list(waiting)
    for start in range(0, len(due), BATCH):
        RelatedDue.objects.filter(pk__in=due[start : start + BATCH]).delete()
    return refreshed


def refresh(*article_ids: int) -> int:
    """Recompute the edges of some articles, of those that point at them and of those that may now."""
    corpus = corpora.load()
    if not corpus.entries or len(article_ids) > max(MANY, REBUILD_SHARE * len(corpus)):
        return rebuild()
    sources = set(RelatedEdge.objects.filter(target__in=article_ids).values_list("source_id", flat=True))
    sources |= set(Pin.objects.filter(target__in=article_ids).values_list("source_id", flat=True))
    engine = Engine.fit(corpus)
    for article_id in article_ids:
        if article_id in corpus.position:
            sources |= {article_id, *engine.scores(article_id)}
        else:
            RelatedEdge.objects.filter(source=article_id).delete()
    sources |= _short_of_edges(corpus)
    return _store(engine, sorted(sources & corpus.position.keys()))


def _short_of_edges(corpus: Corpus) -> set[int]:
    """Articles whose block still has room, as long as there is something to fill it with."""
    wanted = min(KEEP, len(corpus) - 1)
    full = RelatedEdge.objects.filter(source__in=list(corpus.position), rank=wanted - 1)
    return set(corpus.position) - set(full.values_list("source_id", flat=True))


def _store(engine: Engine, sources: Sequence[int]) -> int:
    newest = sorted(engine.corpus.entries, key=lambda entry: (-entry.published_at, entry.article_id))
    pins = _pins(sources, engine.corpus)
    edges = [edge for source in sources for edge in _edges(engine, source, pins.get(source, []), newest)]
    with transaction.atomic():
        # Lock in id order: two refreshes at once must neither deadlock nor meet half-written edges.
        list(
            Article.objects.select_for_update(no_key=True)
            .filter(pk__in=sources)
            .order_by("pk")
            .values_list("pk")
        )
        purging.recommends_anew(sources, edges)
        RelatedEdge.objects.filter(source__in=sources).delete()
        RelatedEdge.objects.bulk_create(edges, batch_size=BATCH)
    return len(sources)


def _pins(sources: Sequence[int], corpus: Corpus) -> dict[int, list[int]]:
    rows = Pin.objects.filter(source__in=sources, target__isnull=False).order_by("source_id", "position")
    found: dict[int, list[int]] = {}
    for source, target in rows.values_list("source_id", "target_id"):
        if target in corpus.position and target != source and target is not None:
            found.setdefault(source, []).append(target)
    return found


def _edges(
    engine: Engine, source: int, pinned: Sequence[int], newest: Sequence[Entry]
) -> Iterable[RelatedEdge]:
    rows: dict[int, tuple[float, list[str]]] = {target: (1.0, ["Chosen by the editor"]) for target in pinned}
    for target, score, reasons in engine.ranked(source):
        rows.setdefault(target, (score, reasons))
    # Looking at every other article for each one is what makes large sites slow.
    for target, reason in _fallback(engine.corpus.get(source), newest) if len(rows) < KEEP else ():
        if len(rows) >= KEEP:
            break
        rows.setdefault(target, (0.0, [reason]))
    for rank, (target, (score, reasons)) in enumerate(list(rows.items())[:KEEP]):
        yield RelatedEdge(
            source_id=source,
            target_id=target,
            rank=rank,
            score=round(score, 4),
            is_pin=target in pinned,
            reasons=reasons,
            algorithm=ALGORITHM,
        )


def _fallback(entry: Entry, newest: Sequence[Entry]) -> Iterable[tuple[int, str]]:
    """No block is empty: the newest of the same topic, then the newest of the site, in the same language."""
    others = [
        other for other in newest if other.article_id != entry.article_id and other.language == entry.language
    ]
    for other in others:
        if entry.topic and other.topic == entry.topic:
            yield other.article_id, f"New in {other.topic}"
    for other in others:
        yield other.article_id, "New on the site"
