"""`manage.py export_content`: what it says and what it refuses."""

import pytest
from django.core.management import CommandError

from articles.models import Article
from articles.publishing import publish
from articles.revisions import save_revision
from tests.articles.tables import every_row
from tests.factories import ArticleFactory, ImageFactory

pytestmark = pytest.mark.django_db


def files(target):
    return sorted(path.name for path in (target / "articles").glob("*"))


def test_it_says_what_was_written_and_how_it_comes_back(export, target):
    ArticleFactory()

    out, _ = export()

    assert out.startswith("1 article and ")
    assert f"manage.py import_content {target}" in out


def test_progress_goes_to_standard_error(export):
    ArticleFactory.create_batch(51)

    _, err = export()

    assert "50 of 51 articles\n51 of 51 articles\n" in err
    assert "kinds of records" in err


def test_verbosity_0_is_silent(export):
    ArticleFactory()

    assert export(verbosity=0) == ("", "")


def test_only_some_articles(export, target):
    ArticleFactory(slug="zinc")
    ArticleFactory(slug="iron")
    ArticleFactory(slug="copper")

    export("--articles", "zinc", "iron")

    assert files(target) == ["iron.md", "zinc.md"]


def test_an_article_is_known_by_an_address_that_it_had(export, target):
    article = ArticleFactory(slug="zinc", topic=None)
    publish(article)
    save_revision(article, text="Zinc.", front_matter={"title": "Zinc", "slug": "zinc-heals"})

    export("--articles", "zinc")

    assert files(target) == ["zinc-heals.md"]


def test_an_unknown_address_is_refused_before_anything_is_written(export, target):
    ArticleFactory(slug="zinc-heals")

    with pytest.raises(CommandError, match="no article with the address zinc-heal; did you mean zinc-heals"):
        export("--articles", "zinc-heal")

    assert not target.exists()


def test_a_folder_that_is_not_empty_is_refused(export, target):
    export()

    with pytest.raises(CommandError, match="is not empty"):
        export()


def test_overwriting_says_what_was_removed(export, target):
    article = ArticleFactory(slug="zinc", topic=None)
    export()
    save_revision(article, text="Zinc.", front_matter={"title": "Zinc", "slug": "zinc-heals"})

    out, _ = export("--overwrite")

    assert "; 1 old file removed." in out
    assert files(target) == ["zinc-heals.md"]


def test_a_place_that_cannot_be_written_is_named(export, tmp_path):
    (tmp_path / "file").write_text("A file.")

    with pytest.raises(CommandError, match="file cannot be written: "):
        export(folder=tmp_path / "file")


def test_a_picture_whose_file_is_lost_is_said_and_the_rest_is_written(export, target):
    image = ImageFactory()
    image.file.storage.delete(image.file.name)
    ArticleFactory(slug="zinc")

    with pytest.raises(CommandError, match="The records of “articles” were not written"):
        export()

    assert files(target) == ["zinc.md"]


def test_an_empty_site_gives_an_empty_export(export, target):
    out, _ = export()

    assert out.startswith("0 articles and ")
    assert (target / "chelate.yaml").exists()


def test_exporting_leaves_the_database_as_it_was(export):
    publish(ArticleFactory(slug="zinc", topic=None))
    save_revision(
        Article.objects.get(),
        text="Zinc.",
        front_matter={"title": "Zinc", "references": [{"id": "smith2020"}], "affiliate_link": "nowhere"},
    )
    before = every_row()

    export()

    assert every_row() == before
