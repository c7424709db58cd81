"""What is in the index, and when: live and scheduled editions, nothing of drafts, nothing of the past."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import publishing
from articles.models import Edition, SearchEntry
from articles.revisions import save_revision
from articles.search import contents, index
from articles.search.match import find
from articles.search.question import ask
from tests.articles.search.factories import found
from tests.factories import ArticleFactory, AuthorFactory, EditionFactory, TagFactory, TopicFactory

pytestmark = pytest.mark.django_db


def titles(asked):
    editions = find(ask(asked), limit=12).editions
    return [Edition.objects.get(pk=pk).title for pk in editions]


def edit(article, text, **front_matter):
    save_revision(article, text=text, front_matter={**article.head.front_matter, **front_matter})


def test_publishing_puts_an_article_into_search(run_tasks):
    publishing.publish(ArticleFactory(title="Copper", text="Lowers nothing."))
    run_tasks()

    assert titles("lowers") == ["Copper"]


def test_nothing_of_a_draft_is_found(run_tasks):
    article = ArticleFactory(title="Copper", text="Public.")
    publishing.publish(article)
    edit(article, "Public. Secret.", title="Hidden")
    run_tasks()
    index.rebuild()

    assert titles("secret") == titles("hidden") == []
    assert titles("public") == ["Copper"]


def test_an_edit_is_found_and_what_it_took_out_is_not(run_tasks):
    article = ArticleFactory(title="Copper", text="Before.")
    publishing.publish(article)
    run_tasks()
    edit(article, "After.")

    publishing.publish(article)
    run_tasks()

    assert (titles("before"), titles("after")) == ([], ["Copper"])
    assert SearchEntry.objects.count() == 1


def test_a_scheduled_article_is_found_from_its_second_on(run_tasks, frozen_time):
    start = timezone.now() + timedelta(days=1)
    publishing.schedule(ArticleFactory(title="Copper"), at=start)
    run_tasks()

    frozen_time.move_to(start - timedelta(seconds=1))
    before = titles("copper")
    frozen_time.move_to(start)

    assert (before, titles("copper")) == ([], ["Copper"])


def test_a_scheduled_edition_takes_over_in_its_second(run_tasks, frozen_time):
    article, start = ArticleFactory(title="Copper", text="Now."), timezone.now() + timedelta(days=1)
    publishing.publish(article)
    edit(article, "Then.")
    frozen_time.tick(60)
    publishing.schedule(article, at=start)
    run_tasks()

    frozen_time.move_to(start - timedelta(seconds=1))
    before = (titles("now"), titles("then"))
    frozen_time.move_to(start)

    assert before == (["Copper"], [])
    assert (titles("now"), titles("then")) == ([], ["Copper"])


def test_a_withdrawn_article_is_gone_before_any_task_runs(run_tasks):
    article = ArticleFactory(title="Copper")
    publishing.publish(article)
    run_tasks()

    publishing.unpublish(article)

    assert titles("copper") == []
    run_tasks()
    assert not SearchEntry.objects.exists()


def test_a_cancelled_schedule_leaves_nothing(run_tasks):
    edition = publishing.schedule(ArticleFactory(title="Copper"), at=timezone.now() + timedelta(days=1))
    run_tasks()

    publishing.cancel_schedule(edition)
    run_tasks()

    assert not SearchEntry.objects.exists()


def test_a_deleted_article_leaves_nothing():
    edition = found(title="Copper")

    edition.article.delete()

    assert titles("copper") == []
    assert not SearchEntry.objects.exists()


def test_names_of_topic_tags_and_authors_are_found():
    edition = found(topic=TopicFactory(name="Minerals"), authors=[AuthorFactory(name="Ana Reyes")])
    edition.tags.add(TagFactory(name="Sport"))
    index.rebuild()

    assert titles("minerals") == titles("ana reyes") == titles("sport") == ["Zinc"]


def test_headings_are_found_as_the_description_is():
    found(toc=[{"level": 2, "text": "Dose", "id": "c-dose"}], description="In short.")

    entry = SearchEntry.objects.get()

    assert entry.about == "in short plain dose"


def test_products_are_found():
    found(html='<div class="product"><p class="product__name">Acme Zinc 25</p></div>')

    assert titles("acme") == ["Zinc"]


def test_what_stands_on_every_page_is_not_indexed():
    found(
        html='<aside class="disclosure"><p>Commission</p></aside>'
        '<section class="notices"><div><img alt="x"><br><p>Physician</p></div></section>'
        '<p>Zinc<sup class="cite"><a href="#x">[44]</a></sup> <a>tablet</a> <span class="paid__label">(paid)</span></p>'
    )

    assert SearchEntry.objects.get().body.split() == ["zinc", "tablet"]


def test_words_on_either_side_of_a_tag_stay_apart_unless_they_are_one():
    found(html="<p>iron</p><p>copper<br>zinc</p><p>B<sub>12</sub></p>")

    assert SearchEntry.objects.get().body == "iron copper zinc b12"


def test_titles_of_cited_works_are_kept_apart():
    found(html='<p>Text</p><section class="references"><ol><li>A <i>trial</i></li></ol></section><p>End</p>')
    entry = SearchEntry.objects.get()

    assert (entry.body, entry.cited) == ("text end", "a trial")


def test_a_text_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(contents, "MOST_CHARACTERS", 20)

    found(html="<p>" + "zinc " * 100 + "</p>")

    assert len(SearchEntry.objects.get().body) <= 20


def test_the_longest_text_fits():
    found(html="<p>" + " ".join(f"word{n}" for n in range(60_000)) + "</p>")

    assert titles("word5") == ["Zinc"]


def test_refresh_writes_what_is_missing_and_only_that():
    found(title="Copper")
    EditionFactory(title="Iron")

    assert [index.refresh(), index.refresh()] == [1, 0]
    assert titles("iron") == ["Iron"]


def test_refresh_follows_a_new_name():
    topic = TopicFactory(name="Minerals")
    found(topic=topic)
    topic.name = "Elements"
    topic.save()

    index.refresh()

    assert (titles("minerals"), titles("elements")) == ([], ["Zinc"])


def test_refresh_drops_what_is_over():
    edition = found()
    Edition.objects.filter(pk=edition.pk).update(live_until=timezone.now())

    index.refresh()

    assert not SearchEntry.objects.exists()


def test_a_new_version_of_the_analysis_writes_everything_anew(monkeypatch):
    found()
    monkeypatch.setattr(index, "VERSION", 99)
    monkeypatch.setattr(contents, "VERSION", 99)

    assert index.behind() == 1
    assert [index.refresh(), index.behind()] == [1, 0]


def test_rebuild_search_tells_how_much_it_knows():
    EditionFactory()
    EditionFactory(scheduled=True)
    EditionFactory(ended=True, live_from=timezone.now() - timedelta(days=2))
    out = StringIO()

    call_command("rebuild_search", stdout=out)

    assert out.getvalue() == "Search knows 2 editions.\n"
    assert index.behind() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_refresh_does_not_ask_for_each_article(count, django_assert_max_num_queries):
    for _ in range(count):
        EditionFactory()

    with django_assert_max_num_queries(11):
        index.refresh()


def test_a_recompiled_edition_is_found(run_tasks):
    target = ArticleFactory(slug="copper", title="Copper")
    publishing.publish(ArticleFactory(title="Zinc", text="See [this](art:copper)."), override="follows")
    publishing.publish(target)
    run_tasks()

    assert titles('"see this"') == ["Zinc"]
    assert index.behind() == 0
