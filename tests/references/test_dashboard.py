"""The first page of the admin: what rests on retracted work, and the excuse of one article."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from articles import publishing
from articles.models import Edition
from cms.contracts import SlotContext
from references import library
from references.acknowledging import acknowledge, needs_reason, take_back
from references.dashboard import affected_articles, render
from references.models import Reference
from tests.factories import ArticleFactory, EditionFactory, UserFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return client


def show(reference, **edition):
    made = EditionFactory(**edition)
    made.dependencies.create(key=reference.dependency_key, version="1")
    return made


def page(client):
    return client.get(reverse("admin:index")).content.decode()


def test_articles_that_show_a_retracted_work_are_listed(staff):
    edition = show(ReferenceFactory(citekey="liu2021", retracted=True), title="Zinc for all")

    html = page(staff)

    assert "Articles that rest on retracted work" in html
    assert "Zinc for all" in html
    assert reverse("admin:articles_article_change", args=[edition.article_id]) in html
    assert "liu2021" in html


def test_a_sound_library_says_nothing(staff):
    show(ReferenceFactory())

    assert "rest on retracted work" not in page(staff)
    assert "do not check out" not in page(staff)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"verification": "mismatch"}, "Identifier leads to another work"),
        ({"verification": "not_found"}, "No source knows the identifier"),
        ({"doubt": "Retracted, says OpenAlex alone"}, "One source alone"),
    ],
)
def test_what_does_not_check_out_is_counted(staff, changes, words):
    ReferenceFactory(**changes)

    assert words in page(staff)


def test_an_accepted_difference_is_not_counted(staff):
    ReferenceFactory(verification="mismatch", is_accepted=True)

    assert "do not check out" not in page(staff)


@pytest.mark.parametrize("edition", [{"ended": True}, {}])
def test_only_what_readers_see_or_will_see_counts(edition):
    show(ReferenceFactory(retracted=True), **edition)

    assert len(affected_articles()) == (0 if edition else 1)


def test_a_scheduled_article_is_listed_too():
    show(ReferenceFactory(retracted=True), scheduled=True)

    assert len(affected_articles()) == 1


def test_who_may_not_see_references_sees_nothing(rf):
    show(ReferenceFactory(retracted=True))
    request = rf.get("/")
    request.user = UserFactory()

    assert render(SlotContext(request=request)) == ""


@pytest.mark.parametrize("count", [1, 20])
def test_the_panel_takes_four_queries(rf, count, django_assert_num_queries):
    for reference in ReferenceFactory.create_batch(count, retracted=True):
        show(reference)
    request = rf.get("/")
    request.user = UserFactory(superuser=True)

    with django_assert_num_queries(4):  # retracted works, what shows them, excuses, counts
        render(SlotContext(request=request))


def test_an_article_with_a_reason_may_be_published_and_leaves_the_list():
    reference = ReferenceFactory(citekey="liu2021", retracted=True)
    article, other = (ArticleFactory(text="It was wrong [@liu2021].") for _ in range(2))

    acknowledge(reference, article, reason="About the fraud.", by=UserFactory())

    edition = publishing.publish(article)
    assert "Retracted" in edition.html
    assert affected_articles() == []
    with pytest.raises(publishing.PublishRefused, match="has been retracted"):
        publishing.publish(other)


def test_a_worse_status_asks_again():
    reference = ReferenceFactory(citekey="liu2021", editorial_status="concern")
    article = ArticleFactory(text="It was wrong [@liu2021].")
    acknowledge(reference, article, reason="Read.", by=UserFactory())
    reference.editorial_status = "retracted"
    library.store(reference)

    with pytest.raises(publishing.PublishRefused):
        publishing.publish(article)


def test_a_reason_can_be_taken_back():
    reference = ReferenceFactory(citekey="liu2021", retracted=True)
    article = ArticleFactory(text="It was wrong [@liu2021].")
    given = acknowledge(reference, article, reason="About the fraud.", by=UserFactory())

    take_back(given, by=given.by)

    with pytest.raises(publishing.PublishRefused):
        publishing.publish(article)


def test_without_a_reason_there_is_no_excuse():
    with pytest.raises(ValueError, match="Say why"):
        acknowledge(ReferenceFactory(retracted=True), ArticleFactory(), reason=" ", by=UserFactory())


@pytest.mark.parametrize(
    ("status", "wanted"),
    [("current", False), ("corrected", False), ("concern", True), ("notice", True), ("retracted", True)],
)
def test_what_needs_a_reason(status, wanted):
    assert needs_reason(Reference(editorial_status=status)) is wanted


def test_a_retraction_found_later_marks_the_live_page_and_opens_the_list(
    run_tasks, django_capture_on_commit_callbacks
):
    reference = ReferenceFactory(citekey="liu2021")
    edition = publishing.publish(ArticleFactory(text="Zinc [@liu2021].", title="Zinc"))
    reference.editorial_status = "retracted"

    with django_capture_on_commit_callbacks(execute=True):
        library.store(reference, reason="Check: Retraction (Crossref)")
    run_tasks()

    live = Edition.objects.live().get(article=edition.article)
    assert live.pk != edition.pk
    assert "references__flag" in live.html
    assert [row.title for row in affected_articles()] == [live.title]
