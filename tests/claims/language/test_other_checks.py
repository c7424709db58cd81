"""CLM03 to CLM08, EU02, EU03, EVD01 to EVD03 and SAF02, sentence by sentence."""

import pytest

from tests.claims.language.gold import findings, ids, quotes

RCT, CASE = {"id": "a", "study_type": "rct"}, {"id": "a", "study_type": "case_report"}


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("A miracle in a jar.", "error"),
        ("Scientifically proven magnesium.", "error"),
        ("It is a game changer.", "warning"),
        ("A Game-Changer for zinc.", "warning"),
        ("The “master mineral” of all.", "warning"),
    ],
)
def test_an_overclaim_has_the_severity_of_its_list(text, severity):
    [found] = findings(text)

    assert (found.id, found.severity) == ("CLM03", severity)


@pytest.mark.parametrize(
    "text",
    [
        "It is no miracle.", "This is not a game changer.", "Beware of guaranteed results.", "Is it a miracle? Hardly.",
        "Satisfaction guaranteed.", "We transform the data.", "“Clinically proven” is a phrase that means little.",
    ],
)  # fmt: skip
def test_overclaims_denied_or_meant_otherwise(text):
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Magnesium works like statins.", 1),
        ("Swap your statin for red yeast rice.", 1),
        ("Magnesium replaces your blood pressure medication.", 1),
        ("It is nature's Ozempic.", 1),
        ("Naproxen is as effective as ibuprofen.", 0),
        ("Red yeast rice does not work like statins.", 0),
        ("It is as effective as a warm bath.", 0),
        ("Is magnesium a substitute for statins? No.", 0),
        ("Natural yoghurt and antibiotics go their own ways.", 0),
    ],
)
def test_comparison_with_a_medicine(text, count):
    assert ids(text).count("CLM04") == count


@pytest.mark.parametrize("kind", ["case_report", "animal", "in_vitro", "observational"])
def test_proof_beside_a_weak_study(kind):
    text = "This proves that zinc tastes of metal [@a]."

    assert quotes(text, "CLM05", references=[{"id": "a", "study_type": kind}]) == ["proves"]


@pytest.mark.parametrize("kind", ["rct", "meta_analysis", "review", "guideline", ""])
def test_proof_beside_a_strong_or_unknown_study(kind):
    text = "This proves that zinc tastes of metal [@a]."

    assert quotes(text, "CLM05", references=[{"id": "a", "study_type": kind, "title": "Zinc"}]) == []


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Zinc in mice", 1),
        ("A case report", 1),
        ("Zinc: a systematic review of cohort studies", 0),
        ("Zinc", 0),
    ],
)
def test_an_unknown_study_type_is_read_from_the_title(title, count):
    text = "This proves that zinc tastes of metal [@a]."

    assert len(quotes(text, "CLM05", references=[{"id": "a", "title": title}])) == count


def test_one_strong_study_beside_a_weak_one_carries_the_claim():
    references = [CASE, {"id": "b", "study_type": "rct"}]

    assert ids("This proves that zinc tastes of metal [@a; @b].", references=references) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It has no side effects.", 1),
        ("It has no side effects [@a].", 1),
        ("No side effects were reported in the trial [@a].", 0),
        ("It is not without side effects.", 0),
        ("You cannot overdose on it.", 1),
        ("You can overdose on it.", 0),
        ("A risk-free way to rest.", 1),
        ("A risk-free trial of 30 days.", 0),
        ("Is it completely safe? Nobody knows.", 0),
        ("Ask whether it is completely safe.", 0),
    ],
)
def test_absolute_safety(text, count):
    assert ids(text, references=[RCT]).count("CLM06") == count


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("People with diabetes should take magnesium.", "warning"),
        ("People with diabetes should take magnesium, but ask your doctor.", "info"),
        ("Stop taking your medication.", "error"),
        ("Stop taking your medication, but talk to your doctor.", "warning"),
        ("If your nails break, you are deficient.", "error"),
        ("You should take zinc.", "warning"),
        ("If you have gout, drink tart cherry juice.", "warning"),
    ],
)
def test_advice_and_what_softens_it(text, severity):
    assert [one.severity for one in findings(text) if one.id == "CLM07"] == [severity]


@pytest.mark.parametrize(
    "text",
    [
        "If you have diabetes, talk to your doctor before you take magnesium.",
        "People with kidney disease should not take magnesium.",
        "People with diabetes should avoid sweetened powders.",
        "People with diabetes often eat little magnesium.",
        "If you are deficient, food comes first.",
        "Never stop taking your medication.",
        "If you have time, try a powder.",
        "Take it with water.",
    ],
)
def test_referrals_cautions_and_facts_are_no_advice(text):
    assert "CLM07" not in ids(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("An FDA-approved supplement.", 1),
        ("Our zinc is approved by the U.S. Food and Drug Administration.", 1),
        ("No zinc is FDA approved.", 0),
        ("FDA-approved drugs are another thing.", 0),
        ("Made in an FDA-registered facility.", 0),
        ("Is this supplement FDA approved?", 0),
    ],
)
def test_fda_approval(text, count):
    assert ids(text).count("CLM08") == count


@pytest.mark.parametrize("place", ["EU", "DE", "UK", "GB", "FR"])
def test_benefits_are_weighed_in_europe(place):
    assert ids("Zinc boosts immunity.", [place]) == ["EU02"]


@pytest.mark.parametrize("place", ["US", "CA", "CH"])
def test_benefits_are_free_elsewhere(place):
    assert ids("Zinc boosts immunity.", [place]) == []


@pytest.mark.parametrize(
    ("text", "is_free"),
    [
        ("Zinc contributes to the normal function of the immune system.", True),
        ("Zinc helps to maintain normal immune system function.", True),
        ("Zinc contributes to immune function.", False),
        ("Magnesium contributes to the normal function of the immune system.", False),
        ("Zinc contributes to normal cognitive function and to deep sleep.", False),
        ("Zinc has a role in the process of cell division.", True),
        ("Zinc improves normal immune system function.", False),
        ("Sleep strengthens the immune system.", True),
        ("Does zinc boost immunity?", True),
        ("Zinc does not boost immunity.", True),
    ],
)
def test_authorised_wording(text, is_free):
    assert ids(text, ["EU"]) == ([] if is_free else ["EU02"])


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("Zinc boosts the immune system.", "“Zinc contributes to the normal function of the immune system.”"),
        ("Magnesium builds strong bones.", "“Magnesium contributes to the maintenance of normal bones.”"),
        ("Glycine promotes sleep.", "no claim is authorised"),
    ],
)
def test_the_authorised_wording_is_proposed(text, fix):
    [found] = [one for one in findings(text, ["EU"]) if one.id == "EU02"]

    assert fix in found.fix


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Weber recommends zinc.", 1),
        ("Our pharmacist swears by zinc.", 1),
        ("Lose 3 kg in two weeks with zinc.", 1),
        ("Shed ten pounds within a month.", 1),
        ("If you skip magnesium, your heart will suffer.", 1),
        ("Your doctor can recommend zinc.", 0),
        ("The Society for Nutrition recommends zinc.", 0),
        ("Dr. Weber wrote the book.", 0),
        ("The parcel lost 3 kg of rice.", 0),
    ],
)
def test_what_article_12_bans(text, count):
    assert ids(text, ["EU"]).count("EU03") == count
    assert ids(text, ["US"]).count("EU03") == 0


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


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Zinc does not interact with antibiotics.", 1),
        ("Vitamin K is safe to take with warfarin.", 1),
        ("Magnesium does not interact with any medication.", 1),
        ("Zinc does not interact with milk.", 0),
        ("Vitamin K is not safe to take with warfarin.", 0),
        ("Selenium does not interact with warfarin.", 0),
        ("Zinc interacts with antibiotics.", 0),
        ("Can I take iron with levothyroxine? Yes, there is no need to wait.", 1),
    ],
)
def test_denied_interactions(text, count):
    assert ids(text).count("SAF02") == count


def test_what_the_table_of_papers_says_is_checked_too():
    references = [{"id": "a", "custom": {"insight": "Zinc prevents influenza."}}]

    [found] = findings("Text.", references=references)

    assert (found.id, found.line, found.quote) == ("CLM01", None, "prevents influenza")


@pytest.mark.parametrize("insight", [None, 7, "", "  ", ["zinc cures colds"]])
def test_an_odd_insight_is_passed_over(insight):
    assert findings("Text.", references=[{"id": "a", "custom": {"insight": insight}}]) == []
