"""The folder: refused, written file by file, cleaned of what an earlier export left."""

import pytest
import yaml

from articles.exporters import FolderNotEmpty, export_folder
from articles.exporters.folder import Folder, open_folder
from articles.models import Article
from articles.revisions import save_revision
from cms import plugins
from cms.contracts import Portable
from tests.articles.intake.helpers import registry_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kernel_only")]


def write(slug="zinc", text="Zinc."):
    article = Article.objects.create(title=slug.title(), slug=slug)
    save_revision(article, text=text, front_matter={"title": article.title, "slug": slug})
    return article


def rename(article, slug):
    save_revision(article, text="Zinc.", front_matter={"title": article.title, "slug": slug})


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def manifest(folder):
    return yaml.safe_load((folder / "chelate.yaml").read_text())


def with_portables(*portables):
    return plugins.use_registry(registry_with(plugins.registry(), portables=portables))


def portable(name, **files):
    def dump(folder):
        for file, text in files.items():
            (folder / f"{file}.yaml").write_text(text)

    return Portable(name, dump, load=lambda folder: None)


def failing_portable(name):
    def dump(folder):
        (folder / "half.yaml").write_text("half")
        raise ValueError("no more")

    return Portable(name, dump, load=lambda folder: None)


def test_a_new_folder_is_made(tmp_path):
    write()

    export_folder(tmp_path / "a" / "b")

    assert names(tmp_path / "a" / "b") == [
        "articles/zinc.md",
        "authors.yaml",
        "chelate.yaml",
        "images.yaml",
        "topics.yaml",
    ]


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("Mine.")

    with pytest.raises(FolderNotEmpty, match=r"is not empty\. Choose another folder, or use --overwrite"):
        export_folder(tmp_path)

    assert names(tmp_path) == ["mine.txt"]


def test_a_hidden_file_does_not_count(tmp_path):
    (tmp_path / ".git").mkdir()

    export_folder(tmp_path)

    assert "chelate.yaml" in names(tmp_path)


def test_overwriting_leaves_foreign_files_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("Mine.")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "mine.md").write_text("Mine.")

    export_folder(tmp_path, overwrite=True)

    assert {"mine.txt", "articles/mine.md"} <= set(names(tmp_path))


def test_the_file_of_an_article_that_is_gone_is_removed(tmp_path):
    write()
    gone = write("iron")
    export_folder(tmp_path)
    gone.head = None
    gone.save()
    gone.delete()

    exported = export_folder(tmp_path, overwrite=True)

    assert (exported.articles, exported.removed) == (1, 1)
    assert [name for name in names(tmp_path) if "articles/" in name] == ["articles/zinc.md"]


def test_a_renamed_article_has_one_file(tmp_path):
    article = write()
    export_folder(tmp_path)
    rename(article, "zinc-heals")

    export_folder(tmp_path, overwrite=True)

    assert [name for name in names(tmp_path) if "articles/" in name] == ["articles/zinc-heals.md"]


def test_a_part_of_the_articles_leaves_the_others_files(tmp_path):
    write("iron")
    article = write()
    export_folder(tmp_path)
    rename(article, "zinc-heals")

    exported = export_folder(tmp_path, slugs=["zinc-heals"], overwrite=True)

    assert (exported.articles, exported.removed) == (1, 1)
    assert list(manifest(tmp_path)["articles"]) == ["articles/iron.md", "articles/zinc-heals.md"]
    assert {"articles/iron.md", "articles/zinc-heals.md"} <= set(names(tmp_path))
    assert "articles/zinc.md" not in names(tmp_path)


def test_articles_of_one_address_have_files_of_their_own(tmp_path):
    first, second = write(), write()

    export_folder(tmp_path)

    assert list(manifest(tmp_path)["articles"]) == ["articles/zinc.md", f"articles/zinc-{second.pk}.md"]
    assert f"source_id: chelate:{first.pk}-" in (tmp_path / "articles" / "zinc.md").read_text()


def test_only_one_of_them_does_not_write_over_the_other(tmp_path):
    write()
    second = write()
    rename(second, "other")
    export_folder(tmp_path)
    rename(second, "zinc")

    export_folder(tmp_path, slugs=["zinc"], overwrite=True)

    assert sorted(manifest(tmp_path)["articles"]) == [f"articles/zinc-{second.pk}.md", "articles/zinc.md"]


def test_an_article_without_an_address(tmp_path):
    folder = Folder(tmp_path)

    folder.add_article("", 7, "chelate:7", "Text.")

    assert names(tmp_path) == ["articles/article.md"]


def test_records_of_every_plugin_are_written(tmp_path):
    with with_portables(portable("one", a="1", b="2"), portable("two", c="3")):
        exported = export_folder(tmp_path)

    assert exported.records == 3
    assert manifest(tmp_path)["records"] == ["a.yaml", "b.yaml", "c.yaml"]


def test_records_that_are_no_longer_written_are_removed(tmp_path):
    with with_portables(portable("one", a="1", b="2")):
        export_folder(tmp_path)

    with with_portables(portable("one", a="1")):
        exported = export_folder(tmp_path, overwrite=True)

    assert exported.removed == 1
    assert names(tmp_path) == ["a.yaml", "chelate.yaml"]


def test_a_failing_plugin_does_not_stop_the_others_and_leaves_no_half_file(tmp_path):
    with with_portables(failing_portable("bad"), portable("good", a="1")):
        exported = export_folder(tmp_path)

    assert exported.problems == ["The records of “bad” were not written (ValueError: no more)."]
    assert names(tmp_path) == ["a.yaml", "chelate.yaml"]


def test_a_failing_plugin_keeps_what_it_wrote_before(tmp_path):
    with with_portables(portable("bad", a="1")):
        export_folder(tmp_path)

    with with_portables(failing_portable("bad")):
        export_folder(tmp_path, overwrite=True)

    assert names(tmp_path) == ["a.yaml", "chelate.yaml"]
    assert manifest(tmp_path)["records"] == ["a.yaml"]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    folder = Folder(tmp_path)
    folder.write("a.md", b"Old.")

    with pytest.raises(TypeError):
        folder.write("a.md", "no bytes")

    assert (tmp_path / "a.md").read_bytes() == b"Old."
    assert names(tmp_path) == ["a.md"]


def test_files_are_readable_for_others(tmp_path):
    Folder(tmp_path).write("a.md", b"Text.")

    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", ["../outside.md", "/etc/outside.md", "articles/../../outside.md"])
def test_a_manifest_cannot_have_files_elsewhere_removed(tmp_path, name):
    inside = tmp_path / "export"
    inside.mkdir()
    (tmp_path / "outside.md").write_text("Stay.")
    (inside / "chelate.yaml").write_text(yaml.safe_dump({"articles": {name: "x"}, "records": [name]}))

    folder = open_folder(inside, overwrite=True)

    assert (folder.articles, folder.records) == ({}, [])


@pytest.mark.parametrize("text", ["", "[", "- a", "articles: 7\nrecords: x", "\x00"])
def test_a_manifest_that_is_none_is_no_manifest(tmp_path, text):
    (tmp_path / "chelate.yaml").write_text(text)

    folder = open_folder(tmp_path, overwrite=True)

    assert (folder.articles, folder.records) == ({}, [])


@pytest.mark.parametrize("count", [2, 12])
def test_queries_do_not_grow_with_the_articles(tmp_path, count, django_assert_num_queries):
    for number in range(count):
        write(f"zinc-{number}")

    # Identities, one batch of articles, authors, topics, pictures; and what people decided: slugs, old addresses,
    # overrides, signatures, settings of checks.
    with django_assert_num_queries(10):
        export_folder(tmp_path)
