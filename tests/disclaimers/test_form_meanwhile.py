"""The form of a text, saved after somebody else has saved it."""

import pytest
from django.urls import reverse

from disclaimers import services
from disclaimers.models import Disclaimer
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import UserFactory
from tests.support.open_page import OpenPage

pytestmark = pytest.mark.django_db
NO_VERSIONS = {"versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0}


@pytest.fixture
def text():
    return DisclaimerFactory(text="Old text.", notes="Old note.", when={"is_health_article": True})


@pytest.fixture
def opened(client, text):
    client.force_login(UserFactory(superuser=True))
    page = OpenPage(client, reverse("admin:disclaimers_disclaimer_change", args=[text.pk]))
    page.data |= NO_VERSIONS
    return page


def elsewhere(record, **changes):
    stored = Disclaimer.objects.get(pk=record.pk)
    wording = changes.pop("text", None)
    for name, value in changes.items():
        setattr(stored, name, value)
    services.save_rule(stored)
    if wording:
        services.change_text(stored, wording, UserFactory(username="ana"))


def test_the_rule_of_another_one_stays(text, opened):
    elsewhere(text, jurisdictions=["DE"], when={}, is_active=False, priority=7)

    assert opened.save(notes="My note.")

    stored = Disclaimer.objects.get(pk=text.pk)
    assert (stored.jurisdictions, stored.when, stored.is_active, stored.priority) == (["DE"], {}, False, 7)
    assert stored.notes == "My note."


def test_what_was_switched_on_meanwhile_stays_on(text, opened):
    elsewhere(text, is_active=False)
    opened.take(opened.client.get(opened.url))
    opened.data |= NO_VERSIONS
    elsewhere(text, is_active=True)

    assert opened.save(notes="My note.")

    assert Disclaimer.objects.get(pk=text.pk).is_active


def test_the_words_of_another_one_stay(text, opened):
    elsewhere(text, text="Ana's text.")

    assert opened.save(notes="My note.")

    assert Disclaimer.objects.get(pk=text.pk).text == "Ana's text."


def test_two_wordings_are_both_shown(text, opened):
    elsewhere(text, text="Ana's text.", jurisdictions=["DE"])

    assert not opened.save(text="My text.")

    assert [(one.label, one.theirs, one.yours) for one in opened.conflicts] == [
        ("Text", "Ana's text.", "My text.")
    ]
    assert opened.data["text"] == "My text."
    assert Disclaimer.objects.get(pk=text.pk).text == "Ana's text."
    assert opened.save(**NO_VERSIONS)
    stored = Disclaimer.objects.get(pk=text.pk)
    assert (stored.text, stored.jurisdictions) == ("My text.", ["DE"])


def test_values_are_shown_in_words(text, opened):
    elsewhere(text, slot="before_paid_link", when={"has_amazon_link": True}, is_active=False)

    assert not opened.save(slot="before_references", conditions=["paid", "evidence"], is_active="on")

    assert {(one.label, one.theirs, one.yours) for one in opened.conflicts} == {
        ("Place", "Before the first paid link", "After the text, before the references"),
        (
            "Shown where all of this is true",
            "The page has an Amazon link",
            "The page shows an evidence callout, The page has a paid link",
        ),
    }
    assert "is_active" not in opened.data


def test_a_prescribed_wording_that_was_chosen_meanwhile_stays(client):
    text = DisclaimerFactory(text="One.", is_verbatim=True, accepted_variants=["Two."], source="Law")
    client.force_login(UserFactory(superuser=True))
    opened = OpenPage(client, reverse("admin:disclaimers_disclaimer_change", args=[text.pk]))
    elsewhere(text, text="Two.")

    assert opened.save(notes="My note.", **NO_VERSIONS)

    assert Disclaimer.objects.get(pk=text.pk).text == "Two."
