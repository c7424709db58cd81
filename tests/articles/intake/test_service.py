"""Importing files: created, updated, unchanged, kept, and what a dry run leaves behind."""

import pytest

from articles.intake import Options, Status, import_paths
from articles.models import Article, Author, Pin, Revision, Tag, Topic
from articles.revisions import save_revision
from tests.articles.intake.helpers import SENTENCE, article, statuses
from tests.factories import ArticleFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kernel_only")]


def test_a_new_file_becomes_an_article(write, run):
    write("copper.md", article(slug="copper", description="All about it.", date="2024-05-13"))

    report = run()

    stored = Article.objects.get()
    assert statuses(report) == [Status.CREATED]
    assert (stored.title, stored.slug, stored.source_id) == ("Copper and You", "copper", "file:copper.md")
    assert (stored.head.kind, stored.head.text) == (Revision.Kind.IMPORT, f"{SENTENCE}\n")
    assert stored.head.front_matter == {
        "title": "Copper and You",
        "slug": "copper",
        "description": "All about it.",
        "date": "2024-05-13",
    }
    assert stored.head.reason == "Imported from copper.md"


def test_the_entry_tells_what_the_article_holds(write, run):
    body = (
        f"{SENTENCE}\n\nStatistic: Half of us.\n\nReferences\n- Copper. Retrieved from: https://x.example/1"
    )
    write("a.md", article(body=body, recommended="[One, Two]"))

    (entry,) = run().entries

    assert (entry.references, entry.pins, entry.callouts, entry.disclaimers) == (1, 2, 1, 0)
    assert (entry.title, entry.slug) == ("Copper and You", "copper-and-you")


def test_the_same_file_again_changes_nothing(write, run):
    write("a.md", article(authors="[Ana Diaz]", topic="Metals", tags="[copper]"))
    run()
    before = list(Revision.objects.values_list())

    report = run()

    assert statuses(report) == [Status.UNCHANGED]
    assert list(Revision.objects.values_list()) == before
    assert Article.objects.count() == 1


def test_a_changed_file_gives_a_new_revision(write, run):
    write("a.md", article())
    run()
    write("a.md", article(body="Another text."))

    report = run()

    stored = Article.objects.get()
    assert statuses(report) == [Status.UPDATED]
    assert (stored.head.number, stored.head.text) == (2, "Another text.\n")


def test_what_an_editor_wrote_is_not_replaced(write, run):
    write("a.md", article())
    run()
    stored = Article.objects.get()
    save_revision(stored, text="An editor's text.", front_matter=stored.head.front_matter)
    write("a.md", article(body="A newer file."))

    report = run()

    assert statuses(report) == [Status.KEPT]
    assert Article.objects.get().head.text == "An editor's text."
    assert "Use --overwrite" in report.entries[0].not_understood[-1]


def test_an_editors_text_stays_while_the_file_stays(write, run):
    write("a.md", article())
    run()
    stored = Article.objects.get()
    save_revision(stored, text="An editor's text.", front_matter=stored.head.front_matter)

    report = run()

    assert statuses(report) == [Status.UNCHANGED]
    assert Article.objects.get().head.text == "An editor's text."


@pytest.mark.parametrize("body", [SENTENCE, "A newer file."])
def test_overwriting_keeps_the_editors_text_in_the_history(write, run, body):
    write("a.md", article())
    run()
    stored = Article.objects.get()
    save_revision(stored, text="An editor's text.", front_matter=stored.head.front_matter)
    write("a.md", article(body=body))

    report = run(overwrite=True)

    stored.refresh_from_db()
    assert statuses(report) == [Status.UPDATED]
    assert stored.head.text == f"{body}\n"
    assert [revision.text for revision in stored.revisions.all()][1] == "An editor's text."


def test_the_import_is_done_in_a_name(write, run):
    editor = UserFactory()
    write("a.md", article())

    run(by=editor)

    stored = Article.objects.get()
    assert (stored.owner, stored.head.author) == (editor, editor)


def test_a_dry_run_says_everything_and_writes_nothing(write, run):
    write("a.md", article(authors="[Ana Diaz]", topic="Metals", tags="[copper]", recommended="[One]"))
    write("b.md", article(title="Iron and You", body="See [copper](art:copper-and-you)."))

    report = run(is_dry_run=True)

    assert statuses(report) == [Status.CREATED, Status.CREATED]
    assert report.is_dry_run
    assert not any(model.objects.exists() for model in (Article, Revision, Author, Topic, Tag, Pin))
    assert "MD04" not in [finding.id for finding in report.entries[1].errors]


def test_a_dry_run_reports_what_the_real_run_does(write, run):
    write("a.md", article(authors="[Ana Diaz]", slug="copper"))
    write("b.md", article(title="Iron", slug="copper"))

    dry, real = run(is_dry_run=True), run()

    assert [entry.as_json() for entry in dry.entries] == [entry.as_json() for entry in real.entries]


def test_an_unchanged_file_makes_no_records_anew(write, run):
    write("a.md", article(authors="[Ana Diaz]"))
    run()
    Author.objects.all().delete()

    report = run()

    assert statuses(report) == [Status.UNCHANGED]
    assert not Author.objects.exists()


def test_progress_is_told_for_every_step(write, folder):
    write("a.md", article())
    write("b.png", "x")
    seen = []

    import_paths([folder], Options(publish=True), lambda *step: seen.append(step))

    assert seen == [
        ("files read", 1, 2),
        ("files read", 2, 2),
        ("articles checked", 1, 1),
        ("articles published or refused", 1, 1),
    ]


def test_articles_may_link_to_later_ones(write, run):
    write("a.md", article(body="See [iron](art:iron-and-you)."))
    write("b.md", article(title="Iron and You"))

    report = run()

    assert report.entries[0].errors == []


def test_pins_wait_for_articles_that_come_later(write, run):
    write("a.md", article(recommended="[Iron and You, Nowhere]"))
    write("b.md", article(title="Iron and You"))

    run()

    found = {pin.wanted: pin.target and pin.target.title for pin in Pin.objects.all()}
    assert found == {"Iron and You": "Iron and You", "Nowhere": None}


def test_an_article_written_here_is_not_replaced_by_a_file_of_the_same_address(write, run):
    mine = ArticleFactory(slug="copper-and-you", text="Mine.")
    write("a.md", article())

    report = run()

    mine.refresh_from_db()
    assert statuses(report) == [Status.KEPT]
    assert (mine.head.text, mine.source_id) == ("Mine.", None)


def test_overwriting_ties_such_an_article_to_its_file(write, run):
    mine = ArticleFactory(slug="copper-and-you", text="Mine.")
    write("a.md", article())

    run(overwrite=True)

    mine.refresh_from_db()
    assert (mine.head.text, mine.source_id) == (f"{SENTENCE}\n", "file:a.md")


def test_a_text_that_is_here_already_under_another_source_is_unchanged(write, run, folder):
    write("old/a.md", article())
    run()
    (folder / "old" / "a.md").rename(folder / "renamed.md")

    report = run()

    assert statuses(report) == [Status.UNCHANGED]
    assert Article.objects.count() == 1


@pytest.mark.parametrize("count", [1, 20])
def test_the_cost_of_a_file_does_not_grow_with_the_site(write, run, django_assert_num_queries, count):
    ArticleFactory.create_batch(count, source_id=None)
    write("a.md", article(tags="[copper]", topic="Metals"))
    run()

    # topic, tags, article, who has the address (2), last import, savepoint (3), checks: settings, words
    with django_assert_num_queries(11):
        run()


def test_a_text_beyond_the_compilers_caps_is_kept_and_told(write, run):
    write("a.md", article(body=f"{SENTENCE}\n\n" * 3_000))

    (entry,) = run().entries

    assert entry.status is Status.CREATED
    assert [finding.id for finding in entry.errors] == ["MD00"]
