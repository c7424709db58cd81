import pytest
from django.db.models import Q
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from disclaimers import rules
from disclaimers.conditions import CONDITIONS, beyond_form, form_values, rule_of, summary, ticked
from disclaimers.forms import CarriedForm, DisclaimerForm
from disclaimers.kinds import KINDS
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
def test_every_shipped_rule_is_shown_by_the_form_and_comes_back_from_it(record):
    assert beyond_form(record.when) == {}
    assert rule_of(form_values(record.when), {}) == record.when


def test_every_shipped_kind_has_a_name():
    assert {record.kind for record in shipped()} <= set(KINDS)


@pytest.mark.parametrize(
    "when",
    [
        {"recommends_supplement": "unobtainium"},
        {"recommends_supplement": ["zinc", "unobtainium"]},
        {"recommends_supplement": []},
        {"mentions_dose_of": "unobtainium"},
        {"mentions_dose_of": ["zinc"]},
        {"mentions_group": "astronauts"},
        {"has_affiliate_link": False},
        {"supplement_structure_function_claims": {"gte": 7}},
    ],
)
def test_what_the_form_cannot_show_is_kept(when):
    rest = beyond_form({**when, "is_health_article": True})

    assert rest == when
    assert rule_of({"conditions": ["health"]}, rest) == {**when, "is_health_article": True}


def test_any_nutrient_beside_one_by_name_is_any():
    assert rule_of({"supplements": ["zinc", "any"]}, {}) == {"recommends_supplement": "any"}


@given(
    st.lists(st.sampled_from(sorted(CONDITIONS)), unique=True),
    st.lists(st.sampled_from(["zinc", "iron", "vitamin_k"]), unique=True),
    st.sampled_from(["", "magnesium"]),
    st.sampled_from(["", "kidney"]),
)
def test_what_the_fields_say_comes_back_to_them(boxes, supplements, dose_of, group):
    once = rule_of({"conditions": boxes, "supplements": supplements, "dose_of": dose_of, "group": group}, {})

    assert rules.rule_problems(once) == []
    assert rule_of(form_values(once), beyond_form(once)) == once


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({}, "only where an article names it"),
        ({"has_affiliate_link": True, "has_amazon_link": True}, "has a paid link and has an Amazon link"),
        ({"has_affiliate_link": False}, "has_affiliate_link: False"),
        ({"recommends_supplement": "any"}, "advises a supplement"),
        (
            {"recommends_supplement": ["vitamin_b12", "omega_3"]},
            "advises a supplement of vitamin B12 or omega-3",
        ),
        (
            {"mentions_dose_of": "zinc", "mentions_group": "kidney"},
            "gives an amount of zinc and speaks of the group kidney",
        ),
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

    assert set(choices) == {
        "by-hand",
        *(record.id for record in shipped() if not record.when or record.kind.startswith("group_")),
    }


@pytest.mark.django_db
def test_the_form_offers_the_nutrients_and_groups_of_the_word_lists():
    fields = DisclaimerForm().fields

    assert {"any", "magnesium", "omega_3"} <= set(dict(fields["supplements"].choices))
    assert set(dict(fields["group"].choices)) == {"", "pregnancy", "kidney", "children"}
    assert dict(fields["dose_of"].choices)["vitamin_b12"] == "vitamin B12"


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
    Disclaimer.objects.filter(Q(when={}) | Q(kind__startswith="group_")).delete()

    assert "Add one under Disclaimers" in CarriedForm(initial={}).as_p()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 20])
def test_the_panel_costs_one_query(django_assert_num_queries, count):
    DisclaimerFactory.create_batch(count)
    with django_assert_num_queries(1):
        CarriedForm(initial={"disclaimers": "house-notice-1"}).as_p()
