"""An exported folder comes in: records first, exact articles as they are, each article known again."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import yaml

from articles.intake import Options, Status, import_paths
from articles.intake.beside import load_records
from articles.intake.identity import find_article, own_id
from articles.models import Article, Author, Image
from cms import plugins
from cms.contracts import Portable
from tests.articles.intake.helpers import registry_with
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "chelate.yaml").write_text("format: 1\n")
    return tmp_path


def write_author(folder, slug="ana"):
    (folder / "authors.yaml").write_text(yaml.safe_dump([{"slug": slug, "name": "Ana"}]))


def test_records_beside_the_articles_come_in(folder):
    write_author(folder)

    assert load_records(folder) == []
    assert Author.objects.get().slug == "ana"


def test_a_folder_that_is_no_export_keeps_its_files_to_itself(tmp_path):
    write_author(tmp_path)

    assert load_records(tmp_path) == []
    assert not Author.objects.exists()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("format: 2", "format 2 is not known here, only 1"),
        ("", "no “format: 1” file"),
        ("[", "no “format: 1” file"),
        ("- format", "no “format: 1” file"),
        ("{}", "no “format: 1” file"),
    ],
)
def test_a_folder_of_another_format_is_left_alone(folder, text, problem):
    (folder / "chelate.yaml").write_text(text)
    write_author(folder)

    [said] = load_records(folder)

    assert problem in said
    assert not Author.objects.exists()


def test_a_failing_plugin_is_named_and_the_others_come_in(folder):
    def load(path):
        Author.objects.create(name="Half", slug="half")
        raise ValueError("no more")

    write_author(folder)
    bad = Portable("bad", dump=lambda path: None, load=load)
    portables = [bad, *plugins.registry().portables.values()]

    with plugins.use_registry(registry_with(plugins.registry(), portables=portables)):
        [said] = load_records(folder)

    assert said.endswith("the records of “bad” could not be read (ValueError: no more).")
    assert [author.slug for author in Author.objects.all()] == ["ana"]


def test_a_problem_with_records_is_in_the_report(folder):
    (folder / "authors.yaml").write_text("- 7")

    report = import_paths([folder])

    [entry] = report.failed
    assert (entry.source, entry.findings[0].id) == (folder, "IMP21")


def test_a_dry_run_leaves_neither_records_nor_pictures(another_site, export, target, media_root):
    with another_site:
        ImageFactory(slug="crystal")
        ArticleFactory(slug="zinc", text="![a](img:crystal)", topic=None)
        export()
    for path in list(media_root.rglob("*.png")):
        path.unlink()

    report = import_paths([target], Options(is_dry_run=True))

    assert [entry.status for entry in report.entries] == [Status.CREATED]
    assert not [finding for finding in report.entries[0].findings if finding.severity == "error"]
    assert not Image.objects.exists()
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def test_a_dry_run_keeps_the_pictures_of_the_site(folder, media_root):
    image = ImageFactory()

    load_records(folder, is_dry_run=True)

    assert image.file.storage.exists(image.file.name)


def test_an_article_written_here_carries_its_number_and_birth():
    born = datetime(2026, 5, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    article = ArticleFactory(created_at=born, source_id=None)

    assert own_id(article) == f"chelate:{article.pk}-20260430233000"
    assert own_id(Article.objects.get()) == own_id(article)


def test_an_imported_article_keeps_its_identity():
    assert own_id(Article(source_id="file:a.md")) == "file:a.md"


@pytest.mark.parametrize(
    ("change", "is_found"),
    [
        (lambda own: own, True),
        (lambda own: own[:-1] + "9", False),
        (lambda own: own.replace(":", ":9"), False),
        (lambda own: own + "0", False),
        (lambda own: "chelate:999999999999999999-20260501000000", False),
        (lambda own: "chelate:9999999999999999999999-20260501000000", False),
    ],
)
def test_an_identity_finds_its_article_and_no_other(change, is_found):
    article = ArticleFactory(created_at=datetime(2026, 5, 1, tzinfo=UTC), source_id=None)

    found = find_article(change(own_id(article)), "another-address", "Another title")

    assert (found == article) is is_found


def test_an_article_that_came_from_elsewhere_since_is_not_met_by_its_number():
    article = ArticleFactory(source_id=None)
    own = own_id(article)
    Article.objects.filter(pk=article.pk).update(source_id="file:a.md")

    assert find_article(own, "another-address", "Another title") is None


def test_a_taken_file_is_known_by_the_identity_that_it_carried(another_site, export, bring):
    with another_site:
        article = ArticleFactory(slug="zinc", topic=None)
        expected = own_id(article)
        export()

    bring()

    assert Article.objects.get().source_id == expected


def test_records_of_the_folder_win_over_the_site_s(another_site, export, bring):
    with another_site:
        AuthorFactory(slug="ana", bio="Writes on zinc.")
        export()
    AuthorFactory(slug="ana", bio="")

    bring()

    assert Author.objects.get().bio == "Writes on zinc."
