"""The library in the admin: list, form, where used, history, and what may not be deleted."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from references.models import Reference
from tests.factories import EditionFactory, UserFactory
from tests.references.factories import CitationFactory, ReferenceFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:references_reference_changelist")
ADD = reverse("admin:references_reference_add")
FORM = {"type": "article-journal", "title": "Zinc", "editorial_status": "current"}


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(superuser=True))
    return client


def page(client, url):
    return client.get(url).content.decode()


def show(reference, edition=None):
    """Let an edition show the work."""
    edition = edition or EditionFactory()
    edition.dependencies.create(key=reference.dependency_key, version="1")
    CitationFactory(edition=edition, reference=reference)
    return edition


def test_the_list_shows_what_an_editor_looks_for(editor):
    reference = ReferenceFactory(citekey="siebrecht2013", retracted=True)
    show(reference)

    html = page(editor, LIST)

    for words in (
        reference.title,
        "siebrecht2013",
        "Siebrecht",
        "2013",
        "Narrative review",
        "Retracted",
        ">1<",
    ):
        assert words in html


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_query_count_does_not_grow(editor, django_assert_max_num_queries, count):
    for reference in ReferenceFactory.create_batch(count):
        show(reference)

    with django_assert_max_num_queries(15):
        editor.get(LIST)


@pytest.mark.parametrize("count", [1, 20])
def test_the_change_page_query_count_does_not_grow(editor, django_assert_max_num_queries, count):
    reference = ReferenceFactory()
    for _ in range(count):
        show(reference)

    with django_assert_max_num_queries(15):
        editor.get(reference.get_absolute_url())


@pytest.mark.parametrize(
    "query", ["siebrecht", "bisglycinate", "https://doi.org/10.1234/WANTED", "PMID 9701160", "wanted2013"]
)
def test_search_by_title_author_and_identifier(editor, query):
    ReferenceFactory(
        citekey="wanted2013",
        csl__DOI="10.1234/wanted",
        csl__PMID="9701160",
        csl__title="Magnesium bisglycinate",
    )
    ReferenceFactory(citekey="other", csl__title="Selenium", csl__author=[{"family": "Rayman"}])

    html = editor.get(LIST, {"q": query}).content.decode()

    assert "wanted2013" in html
    assert "Selenium" not in html


def test_a_reference_is_added_from_a_pasted_address(editor):
    response = editor.post(
        ADD, {**FORM, "paste": "https://pubmed.ncbi.nlm.nih.gov/9701160/", "authors": "Shankar, A"}
    )

    assert response.status_code == 302, response.context["errors"]
    reference = Reference.objects.get()
    assert (reference.pmid, reference.citekey) == ("9701160", "shankar")


def test_an_error_stands_at_its_field(editor):
    html = editor.post(ADD, {**FORM, "doi": "nonsense"}).content.decode()

    assert "“nonsense” is not a DOI" in html


def test_a_change_counts_a_version_and_is_in_the_history(editor):
    reference = ReferenceFactory(csl={"title": "Old"})

    editor.post(reference.get_absolute_url(), {**FORM, "title": "New"})

    reference.refresh_from_db()
    assert (reference.title, reference.version) == ("New", 2)
    assert reference.history.first().history_user.is_superuser
    assert "New" in page(editor, reverse("admin:references_reference_history", args=[reference.pk]))


def test_an_old_state_can_be_brought_back(editor):
    reference = ReferenceFactory(csl={"title": "Old", "type": "book"})
    first = reference.history.get()
    editor.post(reference.get_absolute_url(), {**FORM, "title": "New"})
    url = reverse("admin:references_reference_simple_history", args=[reference.pk, first.pk])

    assert ">Old</textarea>" in page(editor, url)
    editor.post(url, {**FORM, "title": "Old", "type": "book"})

    reference.refresh_from_db()
    assert (reference.title, reference.version) == ("Old", 3)


def test_the_key_of_a_work_stays(editor):
    reference = ReferenceFactory(citekey="siebrecht2013")

    editor.post(reference.get_absolute_url(), {**FORM, "citekey": "other2013"})

    reference.refresh_from_db()
    assert reference.citekey == "siebrecht2013"


def test_the_page_shows_the_entry_and_links_the_articles(editor):
    reference = ReferenceFactory()
    live, scheduled = show(reference), show(reference, EditionFactory(scheduled=True))

    html = page(editor, reference.get_absolute_url())

    assert "<i>OM &amp; Ernährung</i>" in html
    for edition, words in ((live, "(cited 1 time)"), (scheduled, "(cited 1 time, scheduled)")):
        link = reverse("admin:articles_article_change", args=[edition.article_id])
        assert f'<a class="text-link underline" href="{link}">{edition.title}</a> {words}' in html


def test_a_work_that_readers_see_cannot_be_deleted(editor):
    reference = ReferenceFactory()
    edition = show(reference)
    url = reverse("admin:references_reference_delete", args=[reference.pk])

    html = page(editor, url)
    response = editor.post(url, {"post": "yes"})

    assert edition.title in html
    assert "Take it out of the text and publish again first." in html
    assert response.status_code in {200, 403}
    assert Reference.objects.filter(pk=reference.pk).exists()


def test_the_bulk_action_spares_it_too(editor):
    reference = ReferenceFactory()
    show(reference)

    data = {"action": "delete_selected", "_selected_action": [reference.pk], "post": "yes"}
    editor.post(LIST, data)

    assert Reference.objects.filter(pk=reference.pk).exists()


def test_a_work_of_ended_editions_can_be_deleted(editor):
    reference = ReferenceFactory()
    show(reference, EditionFactory(ended=True))

    editor.post(reverse("admin:references_reference_delete", args=[reference.pk]), {"post": "yes"})

    assert not Reference.objects.exists()


def test_words_of_a_title_are_escaped(editor):
    reference = ReferenceFactory(csl={"title": "<script>alert(1)</script>"})

    for url in (LIST, reference.get_absolute_url()):
        assert "<script>alert(1)" not in page(editor, url)


@pytest.mark.parametrize("url", [LIST, ADD])
def test_strangers_are_sent_to_the_login(client, url):
    response = client.get(url)

    assert response.status_code == 302
    assert reverse("admin:login") in response["Location"]


@pytest.mark.parametrize("url", [LIST, ADD])
def test_a_login_without_permission_is_refused(client, url):
    client.force_login(UserFactory())

    assert client.get(url).status_code == 403


def test_an_author_may_read_but_not_write(client):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_reference"))
    client.force_login(user)
    reference = ReferenceFactory()

    assert client.get(reference.get_absolute_url()).status_code == 200
    assert client.post(reference.get_absolute_url(), FORM).status_code == 403
    assert client.get(ADD).status_code == 403


def test_the_list_is_filtered_by_status_and_kind(editor):
    ReferenceFactory(citekey="good2000")
    ReferenceFactory(citekey="bad2000", retracted=True)

    html = editor.get(LIST, {"editorial_status__exact": "retracted"}).content.decode()

    assert "bad2000" in html
    assert "good2000" not in html


def test_the_list_can_be_sorted_by_use(editor):
    idle, used = ReferenceFactory(citekey="idle2000"), ReferenceFactory(citekey="used2000")
    show(used)
    column = 7

    html = editor.get(LIST, {"o": f"-{column}"}).content.decode()

    assert html.index(used.citekey) < html.index(idle.citekey)


@pytest.mark.parametrize("url", [ADD, "history", "delete"])
def test_every_other_page_stays_small(editor, django_assert_max_num_queries, url):
    reference = ReferenceFactory()
    show(reference)
    address = url if url == ADD else reverse(f"admin:references_reference_{url}", args=[reference.pk])

    with django_assert_max_num_queries(15):
        assert editor.get(address).status_code == 200


def test_a_missing_work_leads_back_to_the_list(editor):
    assert editor.get(reverse("admin:references_reference_change", args=[4711])).status_code == 302


def test_an_untouched_save_writes_no_history(editor):
    reference = ReferenceFactory(csl={"title": "Zinc", "type": "article-journal"}, study_type="")

    editor.post(reference.get_absolute_url(), FORM)

    assert reference.history.count() == 1


def test_every_help_text_is_a_sentence(editor):
    from references.forms import ReferenceForm

    for name, field in ReferenceForm().fields.items():
        assert not field.help_text or re.search(r"[.!?]$", str(field.help_text)), name
