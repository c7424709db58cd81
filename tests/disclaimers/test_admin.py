import html

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.publishing import publish
from disclaimers import services
from disclaimers.models import Disclaimer
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import ArticleFactory, EditionFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/disclaimers/disclaimer/"


@pytest.fixture
def editor(client):
    user = UserFactory(superuser=True)
    client.force_login(user)
    return user


def change_url(disclaimer):
    return reverse("admin:disclaimers_disclaimer_change", args=[disclaimer.pk])


def form_data(disclaimer, **changes):
    """What the change form posts when nothing but `changes` was touched."""
    from disclaimers.conditions import form_values

    names = "title slug family kind locale slot priority source source_status notes".split()
    data = {name: getattr(disclaimer, name) for name in names}
    version = disclaimer.current
    data |= {"heading": version.heading, "text": version.text, "text_short": version.text_short}
    data |= {**form_values(disclaimer.when), "jurisdictions": ", ".join(disclaimer.jurisdictions)}
    data |= {name: "on" for name in ("is_active", "is_verbatim") if getattr(disclaimer, name)}
    data |= {"versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0}
    return {**data, **changes}


def post(client, disclaimer, **changes):
    response = client.post(change_url(disclaimer), form_data(disclaimer, **changes))
    problems = [] if response.status_code == 302 else response.context["adminform"].form.errors
    disclaimer.refresh_from_db()
    return problems


def test_strangers_are_sent_to_the_login(client):
    assert client.get(LIST).status_code == 302


def test_staff_without_permission_are_refused(client):
    client.force_login(UserFactory())

    assert client.get(LIST).status_code == 403


def test_a_reader_of_texts_cannot_change_them(client):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_disclaimer"))
    client.force_login(user)
    disclaimer = DisclaimerFactory(text="Ours.")

    assert client.get(change_url(disclaimer)).status_code == 200
    assert client.post(change_url(disclaimer), form_data(disclaimer, text="Mine.")).status_code == 403


def test_the_list_says_where_and_how_often_a_text_is_shown(client, editor):
    publish(ArticleFactory(text="Zinc is a mineral."))

    page = client.get(LIST).content.decode()

    assert "General health information" in page
    assert "1 article<" in page
    assert "is about health" in page


def test_the_list_counts_what_readers_see_now_or_will(client, editor):
    disclaimer = DisclaimerFactory()
    for options in ({}, {"scheduled": True}, {"ended": True}):
        EditionFactory(**options).dependencies.create(key=disclaimer.dependency_key, version="1")

    [row] = client.get(f"{LIST}?q={disclaimer.slug}").context["cl"].result_list

    assert row.used_count == 2


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_at_any_size(client, editor, django_assert_max_num_queries, count):
    for disclaimer in DisclaimerFactory.create_batch(count):
        EditionFactory().dependencies.create(key=disclaimer.dependency_key, version="1")
    with django_assert_max_num_queries(13):
        client.get(LIST)


@pytest.mark.parametrize(
    ("query", "slug", "shown"),
    [
        ("jurisdiction=UK", "uk-affiliate-text", True),
        ("jurisdiction=UK", "us-dshea-plural", False),
        ("family__exact=statement", "us-dshea-plural", True),
        ("kind=health_information", "us-dshea-plural", False),
        ("q=evaluated", "us-dshea-plural", True),
        ("q=evaluated", "uk-affiliate-text", False),
        ("jurisdiction=", "us-dshea-plural", False),
    ],
)
def test_the_list_is_filtered(client, editor, query, slug, shown):
    found = {item.slug for item in client.get(f"{LIST}?{query}").context["cl"].result_list}

    assert (slug in found) is shown


@pytest.mark.parametrize("count", [1, 60])
def test_a_form_costs_the_same_at_any_size(client, editor, django_assert_max_num_queries, count):
    disclaimer = DisclaimerFactory()
    for number in range(count):
        EditionFactory().dependencies.create(key=disclaimer.dependency_key, version=str(number))
        services.change_text(disclaimer, f"Words {number}.", editor)
    with django_assert_max_num_queries(15):
        page = client.get(change_url(disclaimer)).content.decode()

    assert f"{count} article{'' if count == 1 else 's'} show" in page


def test_the_form_shows_the_text_as_readers_see_it(client, editor):
    disclaimer = DisclaimerFactory(text="Don't <panic>.")

    page = client.get(change_url(disclaimer)).content.decode()

    frame = page.split('srcdoc="')[1].split('"')[0]
    assert "<p>Don&#x27;t &lt;panic&gt;.</p>" in html.unescape(frame)


def test_the_form_links_the_articles_that_show_the_text(client, editor):
    disclaimer = DisclaimerFactory()
    EditionFactory(title="On <zinc>").dependencies.create(key=disclaimer.dependency_key, version="4")
    EditionFactory(title="Ended", ended=True).dependencies.create(key=disclaimer.dependency_key, version="4")
    ArticleFactory(title="In the drawer", front_matter={"disclaimers": [disclaimer.slug]})

    page = client.get(change_url(disclaimer)).content.decode()

    assert "On &lt;zinc&gt;" in page
    assert "version 4" in page
    assert "In the drawer" in page
    assert "Ended" not in page


def test_a_new_wording_is_a_version_by_the_editor(client, editor):
    disclaimer = DisclaimerFactory(text="Old words.")

    assert post(client, disclaimer, text="New words.") == []
    assert (disclaimer.text, disclaimer.current.number) == ("New words.", 2)
    assert disclaimer.current.created_by == editor


def test_saving_without_a_change_makes_no_version(client, editor):
    disclaimer = DisclaimerFactory(text="Old words.")

    assert post(client, disclaimer) == []
    assert disclaimer.versions.count() == 1


def test_conditions_become_the_rule(client, editor):
    disclaimer = DisclaimerFactory()

    assert post(client, disclaimer, conditions=["health", "claims"], jurisdictions="us, UK ,us") == []
    assert disclaimer.when == {"is_health_article": True, "supplement_structure_function_claims": {"gte": 2}}
    assert disclaimer.jurisdictions == ["US", "UK"]
    assert disclaimer.is_customised


def test_what_no_condition_stands_for_is_kept(client, editor):
    disclaimer = DisclaimerFactory(when={"has_affiliate_link": False, "is_health_article": True})

    assert post(client, disclaimer, conditions=["evidence"]) == []
    assert disclaimer.when == {"has_affiliate_link": False, "has_evidence_callout": True}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"text": " "}, "text", "required"),
        ({"conditions": ["claim", "claims"]}, "conditions", "tick one of the two"),
        ({"conditions": ["weather"]}, "conditions", "weather is not one of"),
        ({"jurisdictions": "US, Europe"}, "jurisdictions", "EUROPE is not a code"),
        ({"jurisdictions": ""}, "jurisdictions", "required"),
        ({"priority": "-1"}, "priority", "greater than or equal to 0"),
    ],
)
def test_bad_input_is_explained(client, editor, change, field, message):
    problems = post(client, DisclaimerFactory(), **change)

    assert message in str(problems[field])


def test_a_prescribed_text_is_locked_with_the_reason(client, editor):
    statement = Disclaimer.objects.get(slug="us-dshea-plural")

    page = client.get(change_url(statement)).content.decode()
    problems = post(client, statement, text="We did not ask the FDA.")

    assert "This wording is prescribed: 21 CFR 101.93(c)(2). It must be shown unchanged." in page
    assert problems == []
    assert statement.text.startswith("These statements have not been evaluated")


def test_an_accepted_variant_may_be_chosen(client, editor):
    statement = Disclaimer.objects.get(slug="amazon-associate-statement")
    variant = "As an Amazon Associate we earn from qualifying purchases."

    assert post(client, statement, text=variant) == []
    assert statement.text == variant


def test_nothing_but_an_accepted_variant_may_be_chosen(client, editor):
    statement = Disclaimer.objects.get(slug="amazon-associate-statement")

    assert "Select a valid choice" in str(post(client, statement, text="Amazon pays us.")["text"])


def test_a_shipped_prescription_cannot_be_lifted(client, editor):
    statement = Disclaimer.objects.get(slug="us-dshea-plural")
    data = form_data(statement)
    del data["is_verbatim"]

    client.post(change_url(statement), data)

    statement.refresh_from_db()
    assert statement.is_verbatim


def test_a_text_can_be_written_from_scratch(client, editor):
    data = form_data(DisclaimerFactory(), slug="brand-new", kind="other", text="Words.")

    assert client.post(f"{LIST}add/", data).status_code == 302
    assert Disclaimer.objects.get(slug="brand-new").current.number == 1
    assert Disclaimer.objects.get(slug="brand-new").origin == "editor"


def test_a_new_text_has_a_kind_that_the_checks_know(client, editor):
    data = form_data(DisclaimerFactory(), slug="brand-new", kind="helth_information")

    page = client.post(f"{LIST}add/", data)

    assert "kind" in page.context["adminform"].form.errors


def test_an_imported_kind_is_kept(client, editor):
    disclaimer = DisclaimerFactory(kind="from_elsewhere")

    assert post(client, disclaimer, title="Another title") == []
    assert disclaimer.kind == "from_elsewhere"


def test_the_empty_form_opens(client, editor):
    assert client.get(f"{LIST}add/").status_code == 200


@pytest.mark.parametrize("used", [True, False])
def test_a_used_text_cannot_be_deleted(client, editor, used):
    disclaimer = DisclaimerFactory()
    if used:
        EditionFactory(ended=True).dependencies.create(key=disclaimer.dependency_key, version="1")
    url = reverse("admin:disclaimers_disclaimer_delete", args=[disclaimer.pk])

    page = client.get(url).content.decode()
    client.post(url, {"post": "yes"})

    assert ("Readers have seen it" in page) is used
    assert Disclaimer.objects.filter(pk=disclaimer.pk).exists() is used


def test_used_texts_cannot_be_deleted_in_bulk_either(client, editor):
    every = list(Disclaimer.objects.values_list("pk", flat=True))

    client.post(LIST, {"action": "delete_selected", "_selected_action": every, "post": "yes"})

    assert Disclaimer.objects.count() == len(every)


def test_the_history_opens(client, editor):
    disclaimer = DisclaimerFactory()
    post(client, disclaimer, title="Another title")

    page = client.get(reverse("admin:disclaimers_disclaimer_history", args=[disclaimer.pk]))

    assert page.status_code == 200
    assert editor.username in page.content.decode()
    assert disclaimer.history.first().title == "Another title"
