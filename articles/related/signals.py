"""The kernel's signals; plugins add theirs through the `recommenders()` hook. Commission is never one of them."""

from __future__ import annotations

from functools import partial
from operator import attrgetter

from articles.related import graph, text
from cms.contracts import Signal

SIGNALS = (
    Signal("text", 2.0, text.fit, text.pairs, text.explain),
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
