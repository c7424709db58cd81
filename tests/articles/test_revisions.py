"""The working copy: nothing an editor typed is lost."""

import contextlib
from dataclasses import replace

import pytest

from articles.models import Article, Pin, Revision
from articles.revisions import StaleRevision, restore, save_revision
from cms import plugins
from cms.contracts import ArticlePart
from tests.factories import ArticleFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db


def save(article, text, **options):
    front_matter = options.pop("front_matter", article.head.front_matter)
    return save_revision(article, text=text, front_matter=front_matter, **options)


def test_each_save_appends_a_revision_and_moves_the_head():
    article = ArticleFactory(text="One.")

    revision = save(article, "Two.", author=UserFactory(username="ana"), reason="Clearer")

    assert (revision.number, revision.author.username, revision.reason) == (2, "ana", "Clearer")
    assert Article.objects.get().head == revision
    assert article.revisions.get(number=1).text == "One."


def test_saving_the_same_again_writes_nothing():
    article = ArticleFactory(text="One.")

    again = save(article, "One.")

    assert again == article.head
    assert Revision.objects.count() == 1


def test_autosaves_stand_in_the_history():
    article = ArticleFactory(text="One.")

    save(article, "One and a half", kind=Revision.Kind.AUTOSAVE)

    assert [revision.kind for revision in article.revisions.all()] == ["autosave", "save"]


def test_a_stale_save_is_refused_and_names_what_is_there():
    article = ArticleFactory(text="One.")
    opened_at = article.head_id
    theirs = save(article, "Theirs.")

    with pytest.raises(StaleRevision) as refusal:
        save(article, "Mine.", expected_head=opened_at)

    assert refusal.value.current == theirs
    assert Article.objects.get().head.text == "Theirs."


def test_restoring_is_a_new_revision_and_can_be_undone():
    article = ArticleFactory(text="One.")
    first = article.head
    second = save(article, "Two.")

    restored = restore(first)
    undone = restore(second)

    assert (restored.kind, restored.text, restored.reason) == ("restore", "One.", "Restored revision 1")
    assert (undone.number, undone.text) == (4, "Two.")


def test_history_cannot_be_rewritten():
    revision = ArticleFactory().head
    revision.text = "Forged"

    with pytest.raises(TypeError, match="history"):
        revision.save()


def test_the_article_follows_its_front_matter():
    article = ArticleFactory()
    topic = TopicFactory(slug="trace-minerals")

    save(article, "Text.", front_matter={"title": "Zinc", "slug": "Zinc Facts", "topic": topic.slug})

    stored = Article.objects.get()
    assert (stored.title, stored.slug, stored.topic) == ("Zinc", "zinc-facts", topic)
    assert article.title == "Zinc"


def test_line_ends_of_other_systems_are_no_change():
    article = ArticleFactory(text="One\ntwo")

    save(article, "One\r\ntwo")

    assert Revision.objects.count() == 1


def test_pins_follow_the_front_matter_in_order():
    copper = ArticleFactory(title="Copper", slug="copper")
    article = ArticleFactory()
    save(article, "Text.", front_matter={"title": "Zinc", "recommended": ["Nothing yet", "copper"]})

    save(article, "Text.", front_matter={"title": "Zinc", "recommended": ["copper", "Nothing yet", "copper"]})

    assert list(Pin.objects.values_list("wanted", "target", "position")) == [
        ("copper", copper.pk, 0),
        ("Nothing yet", None, 1),
    ]


def test_dropped_pins_go():
    article = ArticleFactory()
    save(article, "Text.", front_matter={"title": "Zinc", "recommended": ["copper"]})

    save(article, "Text.", front_matter={"title": "Zinc"})

    assert not Pin.objects.exists()


def test_an_article_does_not_pin_itself():
    article = ArticleFactory(title="Zinc")

    save(article, "Text.", front_matter={"title": "Zinc", "recommended": ["zinc"]})

    assert Pin.objects.get().target is None


@pytest.fixture
def parts():
    """Put article parts into the registry for one test."""
    with contextlib.ExitStack() as stack:

        def register(*found):
            objects = {**plugins.registry().objects, "article_parts": {part.id: part for part in found}}
            stack.enter_context(plugins.use_registry(replace(plugins.registry(), objects=objects)))

        yield register


def test_each_part_gets_the_keys_it_owns(parts):
    seen = []
    parts(ArticlePart("dose", ("dose",), load=dict, export=dict, save=lambda *given: seen.append(given)))
    article = ArticleFactory()

    save(article, "Text.", front_matter={"title": "Zinc", "dose": "10 mg"})

    assert seen == [(article.pk, {"dose": "10 mg"})]


def test_a_failing_part_does_not_lose_the_save(parts):
    def fail(article_id, own):
        raise RuntimeError("broken plugin")

    parts(ArticlePart("dose", ("dose",), load=dict, export=dict, save=fail))
    article = ArticleFactory()

    save(article, "Kept.")

    assert Article.objects.get().head.text == "Kept."
