import pytest
from django.http import QueryDict

from disclaimers import rules
from disclaimers.forms import CONDITIONS, CarriedForm, summary, ticked, untickable
from disclaimers.models import Disclaimer
from disclaimers.shipped import shipped
from tests.disclaimers.factories import DisclaimerFactory


def carried(initial, *chosen):
    data = QueryDict(mutable=True)
    data.setlist("disclaimers-disclaimers", list(chosen))
    return CarriedForm(data, prefix="disclaimers", initial=initial)


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_is_a_rule_that_can_be_decided(name):
    _label, part = CONDITIONS[name]

    assert rules.rule_problems(dict(part)) == []
    assert ticked(part) == [name]


@pytest.mark.parametrize("record", shipped(), ids=lambda record: record.id)
def test_every_shipped_rule_can_be_ticked(record):
    assert ticked(record.when)
    assert untickable(record.when) == {}


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({}, "only where an article names it"),
        ({"has_affiliate_link": True, "has_amazon_link": True}, "has a paid link and has an Amazon link"),
        ({"has_affiliate_link": False}, "has_affiliate_link: False"),
    ],
)
def test_a_rule_has_words(when, words):
    assert summary(when) == words


@pytest.mark.django_db
def test_an_article_may_carry_texts_that_have_no_rule():
    DisclaimerFactory(slug="by-hand")
    DisclaimerFactory(slug="automatic", health=True)
    DisclaimerFactory(slug="off", is_active=False)

    choices = dict(CarriedForm(initial={}).fields["disclaimers"].choices)

    assert set(choices) == {"by-hand"}


@pytest.mark.django_db
def test_what_an_article_carries_stays_a_choice():
    DisclaimerFactory(slug="off", is_active=False)
    form = carried({"disclaimers": ["off", "gone"]}, "off", "gone")

    assert form.is_valid()
    assert form.cleaned_data["disclaimers"] == ["off", "gone"]
    assert "gone (there is no such text)" in dict(form.fields["disclaimers"].choices).values()


@pytest.mark.django_db
def test_another_text_cannot_be_smuggled_in():
    form = carried({}, "health-info-general")

    assert not form.is_valid()


@pytest.mark.django_db
def test_without_such_texts_the_form_says_how_to_add_one():
    Disclaimer.objects.filter(when={}).delete()

    assert "Add one under Disclaimers" in CarriedForm(initial={}).as_p()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 20])
def test_the_panel_costs_one_query(django_assert_num_queries, count):
    DisclaimerFactory.create_batch(count)
    with django_assert_num_queries(1):
        CarriedForm(initial={"disclaimers": "house-notice-1"}).as_p()
