"""The record of an edition: complete, the same twice, and safe to hand out."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from hypothesis import given
from hypothesis import strategies as st

from articles import publishing
from articles.admin.compliance.seen import moment_of
from articles.compliance.evidence import bundle, record
from articles.models import AuditEvent, Review
from tests.factories import ArticleFactory, AuthorFactory, EditionFactory, UserFactory


@pytest.fixture
def edition(db):
    article = ArticleFactory(title="Zinc & doses", text="Take *15 mg* of zinc.")
    return publishing.publish(article, by=UserFactory(username="anna"), reason="First version")


def files(edition):
    with zipfile.ZipFile(io.BytesIO(bundle(edition, with_log=True))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_it_holds_the_page_its_source_and_its_record(edition):
    found = files(edition)

    assert "<em>15 mg</em>" in found["page.html"]
    assert "Zinc &amp; doses" in found["page.html"]
    assert found["source.md"].endswith("Take *15 mg* of zinc.")
    assert json.loads(found["record.json"])["published_by"] == "anna"


def test_the_page_stands_alone(edition):
    page = files(edition)["page.html"]

    assert "<script" not in page
    assert "<link" not in page
    assert "src=" not in page


def test_the_checksums_are_those_of_the_files(edition):
    found = files(edition)

    for line in found["SHA256SUMS"].splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(found[name].encode()).hexdigest() == digest
    assert len(found["SHA256SUMS"].splitlines()) == 3


def test_an_ended_edition_gives_the_same_bytes_twice(edition, frozen_time):
    publishing.unpublish(edition.article)
    edition.refresh_from_db()
    first = bundle(edition, with_log=True)
    frozen_time.tick(timedelta(days=30))

    assert bundle(edition, with_log=True) == first


def test_the_record_tells_who_did_what_while_it_was_shown(frozen_time, edition):
    frozen_time.tick(timedelta(days=1))
    publishing.unpublish(edition.article, reason="Wrong dose")
    edition.refresh_from_db()
    frozen_time.tick(timedelta(days=1))
    AuditEvent.objects.create(kind="published", article=edition.article, reason="Later")

    log = [(row["what"], row["reason"]) for row in record(edition, with_log=True)["log"]]

    assert log == [("published", "First version"), ("unpublished", "Wrong dose")]


def test_the_end_of_an_edition_is_in_its_log(edition):
    publishing.unpublish(edition.article, reason="Wrong dose")
    edition.refresh_from_db()

    assert record(edition, with_log=True)["log"][-1]["what"] == "unpublished"


def test_the_record_names_every_version_that_was_shown(edition):
    edition.dependencies.create(key="disclaimer:3", version="7")

    assert {"record": "disclaimer:3", "version": "7"} in record(edition, with_log=True)["showed"]


def test_the_record_holds_the_signatures(edition):
    Review.objects.create(
        article=edition.article, revision=edition.revision, reviewer=AuthorFactory(), reviewer_name="Dr Bell"
    )

    assert [row["by"] for row in record(edition, with_log=True)["signatures"]] == ["Dr Bell"]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-05-03", datetime(2026, 5, 3, 12, tzinfo=UTC)),
        ("2026-05-03 10:30", datetime(2026, 5, 3, 10, 30, tzinfo=UTC)),
        ("2026-05-03T10:30:00+02:00", datetime(2026, 5, 3, 8, 30, tzinfo=UTC)),
        ("yesterday", None),
        ("2026-02-31", None),
        ("0001-01-01 00:00+23:00", None),
        ("", None),
    ],
)
def test_days_and_moments_are_read(written, moment):
    assert moment_of(written) == moment


@given(st.text(max_size=30))
def test_no_writing_of_a_day_raises(written):
    moment_of(written)


def test_readers_of_a_day_are_shown_their_edition(admin_client, db, frozen_time):
    edition = EditionFactory(title="Zinc in May")
    on = frozen_time.time_to_freeze.strftime("%Y-%m-%d")

    shown = admin_client.get(f"/admin/articles/articlefinding/seen/?on={on} 23:59").content.decode()
    before = admin_client.get("/admin/articles/articlefinding/seen/?on=2001-01-01").content.decode()

    assert "Zinc in May" in shown
    assert "Zinc in May" not in before
    assert "Readers saw no page on 1 January 2001" in before
    assert edition.pk


def test_an_unreadable_day_says_how_to_write_one(admin_client):
    response = admin_client.get("/admin/articles/articlefinding/seen/?on=soon")

    assert response.status_code == 400
    assert "2026-05-03 10:00" in response.content.decode()


def test_the_day_of_one_article_leads_to_its_edition(admin_client, edition):
    address = f"/admin/articles/article/{edition.article_id}/seen/"

    on = edition.live_from + timedelta(seconds=1)
    response = admin_client.get(address, {"on": on.isoformat()})

    assert response["Location"].endswith(f"/editions/{edition.number}/")


@pytest.mark.parametrize(("on", "words"), [("2001-01-01", "saw no edition"), ("soon", "Give a day")])
def test_a_day_without_an_edition_leads_back_with_words(admin_client, edition, on, words):
    address = f"/admin/articles/article/{edition.article_id}/seen/"

    page = admin_client.get(address, {"on": on}, follow=True).content.decode()

    assert words in page


def test_the_record_is_downloaded(admin_client, edition):
    response = admin_client.get(
        f"/admin/articles/article/{edition.article_id}/editions/{edition.number}/record/"
    )

    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].endswith(f'-edition-{edition.number}.zip"')
    assert response.content == bundle(edition, with_log=True)


@pytest.mark.parametrize("path", ["articlefinding/seen/", "article/1/editions/1/record/", "article/1/seen/"])
def test_strangers_are_sent_to_the_login(client, edition, path):
    assert client.get(f"/admin/articles/{path}").status_code == 302


def test_who_may_not_see_the_audit_log_gets_the_record_without_it(client, edition):
    author = UserFactory(username="cora")
    author.groups.add(Group.objects.get(name="Author"))
    client.force_login(author)

    response = client.get(f"/admin/articles/article/{edition.article_id}/editions/{edition.number}/record/")

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    found = json.loads(texts["record.json"])
    assert "log" not in found
    assert "First version" not in "".join(texts.values())
    assert found["left_out"] == {
        "log": "The audit log of the article. Only those who may see the audit log get it."
    }


def test_who_may_see_the_audit_log_gets_all_of_it(client, edition):
    reviewer = UserFactory()
    reviewer.groups.add(Group.objects.get(name="Reviewer"))
    client.force_login(reviewer)

    response = client.get(f"/admin/articles/article/{edition.article_id}/editions/{edition.number}/record/")

    assert response.content == bundle(edition, with_log=True)
    assert "left_out" not in record(edition, with_log=True)
