"""The sample site goes out and comes back: into itself without a trace, into an empty site as it was."""

import re

import pytest
from django.core.management import call_command

from articles.models import Article, Edition
from cms import plugins
from cms.demo.content import FOLDER
from tests.articles.exporters.conftest import counted
from tests.articles.tables import every_row

pytestmark = pytest.mark.django_db
PLACEMENT = re.compile(r'(data-placement="|/go/[a-z0-9-]+/)[^"/]+')
MEDIA = re.compile(r"/media/images/[^\"]+")


def load_samples():
    for portable in plugins.registry().portables.values():
        portable.load(FOLDER)
    call_command("import_content", str(FOLDER / "articles"), "--publish", verbosity=0)


def heads():
    articles = Article.objects.select_related("head")
    return {article.slug: (article.head.text, article.head.front_matter) for article in articles}


def editions():
    """What readers see, without what is chosen by chance."""
    shown = {}
    for edition in Edition.objects.live().select_related("topic", "image", "reviewer"):
        html = MEDIA.sub("picture", PLACEMENT.sub(r"\1x", edition.html))
        shown[edition.slug] = {
            "html": html,
            "text": edition.text,
            "toc": edition.toc,
            "byline": edition.byline_html,
            "title": edition.title,
            "description": edition.description,
            "topic": edition.topic and edition.topic.slug,
            "image": edition.image and (edition.image.slug, edition.image.alt, edition.image.sha256),
            "reviewer": edition.reviewer and (edition.reviewer.slug, str(edition.reviewed_on)),
            "authors": [(author.slug, author.bio) for author in edition.authors.order_by("slug")],
            "tags": sorted(tag.name for tag in edition.tags.all()),
            "published": edition.published_at.date().isoformat(),
        }
    return shown


def test_importing_it_into_the_same_site_changes_nothing(export, bring):
    load_samples()
    before = every_row()

    export()
    report = bring()

    assert counted(report) == (0, 0, 10)
    assert every_row() == before


def test_an_empty_site_becomes_the_same_site(another_site, export, bring):
    with another_site:
        load_samples()
        export()
        expected = heads(), editions()
    assert not Article.objects.exists()

    report = bring("--publish")

    assert counted(report) == (10, 0, 0)
    assert [row["publication"] for row in report["articles"]] == ["published"] * 10
    assert heads() == expected[0]
    assert editions() == expected[1]


def test_a_second_export_equals_the_first(another_site, export, bring, target, tmp_path):
    with another_site:
        load_samples()
        export()
    bring("--publish")

    export(folder=tmp_path / "again")

    first, again = (
        {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (target, tmp_path / "again")
    )
    assert first.keys() == again.keys()
    assert {name for name in first if first[name] != again[name]} == set()
