"""The kernel's signals; plugins add theirs through the `recommenders()` hook. Commission is never one of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any

from articles.related import graph
from cms.contracts import Signal


def _text(name: str) -> Callable[..., Any]:
    """Return a function of the text signal, imported when called: scikit-learn costs every process 2 s to start."""

    def call(*arguments: Any) -> Any:
        from articles.related import text

        return getattr(text, name)(*arguments)

    return call


SIGNALS = (
    Signal("text", 2.0, _text("fit"), _text("pairs"), _text("explain")),
    Signal("links", 1.0, graph.fit_links, graph.link_pairs, graph.explain_link),
    Signal("topic", 0.1, graph.fit_topics, graph.topic_pairs, graph.explain_topic),
    Signal(
        "tags",
        0.2,
        partial(graph.fit_shared, field=attrgetter("tags")),
        graph.shared_pairs,
        graph.explain_tags,
    ),
    Signal(
        "references",
        0.1,
        partial(graph.fit_shared, field=attrgetter("references")),
        graph.shared_pairs,
        graph.explain_references,
    ),
)
