from articles.related.corpus import Corpus, Entry

NOTHING = {
    "topic": "", "tags": frozenset(), "language": "en", "links_to": frozenset(), "references": frozenset(),
    "published_at": 0.0,
}  # fmt: skip


def entry(article_id, title="", text="", **fields):
    return Entry(article_id, title, text, **(NOTHING | fields))


def corpus_of(*entries):
    """As `load` gives it: by article id."""
    return Corpus(sorted(entries, key=lambda one: one.article_id))
