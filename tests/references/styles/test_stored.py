"""What is kept, for whom pandoc may be waited for, and what happens in the background."""

from datetime import timedelta

import pytest
from django.utils import timezone

from references.models import RenderedCitations
from references.styles import PandocFailed, Part, pandoc, stored
from references.styles.tasks import drop_old_renderings, render_citations

pytestmark = pytest.mark.django_db

ITEM = {"type": "book", "title": "Iron", "author": [{"family": "Adams"}], "issued": {"date-parts": [[2019]]}}


def request(**changes):
    values = {"style": "apa", "locale": "en", "items": {"a": ITEM}, "clusters": [(Part("a"),)], "uncited": []}
    return stored.Request(**(values | changes))


def never(*args, **kwargs):
    raise AssertionError("pandoc was asked again")


def test_what_was_rendered_once_is_kept(monkeypatch, django_assert_num_queries):
    first = stored.fetch(request(), may_wait=True)
    monkeypatch.setattr(pandoc, "run", never)

    with django_assert_num_queries(1):  # the kept rendering
        again = stored.fetch(request(), may_wait=False)

    assert again == first
    assert "Adams, 2019" in first.labels[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"style": "ama"}, {"locale": "de"}, {"items": {"a": {**ITEM, "title": "Zinc"}}}, {"uncited": ["a"]},
        {"clusters": [(Part("a", locator="p. 3"),)]}, {"clusters": []},
    ],
)  # fmt: skip
def test_everything_that_goes_in_counts(changes):
    assert request(**changes).key != request().key


def test_what_no_list_shows_does_not_count():
    noted = {**ITEM, "note": "mine", "custom": {"source": "ris"}, "abstract": "long"}

    assert request(items={"a": noted}).key == request().key


def test_another_version_of_pandoc_counts(monkeypatch):
    before = request().key
    monkeypatch.setattr(pandoc, "versions", lambda: "99/99")

    assert request().key != before


def test_a_request_survives_the_way_into_the_table():
    assert stored.Request.from_json(request().as_json()).key == request().key


def test_a_preview_does_not_wait_and_a_task_makes_it(monkeypatch):
    monkeypatch.setattr(stored, "PREVIEW_SECONDS", 0.0001)
    with pytest.raises(stored.NotReady):
        stored.fetch(request(), may_wait=False)
    [waiting] = RenderedCitations.objects.all()
    assert (waiting.key, waiting.value) == (request().key, None)

    with pytest.raises(stored.NotReady):
        stored.fetch(request(), may_wait=False)
    assert render_citations.call(request().key)

    assert "Adams, 2019" in stored.fetch(request(), may_wait=False).labels[0]
    assert RenderedCitations.objects.get().request is None


def test_publishing_makes_what_a_preview_left_waiting(monkeypatch):
    RenderedCitations.objects.create(key=request().key, request=request().as_json())

    rendering = stored.fetch(request(), may_wait=True)

    assert rendering.labels
    assert RenderedCitations.objects.get().value


def test_publishing_says_when_pandoc_fails(monkeypatch):
    monkeypatch.setattr(stored, "TIMEOUT_SECONDS", 0.0001)

    with pytest.raises(PandocFailed):
        stored.fetch(request(), may_wait=True)
    assert not RenderedCitations.objects.exists()


def test_a_task_that_fails_leaves_nothing_waiting(monkeypatch):
    RenderedCitations.objects.create(key=request().key, request=request().as_json())
    monkeypatch.setattr(pandoc, "program", lambda: "")

    assert not render_citations.call(request().key)
    assert not RenderedCitations.objects.exists()


@pytest.mark.parametrize("value", [None, {"style": "apa", "labels": [], "entries": []}])
def test_a_task_with_nothing_to_do_does_nothing(value):
    RenderedCitations.objects.create(key="x", value=value)

    assert not render_citations.call("x")
    assert not render_citations.call("unknown")


def test_old_renderings_are_dropped():
    RenderedCitations.objects.create(key="old", created_at=timezone.now() - stored.KEPT - timedelta(hours=1))
    RenderedCitations.objects.create(key="new", created_at=timezone.now() - stored.KEPT + timedelta(hours=1))

    assert drop_old_renderings.call() == 1
    assert [kept.key for kept in RenderedCitations.objects.all()] == ["new"]
