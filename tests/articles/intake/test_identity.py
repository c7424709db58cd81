"""Which article a file is, and which address it gets."""

from pathlib import Path

import pytest

from articles.intake import Status
from articles.intake.identity import find_article, free_slug, holder_of, source_id_of
from articles.models import Article, SlugClaim
from cms.contracts import ImportedArticle
from tests.articles.intake.helpers import article, message_of
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kernel_only")]
ROOT = Path("/content")


def imported(path="/content/posts/a.md", source_id=""):
    return ImportedArticle(source_id, Path(path), "Copper", "Text.")


@pytest.mark.parametrize(
    ("path", "own", "source_id"),
    [
        ("/content/posts/a.md", "", "file:posts/a.md"),
        ("/content/a.md", "", "file:a.md"),
        ("/elsewhere/a.md", "", "file:a.md"),
        ("/content/a.md", "guid:7", "guid:7"),
    ],
)
def test_source_id(path, own, source_id):
    assert source_id_of(imported(path, own), ROOT) == source_id


def test_long_identities_are_cut_and_stay_apart():
    one = source_id_of(imported(source_id="x" * 300 + "1"), ROOT)
    two = source_id_of(imported(source_id="x" * 300 + "2"), ROOT)

    assert len(one) == len(two) == 200
    assert one != two


@pytest.mark.parametrize(
    ("stored", "asked", "found"),
    [
        ("file:posts/a.md", "file:posts/a.md", True),
        ("file:posts/a.md", "file:a.md", True),
        ("file:a.md", "file:posts/a.md", True),
        ("file:posts/a.md", "file:a/posts/a.md", True),
        ("file:posts/a.md", "file:pages/a.md", False),
        ("file:posts/ba.md", "file:a.md", False),
        ("guid:a.md", "file:a.md", False),
        ("guid:1", "guid:1", True),
    ],
)
def test_a_file_is_found_again_alone_or_in_its_folder(stored, asked, found):
    ArticleFactory(source_id=stored, slug="copper", title="Copper")

    assert (find_article(asked, "copper", "Copper") is not None) is found


def test_a_file_of_the_same_name_with_another_title_is_another_article():
    ArticleFactory(source_id="file:posts/index.md", slug="iron", title="Iron")

    assert find_article("file:index.md", "copper", "Copper") is None


def test_an_article_written_here_is_met_by_its_address():
    mine = ArticleFactory(slug="copper")

    assert find_article("file:a.md", "copper", "Copper") == mine


def test_holder_of_an_address():
    live = ArticleFactory(slug="iron")
    SlugClaim.objects.create(slug="old-iron", article=live)

    assert holder_of("iron", None) == live
    assert holder_of("old-iron", None) == live
    assert holder_of("iron", live) is None
    assert holder_of("old-iron", live) is None
    assert holder_of("copper", None) is None


def test_free_slug_counts_on_and_stays_short():
    ArticleFactory(slug="iron-2")

    assert free_slug("iron") == "iron-3"
    assert len(free_slug("x" * 120)) == 120


def test_two_files_that_want_one_address(write, run):
    write("a.md", article(slug="copper"))
    write("b.md", article(title="Copper Again", slug="copper"))

    report = run()

    assert [entry.slug for entry in report.entries] == ["copper", "copper-2"]
    assert "belongs to “Copper and You”; this article got “copper-2”" in message_of(
        report.entries[1], "IMP16"
    )
    assert Article.objects.get(slug="copper-2").head.front_matter["slug"] == "copper-2"


def test_the_second_run_gives_the_same_addresses(write, run):
    write("a.md", article(slug="copper"))
    write("b.md", article(title="Copper Again", slug="copper"))
    run()

    report = run()

    assert [entry.status for entry in report.entries] == [Status.UNCHANGED] * 2


def test_a_new_address_in_the_file_is_taken_over(write, run):
    write("a.md", article(slug="copper"))
    run()
    write("a.md", article(slug="red-metal"))

    run()

    assert Article.objects.get().slug == "red-metal"


def test_a_folder_and_its_inner_folder_are_the_same_articles(write, run, folder):
    write("posts/a.md", article())
    run()

    report = run(folder / "posts")

    assert [entry.status for entry in report.entries] == [Status.UNCHANGED]
    assert Article.objects.count() == 1
