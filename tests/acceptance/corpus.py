"""Many published articles at once, for measurements at size; written in bulk, so without a compilation each."""

from __future__ import annotations

import random
from datetime import timedelta

from django.utils import timezone

from articles.models import Article, Edition, RelatedEdge, Revision, SlugClaim, Topic
from tests.factories import AuthorFactory, ImageFactory

TOPICS = 50
COMMON_WORDS, TOPIC_WORDS = 12_000, 150
FROM_TOPIC = 0.3  # of the words in a text
EDGES = 4


def fill(count: int, *, words: int = 30) -> list[Edition]:
    """Add `count` live articles with topic, author, picture and stored recommendations of one another."""
    texts = Texts()
    topics = _topics()
    author, image = AuthorFactory(), ImageFactory()
    start = Article.objects.count()
    articles = Article.objects.bulk_create(
        Article(title=f"Article {number}", slug=f"article-{number}", topic=topics[number % TOPICS])
        for number in range(start, start + count)
    )
    revisions = Revision.objects.bulk_create(Revision(article=article, number=1) for article in articles)
    moment = timezone.now() - timedelta(days=1)
    editions = Edition.objects.bulk_create(
        _edition(article, revision, image, texts.text(article.topic_id, words), moment)
        for article, revision in zip(articles, revisions, strict=True)
    )
    Edition.authors.through.objects.bulk_create(
        Edition.authors.through(edition=edition, author=author) for edition in editions
    )
    SlugClaim.objects.bulk_create(SlugClaim(slug=article.slug, article=article) for article in articles)
    RelatedEdge.objects.bulk_create(
        RelatedEdge(source=article, target=articles[(place + step) % count], rank=step - 1)
        for place, article in enumerate(articles)
        for step in range(1, min(EDGES, count - 1) + 1)
    )
    return editions


def _topics() -> list[Topic]:
    Topic.objects.bulk_create(
        (Topic(name=f"Subject {number}", slug=f"subject-{number}") for number in range(TOPICS)),
        ignore_conflicts=True,
    )
    return list(Topic.objects.filter(slug__startswith="subject-"))


def _edition(article: Article, revision: Revision, image: object, text: str, moment: object) -> Edition:
    return Edition(
        article=article,
        revision=revision,
        number=1,
        slug=article.slug,
        title=article.title,
        description="What the trials measured, and what they leave open.",
        topic_id=article.topic_id,
        image=image,
        html=f"<p>{text}</p>",
        text=text,
        word_count=text.count(" ") + 1,
        content_hash="0" * 64,
        live_from=moment,
        published_at=moment,
        updated_at=moment,
    )


class Texts:
    """Texts of made-up words whose frequencies fall as in a language, with words of their own for each topic."""

    def __init__(self) -> None:
        self.dice = random.Random(7)
        self.common = self._words(COMMON_WORDS)
        self.frequencies = [1 / rank for rank in range(1, COMMON_WORDS + 1)]
        self.by_topic: dict[int | None, list[str]] = {}

    def text(self, topic: int | None, words: int) -> str:
        own = self.by_topic.setdefault(topic, self._words(TOPIC_WORDS))
        from_topic = int(words * FROM_TOPIC)
        chosen = self.dice.choices(self.common, self.frequencies, k=words - from_topic)
        chosen += self.dice.choices(own, k=from_topic)
        self.dice.shuffle(chosen)
        return " ".join(chosen)

    def _words(self, count: int) -> list[str]:
        syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
        return ["".join(self.dice.choices(syllables, k=self.dice.randint(2, 4))) for _ in range(count)]
