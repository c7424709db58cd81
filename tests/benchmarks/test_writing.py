"""What editors wait for: compiling and publishing a text of 1,400 words."""

import statistics
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from markdown_it import MarkdownIt

from articles.compile import compile_article, make_source
from articles.publishing import publish
from articles.revisions import save_revision
from tests.acceptance import long_article

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

RUNS = 30


def milliseconds(function, runs=RUNS):
    """Return the median CPU time of a call: other work on the machine counts little."""
    function()
    times = []
    for _ in range(runs):
        start = time.process_time()
        function()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def test_compile(site, say):
    text, front_matter = site.source_text, site.front_matter
    source = make_source(text, front_matter, site.article_id)
    bare = MarkdownIt("commonmark", {"html": False}).enable("table")

    plain = milliseconds(lambda: bare.render(text))
    whole = milliseconds(lambda: compile_article(source, "publish"))

    say(f"Compile {len(text.split()):,} words on {connection.vendor}, median CPU of {RUNS} runs")
    say(f"  markdown-it alone {plain:6.2f} ms")
    say(
        f"  with everything   {whole:6.2f} ms, ratio {whole / plain:.1f} (look-ups, checks, cleaning, disclaimers)\n"
    )


def test_publish(site, say):
    article = long_article.save(number=2)
    front_matter, text = article.head.front_matter, article.head.text
    saved, published, queries = [], [], []

    for number in range(RUNS):
        start = time.perf_counter()
        save_revision(article, text=f"{text}\nIn short, part {number}.\n", front_matter=front_matter)
        middle = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            publish(article, override="A measurement.")
        saved.append((middle - start) * 1000)
        published.append((time.perf_counter() - middle) * 1000)
        queries.append(len(captured))

    say(f"Publish on {connection.vendor}, median of {RUNS} runs, wall time without the final commit")
    say(f"  save    {statistics.median(saved):6.1f} ms")
    say(f"  publish {statistics.median(published):6.1f} ms, {statistics.median(queries):.0f} queries\n")
