"""The second half of the rules that no test held: dates, listeners, recompilation, slots, failing plugins."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import recompile as recompiling
from articles.compile import compile_article, make_source
from articles.compile.sanitise import clean
from articles.editions import Draft
from articles.metadata import read_metadata
from articles.models import Edition, Image, Tag
from articles.publishing import cancel_schedule, publish, schedule
from cms import plugins
from cms.contracts import Check, Dependency, Document, Listener, Slot, Syntax
from tests.factories import ArticleFactory, ImageFactory

DAY = timedelta(days=1)


def with_plugin(hook, item):
    """A registry that holds one more object."""
    registry = plugins.registry()
    objects = {**registry.objects, hook: {**registry.of(hook), item.id: item}}
    return plugins.use_registry(replace(registry, objects=objects))


def fail(*_):
    raise RuntimeError("broken on purpose")


@pytest.mark.django_db
def test_a_schedule_that_was_cancelled_gives_no_dates(frozen_time):
    article = ArticleFactory()
    cancel_schedule(schedule(article, at=timezone.now() + DAY))
    frozen_time.tick(3 * DAY)

    edition = publish(article)

    assert edition.published_at == edition.updated_at == timezone.now()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("date", "updated", "expected"),
    [
        ("2030-01-01", "2031-01-01", ("2026-05-01", "2026-05-01")),
        ("2025-03-02", "2024-01-01", ("2025-03-02", "2025-03-02")),
        ("2025-03-02", "2025-04-01", ("2025-03-02", "2025-04-01")),
    ],
)
def test_dates_of_a_first_edition_are_in_order_and_past(frozen_time, date, updated, expected):
    edition = publish(ArticleFactory(front_matter={"date": date, "updated": updated}))

    assert (f"{edition.published_at:%Y-%m-%d}", f"{edition.updated_at:%Y-%m-%d}") == expected


@pytest.mark.django_db
def test_a_failing_listener_loses_its_own_rows_only():
    def write_and_fail(event):
        Tag.objects.create(name="half", slug="half")
        fail()

    with with_plugin("events", Listener("broken", write_and_fail, fail)):
        publish(ArticleFactory())

    assert Edition.objects.count() == 1
    assert not Tag.objects.filter(slug="half").exists()


@pytest.mark.django_db
def test_a_new_version_of_what_is_shown_is_a_new_edition():
    """The words may be equal; which version readers saw is part of the record."""
    article = ArticleFactory()
    source, metadata = make_source("Zinc.", {}), read_metadata(article, {})

    def hashed(version):
        document = Document("<p>Zinc.</p>", dependencies=(Dependency("reference:1", version),))
        return Draft(article, article.head, source, metadata, document, ()).content_hash

    assert hashed("1") == hashed("1") != hashed("2")


@pytest.mark.django_db
def test_an_address_belongs_to_its_claim_not_to_a_draft_that_wants_it():
    owner = ArticleFactory(slug="zinc")
    publish(owner)
    ArticleFactory(slug="zinc", title="A later draft")

    document = compile_article(make_source("[this](art:zinc)", {}))

    assert 'href="/articles/zinc/"' in document.html
    assert [dependency.key for dependency in document.dependencies if "article:" in dependency.key] == [
        f"article:{owner.pk}"
    ]


@pytest.mark.django_db
def test_a_decorative_picture_needs_no_description():
    ImageFactory(slug="crystal", alt="", is_decorative=True)

    findings = compile_article(make_source("![](img:crystal)", {})).findings

    assert [finding for finding in findings if finding.id == "MD05"] == []


@pytest.mark.django_db
def test_a_scheduled_edition_stays_scheduled_when_it_is_recompiled(frozen_time):
    ImageFactory(slug="crystal")
    moment = timezone.now() + DAY
    edition = schedule(ArticleFactory(text="![A crystal](img:crystal)"), at=moment)
    Image.objects.filter(slug="crystal").update(file="images/other.png")

    recompiling.recompile_edition(edition.pk)

    new = Edition.objects.latest("number")
    assert (new.number, new.live_from) == (2, moment)
    assert not Edition.objects.live().exists()


@pytest.mark.django_db
def test_one_failing_edition_keeps_no_other_from_it_and_the_task_from_success(monkeypatch):
    image = ImageFactory(slug="crystal")
    editions = [publish(ArticleFactory(text="![A crystal](img:crystal)")) for _ in range(3)]
    done = []

    def recompile_edition(edition_id):
        if edition_id == editions[0].pk:
            fail()
        done.append(edition_id)
        return True

    monkeypatch.setattr(recompiling, "recompile_edition", recompile_edition)

    with pytest.raises(RuntimeError, match="on purpose"):
        recompiling.recompile([f"image:{image.pk}"])
    assert done == [edition.pk for edition in editions[1:]]


@pytest.mark.django_db
def test_a_paid_link_before_the_text_is_disclosed_before_it():
    def paid(slot):
        slot.render.mark_paid()
        return "<p>paid</p>"

    with (
        with_plugin("slots", Slot("paid", "before_body", paid)),
        with_plugin("slots", Slot("told", "before_paid_link", lambda slot: "<p>told</p>", order=-99)),
    ):
        html = compile_article(make_source("Zinc.", {})).html

    assert html.index("told") < html.index("paid") < html.index("Zinc.")


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<p aria-describedby="a b">x</p>', '<p aria-describedby="c-a c-b">x</p>'),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ('<a href="javascript:x">x</a>', "<a>x</a>"),
        ('<img src="data:image/png;base64,x">', "<img>"),
    ],
)
def test_the_allow_list(html, cleaned):
    assert clean(html) == cleaned


@pytest.mark.django_db
def test_a_failing_resolver_is_an_error_and_a_failing_check_a_warning():
    with with_plugin("markdown", Syntax("broken", lambda md: None, fail)):
        lookups = compile_article(make_source("Zinc.", {})).findings
    with with_plugin("publish_checks", Check("XX01", "error", fail)):
        checks = compile_article(make_source("Zinc.", {})).findings

    assert [(f.id, f.severity) for f in lookups if "on purpose" in f.message] == [("MD08", "error")]
    assert [(f.id, f.severity) for f in checks if "on purpose" in f.message] == [("XX01", "warning")]
