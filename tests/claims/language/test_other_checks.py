"""CLM03 to CLM08 and SAF02, sentence by sentence."""

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
