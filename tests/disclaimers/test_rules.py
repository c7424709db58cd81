from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclaimers import rules
from disclaimers.rules import Page, Record

PAID = Page(language="en", jurisdictions=("US",), is_paid=True)
ZINC = Page(supplements=frozenset({"zinc"}))


def record(slug="a", **changes):
    defaults = {
        "id": 1,
        "version": 1,
        "family": "disclosure",
        "kind": "affiliate_disclosure",
        "text": f"Text of {slug}.",
        "jurisdictions": ("US",),
        "when": {"has_affiliate_link": True},
        "slot": rules.BEFORE_PAID_LINK,
    }
    return Record(slug=slug, **{**defaults, **changes})


def notice(slug, **changes):
    return record(
        slug,
        **{
            "family": "notice",
            "kind": "health_information",
            "slot": rules.AFTER_BODY,
            "jurisdictions": ("*",),
            "when": {"is_health_article": True},
            **changes,
        },
    )


def slugs(found):
    return [item.slug for item in found]


@pytest.mark.parametrize(
    ("locale", "language", "expected"),
    [
        ("en", "en", True),
        ("en", "en-GB", True),
        ("EN", "en", True),
        ("en-GB", "en", False),
        ("en_GB", "en-gb", True),
        ("de", "en", False),
        ("e", "en", False),
    ],
)
def test_a_text_speaks_the_language_of_the_page(locale, language, expected):
    assert rules.speaks(locale, language) is expected


@pytest.mark.parametrize(
    ("when", "page", "expected"),
    [
        ({"has_affiliate_link": True}, PAID, True),
        ({"has_affiliate_link": True}, Page(), False),
        ({"has_affiliate_link": False}, Page(), True),
        ({"has_amazon_link": True}, replace(PAID, networks=frozenset({"amazon"})), True),
        ({"has_amazon_link": True}, replace(PAID, networks=frozenset({"amazon-us"})), True),
        ({"has_amazon_link": True}, replace(PAID, networks=frozenset({"amazonia"})), False),
        ({"has_evidence_callout": True}, Page(has_evidence_callout=True), True),
        ({"is_health_article": True}, Page(is_health_article=True), True),
        ({"supplement_structure_function_claims": {"eq": 1}}, Page(supplement_claim_count=1), True),
        ({"supplement_structure_function_claims": {"eq": 1}}, Page(supplement_claim_count=2), False),
        ({"supplement_structure_function_claims": {"gte": 2}}, Page(supplement_claim_count=3), True),
        ({"supplement_structure_function_claims": {"gte": 2}}, Page(supplement_claim_count=1), False),
        ({"has_affiliate_link": True, "has_amazon_link": True}, PAID, False),
        ({"recommends_supplement": "zinc"}, PAID, False),
        ({"recommends_supplement": "zinc"}, ZINC, True),
        ({"recommends_supplement": "iron"}, ZINC, False),
        ({"recommends_supplement": ["iron", "zinc"]}, ZINC, True),
        ({"recommends_supplement": ["iron"]}, ZINC, False),
        ({"recommends_supplement": "any"}, ZINC, True),
        ({"recommends_supplement": "any"}, Page(doses=frozenset({"zinc"})), False),
        ({"mentions_dose": True}, Page(doses=frozenset({"zinc"})), True),
        ({"mentions_dose": True}, ZINC, False),
        ({"mentions_dose": False}, ZINC, True),
        ({"mentions_dose_of": "zinc"}, Page(doses=frozenset({"zinc"})), True),
        ({"mentions_dose_of": "iron"}, Page(doses=frozenset({"zinc"})), False),
        ({"mentions_compound_dose": True}, Page(has_compound_dose=True), True),
        ({"mentions_compound_dose": True}, Page(doses=frozenset({"zinc"})), False),
        ({"mentions_group": "kidney"}, Page(groups=frozenset({"kidney"})), True),
        ({"mentions_group": "children"}, Page(groups=frozenset({"kidney"})), False),
        ({"shows_product_card": True}, Page(shows_product_card=True), True),
        ({"shows_product_card": True}, PAID, False),
        ({"ranking_influenced_by_commission": True}, Page(is_ranking_paid=True), True),
        ({"ranking_influenced_by_commission": True}, PAID, False),
        ({"full_moon": True}, PAID, False),
        ({}, PAID, False),
    ],
)
def test_a_rule_is_the_and_of_its_predicates(when, page, expected):
    assert rules.is_due(record(when=when), page) is expected


def test_a_record_that_is_switched_off_is_never_due():
    assert not rules.is_due(record(is_active=False), PAID)


def test_every_jurisdiction_of_the_page_counts():
    page = replace(PAID, jurisdictions=("US", "DE"))
    found = rules.place(
        [record("us"), record("eu", jurisdictions=("EU",)), record("uk", jurisdictions=("UK",))], page
    )

    assert slugs(found) == ["eu", "us"]


def test_higher_priority_comes_first_then_the_name():
    found = rules.place([record("b"), record("c", priority=90), record("a")], PAID)

    assert slugs(found) == ["c", "a", "b"]


def test_the_commission_comes_before_the_network_at_equal_priority():
    page = replace(PAID, networks=frozenset({"amazon"}))
    amazon = record("amazon", kind="network_statement", when={"has_amazon_link": True})

    assert slugs(rules.place([amazon, record("us")], page)) == ["us", "amazon"]


def test_a_carried_notice_stands_in_for_the_automatic_one_of_its_kind():
    page = Page(is_health_article=True)
    found = rules.place([notice("automatic"), notice("carried", when={})], page, ["carried"])

    assert slugs(found) == ["carried"]


def test_a_carried_notice_in_another_language_does_not_stand_in():
    page = Page(is_health_article=True)
    found = rules.place([notice("automatic"), notice("carried", when={}, locale="de")], page, ["carried"])

    assert slugs(found) == ["automatic", "carried"]


def test_a_carried_disclosure_never_replaces_the_automatic_one():
    found = rules.place([record("automatic"), record("carried", when={})], PAID, ["carried"])

    assert slugs(found) == ["automatic", "carried"]


def test_a_carried_amazon_sentence_replaces_the_automatic_one():
    page = replace(PAID, networks=frozenset({"amazon"}))
    automatic = record("automatic", kind="network_statement", when={"has_amazon_link": True})
    found = rules.place(
        [automatic, replace(automatic, slug="carried", text="We earn.", when={})], page, ["carried"]
    )

    assert slugs(found) == ["carried"]


def test_a_carried_record_that_is_off_or_unknown_is_not_shown():
    assert rules.place([notice("off", is_active=False, when={})], Page(), ["off", "unknown"]) == ()


def test_equal_texts_are_shown_once():
    found = rules.place(
        [record("a", text="We earn a commission."), record("b", text="We  earn a COMMISSION.")], PAID
    )

    assert slugs(found) == ["a"]


@pytest.mark.parametrize(
    ("shown", "jurisdictions", "expected"),
    [
        ([record()], ("US",), ()),
        ([record()], ("US", "UK"), ("UK",)),
        ([record(jurisdictions=("*",))], ("US", "UK"), ()),
        ([record(slot=rules.AFTER_BODY)], ("US",), ("US",)),
        ([record(kind="network_statement")], ("US",), ("US",)),
        ([record(kind="unclear_disclosure")], ("US",), ("US",)),
        ([], ("US",), ("US",)),
    ],
)
def test_undisclosed_jurisdictions(shown, jurisdictions, expected):
    assert rules.undisclosed_in(shown, replace(PAID, jurisdictions=jurisdictions)) == expected


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        ({"full_moon": True}, "There is no predicate named full_moon."),
        ({"recommends_supplement": []}, "recommends_supplement needs a name, such as zinc."),
        ({"recommends_supplement": ["zinc", 7]}, "recommends_supplement needs a name, such as zinc."),
        ({"mentions_dose_of": ["zinc"]}, "mentions_dose_of needs a name, such as zinc."),
        ({"mentions_group": True}, "mentions_group needs a name, such as zinc."),
        ({"mentions_dose": "zinc"}, "mentions_dose needs true or false."),
        ({"has_amazon_link": "yes"}, "has_amazon_link needs true or false."),
        ({"supplement_structure_function_claims": {"eq": True}}, "needs eq or gte"),
        ({"supplement_structure_function_claims": {"lt": 1}}, "needs eq or gte"),
        ({"supplement_structure_function_claims": {}}, "needs eq or gte"),
        (["has_amazon_link"], "A rule is a set of predicates"),
    ],
)
def test_a_rule_that_cannot_be_decided_says_why(when, problem):
    [found] = rules.rule_problems(when)

    assert problem in found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don\u2019t  \u201cdrink\u201d it", 'don\'t "drink" it'),
        ("2\u20133 mg", "2-3 MG"),
        ("a\u00a0b\n c", "a b c"),
        ("\ufb01sh", "fish"),
    ],
)
def test_typography_does_not_tell_texts_apart(one, other):
    assert rules.normalised(one) == rules.normalised(other)


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = rules.normalised(text)

    assert rules.normalised(once) == once


families = st.sampled_from(rules.FAMILIES)
records = st.builds(
    record,
    slug=st.sampled_from("abcdef"),
    family=families,
    kind=st.sampled_from(["affiliate_disclosure", "health_information"]),
    text=st.sampled_from(["One.", "Two.", "Three."]),
    jurisdictions=st.sampled_from([("US",), ("EU",), ("*",)]),
    when=st.sampled_from([{}, {"has_affiliate_link": True}, {"is_health_article": True}]),
    is_active=st.booleans(),
)


@given(st.lists(records), st.lists(st.sampled_from("abcdefg")))
def test_nothing_inactive_and_no_text_twice_is_ever_placed(found, carried):
    placed = rules.place(found, replace(PAID, is_health_article=True), carried)
    texts = [item.text for item in placed]

    assert all(item.is_active for item in placed)
    assert len(texts) == len(set(texts))
    assert [item.priority for item in placed] == sorted((item.priority for item in placed), reverse=True)
