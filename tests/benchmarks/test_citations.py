"""What an editor waits for with 40 citations of 40 works in a style of pandoc's: the preview, first and then again."""

import statistics
import time

import pytest
from django.db import connection
from django.urls import reverse

from articles.publishing import publish
from references.models import RenderedCitations
from tests.factories import ArticleFactory, UserFactory
from tests.references.factories import ReferenceFactory

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

RUNS = 9
SHOWN = ("ama", "apa", "vancouver")
COLD_MS, WARM_MS = 1_500, 300


def milliseconds(function):
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * 1000


@pytest.mark.parametrize("style", SHOWN)
def test_preview_of_forty_citations(client, say, style):
    works = ReferenceFactory.create_batch(40)
    text = "\n\n".join(
        f"Sentence {place} about magnesium [@{work.citekey}]." for place, work in enumerate(works)
    )
    article = ArticleFactory(text=text, front_matter={"citation_style": style})
    client.force_login(UserFactory(superuser=True))
    address = reverse("admin:articles_article_preview", args=[article.pk])

    def preview():
        answer = client.post(
            address, {"text": text, "title": "Magnesium", "references-citation_style": style}
        )
        assert answer.json()["html"].count('id="c-ref-') == 40
        return answer

    preview()
    cold, warm = [], []
    for _ in range(RUNS):
        RenderedCitations.objects.all().delete()
        cold.append(milliseconds(preview))
        warm.append(milliseconds(preview))
    published = milliseconds(lambda: publish(article, override="A measurement."))

    say(
        f"Preview of 40 citations, {style}, {connection.vendor}, median of {RUNS}: "
        f"cold {statistics.median(cold):.0f} ms, cached {statistics.median(warm):.0f} ms; "
        f"published in {published:.0f} ms\n"
    )
    assert statistics.median(cold) < COLD_MS
    assert statistics.median(warm) < WARM_MS
