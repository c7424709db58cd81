"""EVD01 to EVD03, callout by callout and sentence by sentence."""

import pytest

from tests.claims.language.gold import ids, quotes

RCT = {"id": "a", "study_type": "rct"}


@pytest.mark.parametrize("kind", ["statistic", "clinical-evidence", "research-highlight", "study-insight"])
def test_an_evidence_callout_needs_a_reference(kind):
    text = f":::{kind}\nAbout 40% of adults, studies show.\n\nAnd 50% of women.\n:::"

    assert ids(text) == ["EVD01"]
    assert ids(text.replace("adults,", "adults [@a],"), references=[RCT]) == []


def test_a_citation_that_does_not_resolve_is_none_in_a_callout():
    assert ids(":::statistic\nAbout 40% of adults [@nobody].\n:::") == ["EVD01"]


def test_two_callouts_are_two_findings():
    one = ":::statistic\nAbout 40% of adults.\n:::\n"

    assert ids(f"{one}\nText.\n\n{one}") == ["EVD01", "EVD01"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("About 40% of adults eat too little zinc.", "40%"),
        ("About 40 per cent of adults eat too little zinc.", "40 per cent"),
        ("One in four adults eats too little zinc.", "One in four"),
        ("Zinc rose 3-fold.", "3-fold"),
        ("Most people eat too little zinc.", "Most people"),
    ],
)
def test_a_number_needs_a_citation(text, quote):
    if quote == "Most people":
        text = "Most of the population eats too little zinc."
        quote = "Most of the population"

    assert quotes(text, "EVD02") == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "It holds 40% of the daily value of zinc.", "Zinc is 40% off.", "The zinc pouch is 100% cotton.",
        "Take zinc 3 times a day.", "Use chocolate with 70% cocoa and zinc.", "About 40% of adults lack zinc [@a].",
        "About 40% of adults lack zinc (Meyer, 2019).", "About 40% lack zinc [1].", "The bus was 40% full.",
        "In the trial zinc rose by 40% [@a]. The placebo group gained 2%.", "Oxide is 60% magnesium by weight.",
    ],
)  # fmt: skip
def test_numbers_that_need_none(text):
    assert quotes(text, "EVD02", references=[RCT]) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Studies show that zinc works.", 1),
        ("Studies show that zinc works [@a].", 0),
        ("Studies show that zinc works ([trial](https://doi.org/10.1000/182)).", 0),
        ("A 2020 meta-analysis looked at zinc.", 1),
        ("According to the WHO, zinc matters.", 1),
        ("According to the label, zinc is inside.", 0),
        ("There is no strong evidence for zinc.", 0),
        ("More studies are needed.", 0),
        ("## Studies show that zinc works\n\nText.", 0),
    ],
)
def test_an_appeal_to_studies_needs_a_citation(text, count):
    assert ids(text, references=[RCT]).count("EVD03") == count
