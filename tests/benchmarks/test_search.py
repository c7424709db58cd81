"""The search page at 2,000 articles, beside the topic page of the same server in the same run."""

import statistics
import time
from urllib.parse import quote_plus

import pytest
from django.db import connection

from articles.models import Edition, Topic
from articles.search import index
from tests.acceptance import corpus, long_article
from tests.benchmarks.server import serving

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

ROUNDS, ARTICLES = 20, 2_000
MOST = 15  # times the topic page, for a word that every article has


@pytest.fixture(scope="module")
def filled(site, django_db_blocker):
    """Fill up to ARTICLES for good, since a server of its own reads them; return what indexing them took."""
    with django_db_blocker.unblock():
        corpus.fill(ARTICLES - Edition.objects.live().count(), words=long_article.WORDS)
        start = time.process_time()
        index.rebuild()
        took = time.process_time() - start
        connection.close()
    return took


def shares():
    """A word of every article, one of a few and one of none: what they cost differs most."""
    words = Edition.objects.live().latest("pk").text.split()
    return {
        "a common word": "article",
        "a rare word": words[0],
        "two words": " ".join(words[3:5]),
        "no word": "qqqqqq",
    }


def cost(server, path):
    """Return milliseconds on the clock and CPU of the web server for one request, asked one after another."""
    before, walls = server.cpu_seconds(), []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        server.get(path)
        walls.append((time.perf_counter() - start) * 1_000)
    after = server.cpu_seconds()
    cpu = None if before is None or after is None else (after - before) * 1_000 / ROUNDS
    return statistics.median(walls), cpu


def test_search_page(filled, database_url, tmp_path, say):
    topic = Topic.objects.filter(editions__isnull=False).first()
    paths = {"topic page": topic.get_absolute_url()}
    paths |= {name: f"/search/?q={quote_plus(asked)}" for name, asked in shares().items()}

    with serving(tmp_path, DATABASE_URL=database_url) as server:
        sizes = {name: len(server.get(path)) for name, path in paths.items()}
        costs = {name: cost(server, path) for name, path in paths.items()}

    count = Edition.objects.live().count()
    say(f"Search over {count:,} articles of {long_article.WORDS:,} words, {connection.vendor}; granian,")
    say(f"  one request after another, median of {ROUNDS}; the index was written in {filled:.0f} s of CPU")
    ratios = {name: wall / costs["topic page"][0] for name, (wall, _) in costs.items()}
    for name, (wall, cpu) in costs.items():
        used = "CPU unknown" if cpu is None else f"{cpu:6.1f} ms CPU"
        say(
            f"  {name:13} {wall:7.1f} ms  {used}  {sizes[name]:6,} bytes  {ratios[name]:5.1f} times the topic page"
        )
    say("")

    assert max(ratios.values()) < MOST
