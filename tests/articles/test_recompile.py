"""A changed record reaches every page that shows it, and nothing else changes."""

import pytest

from articles import publishing
from articles.models import AuditEvent, Edition
from articles.recompile import dependency_changed, recompile
from articles.revisions import save_revision
from tests.factories import ArticleFactory, ImageFactory

pytestmark = pytest.mark.django_db


def live(article):
    return Edition.objects.live().get(article=article)


def publish_linking_to(slug):
    article = ArticleFactory(text=f"See [this](art:{slug}).")
    publishing.publish(article, override="the target follows")
    return article


def test_a_link_appears_when_its_target_goes_live(run_tasks):
    target = ArticleFactory(slug="copper")
    source = publish_linking_to("copper")
    before = live(source).html

    publishing.publish(target)
    run_tasks()

    assert "<a" not in before
    assert 'href="/articles/copper/"' in live(source).html


def test_a_link_to_an_unknown_article_appears_too(run_tasks):
    source = publish_linking_to("copper")

    publishing.publish(ArticleFactory(slug="copper"))
    run_tasks()

    assert 'href="/articles/copper/"' in live(source).html


def test_links_follow_a_rename(run_tasks):
    target = ArticleFactory(slug="copper")
    publishing.publish(target)
    source = publish_linking_to("copper")
    save_revision(target, text="Text.", front_matter={**target.head.front_matter, "slug": "copper-facts"})

    publishing.publish(target)
    run_tasks()

    assert 'href="/articles/copper-facts/"' in live(source).html


def test_a_link_goes_when_its_target_is_withdrawn(run_tasks):
    target = ArticleFactory(slug="copper")
    publishing.publish(target)
    source = publish_linking_to("copper")

    publishing.unpublish(target)
    run_tasks()

    assert "<a" not in live(source).html


def test_recompilation_uses_the_editions_own_source():
    picture = ImageFactory(slug="crystal", alt="A crystal")
    article = ArticleFactory(text="![](img:crystal)")
    publishing.publish(article)
    save_revision(article, text="Half-finished", front_matter=article.head.front_matter)
    picture.alt = "A blue crystal"
    picture.save()

    recompile([f"image:{picture.pk}"])

    assert "A blue crystal" in live(article).html
    assert "Half-finished" not in live(article).html


def test_an_unchanged_page_is_not_written_again():
    picture = ImageFactory(slug="crystal")
    article = ArticleFactory(text="![](img:crystal)")
    publishing.publish(article)

    changed = recompile([f"image:{picture.pk}"])

    assert changed == 0
    assert article.editions.count() == 1


def test_recompiling_does_not_move_the_updated_date():
    picture = ImageFactory(slug="crystal", alt="A crystal")
    article = ArticleFactory(text="![](img:crystal)")
    before = publishing.publish(article)
    picture.alt = "A blue crystal"
    picture.save()

    recompile([f"image:{picture.pk}"])

    after = live(article)
    assert (after.number, after.updated_at) == (2, before.updated_at)
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.RECOMPILED, edition=after).exists()


def test_new_error_findings_do_not_stop_it_but_are_kept():
    picture = ImageFactory(slug="crystal")
    article = ArticleFactory(text="![](img:crystal)")
    publishing.publish(article)
    picture.delete()

    recompile([f"image:{picture.pk or 1}", *_keys(article)])

    assert "MD05" in [finding["id"] for finding in live(article).findings]


def test_a_changed_dependency_waits_for_the_commit(django_capture_on_commit_callbacks, run_tasks):
    picture = ImageFactory(slug="crystal", alt="A crystal")
    article = ArticleFactory(text="![](img:crystal)")
    publishing.publish(article)
    run_tasks()
    picture.alt = "A blue crystal"
    picture.save()

    with django_capture_on_commit_callbacks(execute=True):
        dependency_changed(f"image:{picture.pk}")
        assert run_tasks() == 0
    run_tasks()

    assert "A blue crystal" in live(article).html


def _keys(article):
    return list(live(article).dependencies.values_list("key", flat=True))


def test_a_change_during_publishing_is_caught_up(run_tasks):
    picture = ImageFactory(slug="crystal", alt="A crystal")
    article = ArticleFactory(text="![](img:crystal)")
    publishing.publish(article)
    picture.alt = "Changed while the page was being written"
    picture.save()

    run_tasks()

    assert "Changed while" in live(article).html


def test_an_edition_beyond_the_caps_does_not_stop_the_others():
    picture = ImageFactory(slug="crystal", alt="A crystal")
    first, second = (ArticleFactory(text="![](img:crystal)") for _ in range(2))
    oldest = publishing.publish(first)
    publishing.publish(second)
    Edition.objects.filter(pk=oldest.pk).update(source_text="[" * 3_000)
    picture.alt = "A blue crystal"
    picture.save()

    changed = recompile([f"image:{picture.pk}"])

    assert changed == 1
    assert "A blue crystal" in live(second).html
