"""One article as a file, and the file as the same article. The kernel alone, without a database."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from articles.exporters.file import write_article
from articles.importers.front_matter import read, sniff
from articles.models import Article, Revision
from tests.articles.exporters.strategies import BODIES, FRONT_MATTERS

pytestmark = pytest.mark.usefixtures("kernel_only")
BORN = datetime(2026, 5, 1, 12, 0, 30, tzinfo=UTC)


def exported(text="Zinc.", front_matter=None, **values):
    values = {"pk": 7, "title": "Zinc", "slug": "zinc", "created_at": BORN} | values
    front_matter = {"title": "Zinc", "slug": "zinc"} if front_matter is None else front_matter
    return write_article(Article(**values), Revision(text=text, front_matter=front_matter))


def read_back(content, name="zinc.md"):
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content.encode())
        assert sniff(path) == 1
        [article] = read(path)
    return article


@given(FRONT_MATTERS, BODIES)
def test_text_and_front_matter_come_back(front_matter, text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as it is saved

    article = read_back(exported(text, front_matter), "2024-05-13-zinc.md")

    assert (article.text, article.front_matter) == (text, front_matter)
    assert (article.title, article.slug, article.source_id) == ("Zinc", "zinc", "chelate:7-20260501120030")
    assert (article.findings, article.not_understood, article.is_exact) == ((), (), True)


@given(BODIES)
def test_every_line_knows_its_line_in_the_file(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    content = exported(text)

    article = read_back(content)

    lines = content.split("\n")
    assert [lines[number - 1] for number in article.line_map] == text.split("\n")


def test_a_file_reads_like_an_article():
    assert exported("## Zinc\n\nIt heals.\n") == (
        "---\ntitle: Zinc\nslug: zinc\nformat: chelate\nsource_id: chelate:7-20260501120030\n---\n"
        "## Zinc\n\nIt heals.\n"
    )


def test_an_imported_article_keeps_its_identity():
    assert read_back(exported(source_id="file:posts/zinc.md")).source_id == "file:posts/zinc.md"


def test_a_title_and_address_that_the_front_matter_does_not_say():
    article = read_back(exported(front_matter={}, title="亜鉛", slug="article-2"))

    assert (article.title, article.slug, article.front_matter) == ("亜鉛", "article-2", {})


def test_keys_of_the_article_that_the_format_needs_itself():
    own = {"format": "gallery", "_format": "x", "source_id": "theirs", "title": "Zinc", "slug": "zinc"}

    content = exported(front_matter=own)

    assert "_format: gallery\n" in content
    assert read_back(content).front_matter == own


def test_callouts_and_pins_are_counted():
    front_matter = {"title": "Zinc", "slug": "zinc", "recommended": ["iron", "copper"]}

    article = read_back(exported(":::statistic\nHalf.\n:::\n", front_matter))

    assert (article.callout_count, article.pins) == (1, ("iron", "copper"))


def test_an_edited_file_may_write_a_list_as_text():
    content = exported().replace("slug: zinc\n", "slug: zinc\nauthors: ana, bo\n")

    assert read_back(content).front_matter["authors"] == ["ana", "bo"]


def test_an_edited_file_may_write_a_bare_date():
    content = exported().replace("slug: zinc\n", "slug: zinc\ndate: 2024-05-13\n")

    article = read_back(content)

    assert article.front_matter["date"] == "2024-05-13"
    assert article.published_on.year == 2024


def test_a_comment_that_somebody_added_is_told():
    content = exported().replace("slug: zinc\n", "slug: zinc\n# soon\n")

    assert [finding.id for finding in read_back(content).findings] == ["IMP12"]


def test_a_file_without_any_name_takes_the_file_s():
    article = read_back("---\nformat: chelate\n---\n", "zinc and iron.md")

    assert (article.title, article.slug, article.text) == ("zinc and iron", "zinc-and-iron", "")
