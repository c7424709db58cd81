"""A file or an importer that fails takes nothing else down."""

import pytest

from articles.intake import Status
from articles.models import Article
from cms import plugins
from cms.contracts import ImportedArticle, Importer
from tests.articles.intake.helpers import article, ids_of, message_of, registry_with, statuses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kernel_only")]


def test_one_bad_file_never_stops_the_rest(write, run):
    write("a.md", article())
    write("b.md", "---\ntitle: [\n---\nText.")
    (write("c.md", "x")).write_bytes(b"it\x92s")
    write("d.md", article(title="Iron and You"))

    report = run()

    assert statuses(report) == [Status.CREATED, Status.FAILED, Status.FAILED, Status.CREATED]
    assert [entry.source.name for entry in report.failed] == ["b.md", "c.md"]
    assert "b.md, line 3: the front matter is not valid YAML" in report.failed[0].findings[0].message
    assert report.failed[0].findings[0].line == 3
    assert ids_of(report.failed[1]) == ["IMP21"]


def test_an_article_that_cannot_be_stored_never_stops_the_rest(write, run, monkeypatch):
    write("a.md", article())
    write("b.md", article(title="Iron and You"))
    from articles.intake import article as module

    real = module.save_revision

    def save(stored, **values):
        if stored.title == "Copper and You":
            raise RuntimeError("the disk is full")
        return real(stored, **values)

    monkeypatch.setattr(module, "save_revision", save)
    report = run()

    assert statuses(report) == [Status.FAILED, Status.CREATED]
    assert "'Copper and You' could not be stored (RuntimeError: the disk is full)" in message_of(
        report.failed[0], "IMP21"
    )
    assert Article.objects.get().title == "Iron and You"


def importer(read):
    return Importer("foreign", lambda path: 0.9 if path.suffix == ".xml" else 0.0, read)


def test_one_file_may_hold_many_articles(write, run, kernel_only):
    def read(path):
        for number in (1, 2):
            yield ImportedArticle(
                f"guid:{number}", path, f"Metal {number}", "Text.\n", slug=f"metal-{number}"
            )

    path = write("all.xml", "<xml/>")
    with plugins.use_registry(registry_with(kernel_only, importers=[importer(read)])):
        first, second = run(), run()

    assert [entry.slug for entry in first.entries] == ["metal-1", "metal-2"]
    assert statuses(second) == [Status.UNCHANGED] * 2
    assert {entry.source for entry in first.entries} == {path}
    assert set(Article.objects.values_list("source_id", flat=True)) == {"guid:1", "guid:2"}


def test_what_an_importer_gave_before_it_failed_stays(write, run, kernel_only):
    def read(path):
        yield ImportedArticle("guid:1", path, "Metal 1", "Text.\n", slug="metal-1")
        raise ZeroDivisionError("oh")

    write("all.xml", "<xml/>")
    with plugins.use_registry(registry_with(kernel_only, importers=[importer(read)])):
        report = run()

    assert statuses(report) == [Status.CREATED, Status.FAILED]
    assert "the importer “foreign” failed (ZeroDivisionError: oh)" in message_of(report.failed[0], "IMP21")


def test_an_importer_that_fails_to_sniff_is_passed_over(write, run, kernel_only):
    broken = Importer("broken", lambda path: 1 / 0, lambda path: iter(()))
    mine = list(kernel_only.importers.values())
    write("a.md", article())

    with plugins.use_registry(registry_with(kernel_only, importers=[broken, *mine])):
        report = run()

    assert statuses(report) == [Status.CREATED]
