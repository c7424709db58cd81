from dataclasses import replace

import pytest
from django.urls import reverse

from articles.models import AuditEvent
from disclaimers import services
from disclaimers.models import Disclaimer
from disclaimers.shipped import shipped
from disclaimers.sync import sync
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def logged():
    return [event.data for event in AuditEvent.objects.filter(kind="disclaimer_changed").order_by("pk")]


def test_a_new_wording_is_logged_with_its_version_and_author():
    by = UserFactory(username="ada")

    services.change_text(DisclaimerFactory(slug="house"), "New words.", by)

    event = AuditEvent.objects.get(kind="disclaimer_changed")
    assert event.data == {"disclaimer": "house", "text": "version 2"}
    assert (event.actor, event.actor_name) == (by, "ada")


def test_the_same_wording_is_not_logged():
    disclaimer = DisclaimerFactory(text="Words.")

    services.change_text(disclaimer, "Words.")

    assert logged() == []


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"is_active": False}, {"in use": "yes → no"}),
        (
            {"when": {"recommends_supplement": "zinc"}},
            {"shown where the page": "only where an article names it → advises a supplement of zinc"},
        ),
        ({"jurisdictions": ["US", "UK"]}, {"jurisdictions": "* → US, UK"}),
        ({"locale": "de"}, {"language": "en → de"}),
        ({"slot": "before_references"}, {"place": "after_body → before_references"}),
    ],
)
def test_a_rule_that_changes_is_logged_from_and_to(changes, line):
    disclaimer = DisclaimerFactory(slug="house")
    for name, value in changes.items():
        setattr(disclaimer, name, value)

    services.save_rule(disclaimer)

    assert logged() == [{"disclaimer": "house", **line}]


def test_a_note_is_not_what_readers_see():
    disclaimer = DisclaimerFactory()
    disclaimer.notes = "Ask legal first."

    services.save_rule(disclaimer)

    assert logged() == []


def test_a_new_text_is_logged_as_it_begins():
    services.save_rule(Disclaimer(slug="new", title="New", kind="other"))

    [line] = logged()
    assert (line["disclaimer"], line["in use"]) == ("new", "yes")


def test_the_admin_says_who_it_was(client):
    by = UserFactory(superuser=True)
    client.force_login(by)
    data = {
        "title": "Ours", "slug": "ours", "family": "notice", "kind": "other", "jurisdictions": "US", "locale": "en",
        "slot": "after_body", "priority": 50, "text": "Words.", "is_active": "on",
        "versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0,
    }  # fmt: skip

    response = client.post(reverse("admin:disclaimers_disclaimer_add"), data)

    assert response.status_code == 302
    assert set(AuditEvent.objects.values_list("actor", "kind")) == {(by.pk, "disclaimer_changed")}


def test_an_upgrade_is_logged_as_nobodys():
    sync([replace(shipped()[0], text="New words."), replace(shipped()[1], locale="fi")])

    assert [set(line) for line in logged()] == [{"disclaimer", "text"}, {"disclaimer", "language"}]
    assert not AuditEvent.objects.exclude(actor_name="").exists()


def test_what_a_fresh_site_begins_with_is_not_logged():
    sync([replace(shipped()[0], id="brand-new")])

    assert logged() == []
