"""Rebuilding every recommendation, beside scikit-learn's plain TF-IDF of the same texts."""

import time

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from articles.models import Edition, RelatedEdge
from articles.related.engine import rebuild
from tests.acceptance import corpus, long_article
from tests.benchmarks.conftest import ARTICLES

pytestmark = [pytest.mark.bench, pytest.mark.django_db]


def cpu_seconds(function, *arguments):
    start = time.process_time()
    function(*arguments)
    return time.process_time() - start


@pytest.mark.parametrize("count", [ARTICLES, 2_000])
def test_rebuild_related(site, say, count):
    corpus.fill(count - Edition.objects.live().count(), words=long_article.WORDS)
    texts = list(Edition.objects.live().values_list("text", flat=True))

    plain = cpu_seconds(TfidfVectorizer().fit_transform, texts)
    whole = cpu_seconds(rebuild)

    edges = RelatedEdge.objects.count()
    say(f"Rebuild the recommendations of {count:,} articles of {long_article.WORDS:,} words, CPU")
    say(f"  TfidfVectorizer alone {plain:6.1f} s")
    say(f"  rebuild_related       {whole:6.1f} s, ratio {whole / plain:.1f}, {edges:,} edges\n")
