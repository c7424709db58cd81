"""Moving in from WordPress: the whole way from an export to articles, by the command and by the service."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from freezegun import freeze_time
from PIL import Image as Pillow

from articles.intake import Status
from articles.models import Article, Author, Edition, Image, OldAddress, Tag, Topic
from articles.revisions import save_revision
from tests.articles.importers.wxr.files import SENTENCE, meta, picture, post, terms, write
from tests.articles.intake.helpers import statuses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kernel_only")]


@pytest.fixture
def command():
    def command(path, *arguments):
        out = StringIO()
        call_command("import_content", str(path), "--json", *arguments, stdout=out, stderr=StringIO())
        return json.loads(out.getvalue())

    return command


def counts(report):
    return report["created"], report["updated"], report["unchanged"]


def two_posts(folder, second=SENTENCE):
    zinc = post(2, second, title="Zinc and You", name="zinc-and-you")
    return write(folder, post(1), zinc, post(3, name="gone", status="trash"))


def test_a_dry_run_tells_and_writes_nothing(folder, command):
    report = command(two_posts(folder), "--dry-run")

    assert counts(report) == (2, 0, 0)
    assert [row["slug"] for row in report["articles"]] == ["copper-and-you", "zinc-and-you"]
    assert report["articles"][1]["not_understood"] == ["Left out of the export: posts in the trash: 1."]
    assert not Article.objects.exists()


def test_a_second_import_changes_nothing(folder, command):
    path = two_posts(folder)
    first = command(path)

    second = command(path)

    assert (counts(first), counts(second)) == ((2, 0, 0), (0, 0, 2))
    assert Article.objects.count() == 2


def test_a_post_that_changed_is_updated_whatever_its_file_is_called(folder, command):
    command(two_posts(folder))
    zinc = post(2, "Newer words.", title="Zinc, Again", name="zinc-again")
    path = write(folder, post(1), zinc, name="later.xml")

    report = command(path)

    assert counts(report) == (0, 1, 1)
    article = Article.objects.get(source_id="https://old.example/?p=2")
    assert (article.title, article.head.text) == ("Zinc, Again", "Newer words.\n")


def test_what_an_editor_wrote_here_is_kept(folder, run):
    run(two_posts(folder))
    article = Article.objects.get(slug="zinc-and-you")
    save_revision(article, text="Mine.", front_matter=article.head.front_matter)

    report = run(two_posts(folder, "Newer words."))

    assert statuses(report) == [Status.UNCHANGED, Status.KEPT]


def test_people_topics_and_tags_come_along(folder, run):
    sorted_in = terms("Sleep & Rest", "Minerals") + terms("iron", domain="post_tag")
    primary = meta(_yoast_wpseo_primary_category="3")

    run(write(folder, post(more=sorted_in + primary)))

    front_matter = Article.objects.get().head.front_matter
    assert front_matter["topic"] == Topic.objects.get(name="Minerals").slug
    assert (
        front_matter["tags"]
        == [tag.name for tag in Tag.objects.order_by("-slug")]
        == ["Sleep & Rest", "iron"]
    )
    assert front_matter["authors"] == [Author.objects.get(name="Ana Lima").slug]


def test_publishing_keeps_the_date_and_leads_old_addresses_on(folder, run, client):
    former = meta(_wp_old_slug=["cooper-and-you"])

    run(write(folder, post(more=former)), publish=True)

    edition = Edition.objects.live().get()
    assert edition.published_at.isoformat() == "2021-05-03T08:00:00+00:00"
    assert set(OldAddress.objects.values_list("path", flat=True)) == {
        "/2021/05/copper-and-you",
        "/2021/05/cooper-and-you",
    }
    response = client.get("/2021/05/cooper-and-you/")
    assert (response.status_code, response["Location"]) == (301, "/articles/copper-and-you/")


@pytest.mark.parametrize("status", ["draft", "pending", "private"])
def test_what_was_not_public_stays_a_draft(folder, run, status):
    report = run(write(folder, post(status=status)), publish=True)

    assert report.entries[0].publication == "left as a draft: the front matter says so"
    assert not Edition.objects.exists()


def test_pages_and_posts_with_a_password_stay_drafts(folder, run):
    secret = post(2, name="secret", title="Secret", post_password="x")
    report = run(write(folder, post(1, kind="page"), secret), publish=True)

    assert not Edition.objects.exists()
    assert "was a page of WordPress" in report.entries[0].not_understood[0]
    assert "asked for a password" in report.entries[1].not_understood[0]


@freeze_time("2021-05-01")
def test_a_post_for_later_is_scheduled(folder, run):
    report = run(write(folder, post(status="future")), publish=True)

    assert report.entries[0].publication == "scheduled for 2021-05-03 08:00 UTC"


def test_posts_that_link_to_one_another_do_so_here(folder, run, client):
    body = '<p>See <a href="https://www.old.example/2021/05/zinc-and-you/">zinc</a>.</p>'
    zinc = post(2, name="zinc-and-you", title="Zinc and You")

    run(write(folder, zinc, post(1, body)), publish=True)

    assert Article.objects.get(slug="copper-and-you").head.text == "See [zinc](art:zinc-and-you).\n"
    assert b'href="/articles/zinc-and-you/"' in client.get("/articles/copper-and-you/").content


def test_pictures_come_in_from_the_uploads_beside_the_export(folder, run):
    place = folder / "wp-content" / "uploads" / "jar.png"
    place.parent.mkdir(parents=True)
    Pillow.new("RGB", (8, 8), "red").save(place)
    body = '<figure><img class="wp-image-9" src="https://old.example/wp-content/uploads/jar-300x200.png"/></figure>'
    library = picture(9, "/wp-content/uploads/jar.png", "A jar of salt")

    run(write(folder, post(1, body, more=meta(_thumbnail_id="9")), library))

    head = Article.objects.get().head
    assert head.text == "![A jar of salt](img:jar)\n"
    assert head.front_matter["image"] == Image.objects.get(alt="A jar of salt").slug


def test_the_lines_of_findings_are_those_of_the_export(folder, run):
    path = write(folder, post(1, "<p>Safe.</p>\n\n<p>Safe (Jargon, 2022).</p>"))
    place = path.read_text().split("\n").index("<p>Safe (Jargon, 2022).</p>]]></content:encoded>") + 1

    entry = run(path).entries[0]

    assert [finding.line for finding in entry.findings if finding.id == "EVD04"] == [place]


def test_a_broken_export_stores_nothing(folder):
    path = two_posts(folder)
    path.write_text(path.read_text().replace("</channel>", "</chanel>"))

    with pytest.raises(CommandError, match="1 file could not be read"):
        call_command("import_content", str(path), stdout=StringIO(), stderr=StringIO())
    assert not Article.objects.exists()
