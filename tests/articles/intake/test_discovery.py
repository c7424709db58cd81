"""Which files are read."""

from pathlib import Path

import pytest

from articles.intake import Status
from articles.intake.discovery import choose_importer, find_files
from cms import plugins
from cms.contracts import Importer
from tests.articles.intake.helpers import article, registry_with

pytestmark = pytest.mark.usefixtures("kernel_only")


def names(*paths):
    return [candidate.path.name for candidate in find_files(paths)]


def test_folders_are_read_in_the_order_of_their_names(write, folder):
    for name in ("b.md", "a.md", "z/c.md", "a/d.md"):
        write(name, "x")

    assert names(folder) == ["a.md", "b.md", "d.md", "c.md"]


def test_hidden_files_and_folders_stay_out(write, folder):
    for name in (".draft.md", ".git/a.md", "a.md"):
        write(name, "x")

    assert names(folder) == ["a.md"]


def test_a_file_named_twice_is_read_once(write, folder):
    path = write("a.md", "x")

    assert names(path, folder, folder / ".." / folder.name) == ["a.md"]


def test_a_loop_of_links_ends(write, folder):
    write("a.md", "x")
    (folder / "again").symlink_to(folder, target_is_directory=True)

    assert names(folder) == ["a.md"]


def test_a_file_lies_in_the_folder_that_was_named(write, folder):
    path = write("posts/a.md", "x")

    assert [candidate.root for candidate in find_files([folder])] == [folder]
    assert [candidate.root for candidate in find_files([path])] == [folder / "posts"]


@pytest.mark.django_db
def test_a_path_that_is_not_there_is_a_failure(run, folder):
    report = run(folder / "gone.md")

    assert [entry.status for entry in report.entries] == [Status.FAILED]
    assert "gone.md: there is no such file or folder" in report.entries[0].findings[0].message


@pytest.mark.django_db
def test_files_that_nobody_knows_are_counted_in_folders(write, run):
    write("a.md", article())
    picture = write("a.png", "x")

    report = run()

    assert report.ignored == [picture]
    assert len(report.entries) == 1


@pytest.mark.django_db
def test_a_named_file_that_nobody_knows_is_a_failure(write, run):
    path = write("a.png", "x")

    report = run(path)

    assert "no importer knows this kind of file" in report.failed[0].findings[0].message
    assert report.ignored == []


def test_the_surest_importer_reads(kernel_only):
    sure = Importer("sure", lambda path: 0.8, lambda path: iter(()))
    mine = list(kernel_only.importers.values())

    with plugins.use_registry(registry_with(kernel_only, importers=[*mine, sure])):
        assert choose_importer(Path("a.md")) is sure


def test_without_importers_nobody_knows_a_file(kernel_only):
    with plugins.use_registry(registry_with(kernel_only, importers=[])):
        assert choose_importer(Path("a.md")) is None
