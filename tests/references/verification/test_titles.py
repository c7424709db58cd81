"""How alike titles are: real pairs first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references.verification.titles import compare, fold

MAGNESIUM = "A narrative review on the role of magnesium in immune regulation"
GLYCINATE = "Magnesium glycinate's role in stress reduction and antioxidant activity"
ZINC = "Zinc and immune function: the biological basis of altered resistance to infection"


@pytest.mark.parametrize(
    ("claimed", "found", "likeness"),
    [
        # the five of the first sample article
        (MAGNESIUM, f"{MAGNESIUM}, inflammation, infectious diseases, and cancer", "truncated"),
        ("Zinc and the immune system: The biological basis of...", ZINC, "unsure"),
        ("Selenium and human health", "Selenium and human health.", "same"),
        (GLYCINATE, "Magnesium and stress", "different"),
        # spelling, markup, flags
        ("Zinc And Immune Function - The Biological Basis Of Altered Resistance To Infection", ZINC, "same"),
        ("Uptake of Ca2+ by E. coli", "Uptake of Ca<sup>2+</sup> by <i>E. coli</i>", "same"),
        ("Uptake of iron", "RETRACTED: Uptake of iron", "same"),
        ("Retracted: Uptake of iron", "Uptake of iron", "same"),
        ("β-Blockers after infarction", "Beta-blockers after infarction", "same"),
        ("Betablockers after infarction", "Beta-blockers after infarction", "same"),
        ("Müller&#39;s cells in the eye", "Muller's cells in the eye", "same"),
        ("Food &amp;amp; function in ageing", "Food & function in ageing", "same"),
        ("Effects of magnesium suplementation on sleep", "Effects of magnesium supplementation on sleep", "same"),
        # a source without the subtitle
        (ZINC, "Zinc and immune function", "same"),
        ("Magnesium and human stress: a systematic review", "Magnesium and human stress", "same"),
        # one word is no shortened title, and a subset is no match
        ("Magnesium", "Magnesium and stress in the central nervous system", "different"),
        ("Zinc and immune", ZINC, "truncated"),
        ("Vitamin D and bone health in adults", "Vitamin K and bone health in adults", "unsure"),
        ("Diet in type 1 diabetes of children", "Diet in type 2 diabetes of children", "unsure"),
        ("Selenium and human health", "Selenium and the risk of diabetes", "different"),
        ("", "Selenium", "unsure"),
        ("...", "Selenium", "unsure"),
    ],
)  # fmt: skip
def test_titles_are_compared_as_an_editor_would(claimed, found, likeness):
    assert compare(claimed, found).likeness == likeness


def test_the_subset_that_token_sets_call_identical_is_not():
    assert compare("Zinc function infection", ZINC).score < 0.6


@settings(max_examples=80)
@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(title):
    assert fold(fold(title)) == fold(title)


@settings(max_examples=80)
@given(st.text(max_size=60), st.text(max_size=60))
def test_a_score_is_between_nought_and_one_and_has_no_direction(one, other):
    score = compare(one, other).score

    assert 0 <= score <= 1
    assert score == pytest.approx(compare(other, one).score, abs=0.2)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from("zinc iron immune function of the health stress".split()), min_size=4, max_size=12
    )
)
def test_the_beginning_of_a_title_never_counts_as_another_work(words):
    title = " ".join(words)

    assert compare(" ".join(words[:3]), title).likeness in {"same", "truncated"}
    assert compare(title, title).likeness == "same"
