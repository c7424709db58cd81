"""`manage.py lint`: what it finds, what it says, how it ends, and that nothing stays."""

import pytest

from articles.models import Article, Author
from articles.publishing import publish
from tests.articles.tables import every_row
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def ids(result):
    return [finding["id"] for finding in result.found]


def of(result, identifier):
    return next(finding for finding in result.found if finding["id"] == identifier)


def test_a_finding_has_these_keys(write, lint):
    write("a.md", "# One\n\n:::statistic\nCopper.")

    found = of(lint("a.md"), "MD01")

    assert found == {
        "id": "MD01",
        "severity": "error",
        "critical": False,
        "file": "a.md",
        "line": 7,
        "quote": ":::statistic",
        "message": "The block :::statistic is never closed.",
        "fix": "Put ::: on a line of its own where the block ends.",
    }


def test_an_error_finding_ends_with_1(write, lint):
    write("a.md", "[there](art:nowhere)")

    result = lint("a.md")

    assert result.code == 1
    assert (of(result, "MD04")["line"], of(result, "MD04")["quote"]) == (5, "art:nowhere")


def test_a_clean_file_ends_with_0(write, lint):
    write("a.md")

    result = lint("a.md")

    assert (result.code, result.found) == (0, [])


def test_a_warning_ends_with_0(write, lint):
    write("a.md", title=None, slug=None)

    result = lint("a.md")

    assert result.code == 0
    assert {finding["severity"] for finding in result.found} == {"warning"}


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("broken.md", b"---\ntitle: [\n---\nText.", 3, "not valid YAML"),
        ("latin.md", b"---\ntitle: A\n---\nW\xe4rme", 4, "Save the file as UTF-8"),
        ("empty.md", b"", 1, "there is no text in it"),
        ("table.xlsx", b"PK", 1, "no importer knows this kind of file"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_2(folder, lint, name, content, line, message):
    (folder / name).write_bytes(content)

    result = lint(name)

    assert result.code == 2
    [found] = result.found
    assert (found["file"], found["line"], found["severity"]) == (name, line, "error")
    assert message in found["message"]
    assert "run lint again" in found["fix"]


def test_a_path_that_does_not_exist_ends_with_2(folder, lint):
    result = lint("nowhere.md")

    assert result.code == 2
    assert "no such file or folder" in result.found[0]["message"]


def test_one_bad_file_does_not_hide_the_findings_of_another(write, folder, lint):
    (folder / "bad.md").write_bytes(b"\xff")
    write("good.md", "[there](art:nowhere)")

    result = lint(".")

    assert result.code == 2
    assert ids(result) == ["IMP21", "MD04"]


def test_findings_stand_in_the_order_of_files_and_lines(write, lint):
    write("b.md", "Text.\n\n[b](art:two)\n\n[a](art:one)", slug="b")
    write("a.md", "[c](art:three)", slug="a")

    found = lint("b.md", "a.md").found

    assert [(one["file"], one["line"]) for one in found] == [("b.md", 7), ("b.md", 9), ("a.md", 5)]


def test_articles_of_one_run_may_link_to_one_another(write, lint):
    write("a.md", "See [zinc](art:zinc).", slug="a")
    write("z.md", "See [the other](art:a).", slug="zinc", title="Zinc")

    result = lint(".")

    assert result.code == 0
    assert [(one["id"], one["severity"]) for one in result.found] == [("MD04", "info")] * 2


def test_a_link_to_a_published_article_is_fine(write, lint):
    publish(ArticleFactory(slug="zinc", topic=None))
    write("a.md", "See [zinc](art:zinc).")

    assert lint("a.md").found == []


def test_lines_are_those_of_the_file_where_the_import_has_moved_them(folder, lint):
    text = "Copper\n======\n\nStatistic: Half of it is iron. - Study Insight: See [there](art:nowhere).\n"
    (folder / "a.md").write_text(text)

    assert of(lint("a.md"), "MD04")["line"] == 4


def test_a_finding_without_words_has_its_line_in_the_file(write, lint):
    write("a.md", "Copper.\n\n::compare{one}")

    assert [(one["line"], one["quote"]) for one in lint("a.md").found if one["id"] == "PRD02"] == [(7, "")]


def test_what_the_import_did_is_told_and_what_it_did_not_understand(write, lint):
    write("a.md", colour="red", author="Ana Weiß")

    result = lint("a.md")

    told = {(one["id"], one["line"]) for one in result.found}
    assert {("IMP15", 5), ("IMP20", 4)} <= told


def test_a_record_that_front_matter_names_is_looked_up(write, lint, monkeypatch):
    monkeypatch.setattr("articles.intake.article.with_records", lambda values, notes: dict(values))
    write("a.md", topic="ghost")

    found = of(lint("a.md"), "FM02")

    assert (found["severity"], found["line"], found["quote"]) == ("error", 4, "ghost")


def test_a_text_beyond_a_cap_is_a_critical_finding(write, lint):
    write("a.md", "[" * 3_000)

    found = of(lint("a.md"), "MD00")

    assert (found["severity"], found["critical"]) == ("error", True)


def test_everything_is_left_as_it_was(write, lint):
    publish(ArticleFactory(slug="zinc", source_id="file:old.md"))
    ArticleFactory(slug="copper", source_id=None)
    write("old.md", "A new text.", slug="zinc")
    write(
        "a.md",
        "See [zinc](art:zinc) and [@smith2020].",
        authors="[New Person]",
        tags="[new]",
        topic="New",
        affiliate_link="https://www.amazon.com/dp/B000000000",
        references="[{id: smith2020, type: book, title: Copper, DOI: 10.1000/182}]",
        disclaimers="[Ask your doctor.]",
    )
    before = every_row()

    lint(".")

    assert every_row() == before


def test_a_picture_beside_the_text_stays_out_of_the_media_folder(write, folder, lint, media_root):
    from PIL import Image

    Image.new("RGB", (8, 8)).save(folder / "red.png")
    write("a.md", "![A red square](red.png)")

    result = lint("a.md")

    assert ids(result) == ["IMP18"]
    assert not media_root.exists()


def test_the_file_is_checked_even_if_an_editor_has_changed_the_article(write, lint):
    ArticleFactory(slug="copper", source_id="file:a.md", text="Ours.")
    write(
        "a.md",
        "[there](art:nowhere) [@smith2020]",
        references="[{id: smith2020, type: book, title: Copper, DOI: 10.1000/182}]",
    )

    assert ids(lint("a.md")) == ["MD04"]


def test_an_unchanged_article_is_checked_too(write, lint):
    from articles.intake import import_paths

    path = write("a.md", "[there](art:nowhere)")
    import_paths([path])

    assert ids(lint("a.md")) == ["MD04"]


def test_an_empty_database_is_enough(write, lint):
    write("a.md", authors="[Ana]")

    assert lint("a.md").code == 0
    assert not Article.objects.exists()
    assert not Author.objects.exists()


@pytest.mark.parametrize("kind", ["text", "json", "sarif"])
def test_a_folder_without_articles_says_so(folder, lint, kind):
    (folder / "logo.svg").write_text("<svg/>")

    result = lint(".", kind=kind)

    assert result.code == 0
    said = result.out if kind == "text" else result.err
    assert "no article to check; no importer knows 1 file (logo.svg)" in said
    assert "Markdown (.md)" in said


def test_json_of_nothing_is_an_empty_list(folder, lint):
    assert lint(".").found == []


def test_progress_is_told_from_fifty_files_on(write, lint):
    for number in range(51):
        write(f"{number}.md", title=f"Copper {number}", slug=f"copper-{number}")

    result = lint(".")

    assert "50 of 51 files read" in result.err
    assert "51 of 51 articles checked" in result.err


def test_fewer_files_make_no_noise(write, lint):
    write("a.md")

    assert lint("a.md").err == ""


@pytest.mark.parametrize("count", [1, 8])
def test_the_cost_of_a_file_does_not_grow_with_the_run(write, lint, django_assert_max_num_queries, count):
    for number in range(count):
        write(f"{number}.md", title=f"Copper {number}", slug=f"copper-{number}")

    with django_assert_max_num_queries(10 + 30 * count):
        lint(".")
