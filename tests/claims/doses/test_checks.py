"""What the checks say: the limit with its unit, group, authority and source, and the fix."""

import pytest

from claims.doses.checks import CHECKS
from cms.contracts import Source
from tests.claims.gold.score import snapshot_of

RUN = {check.id: check.run for check in CHECKS}


def found(check, text, *jurisdictions, **front_matter):
    entry = {"text": text, "jurisdictions": jurisdictions or ("US",), "front_matter": front_matter}
    return list(RUN[check](snapshot_of(entry)))


def one(check, text, *jurisdictions, **front_matter):
    [finding] = found(check, text, *jurisdictions, **front_matter)
    return finding


def test_severities_are_those_of_the_rules():
    assert {check.id: check.severity for check in CHECKS} == {
        "DOS01": "error",
        "DOS02": "warning",
        "DOS03": "error",
        "DOS05": "error",
        "DOS06": "info",
        "DOS07": "info",
        "DOS08": "warning",
    }
    assert all(check.about and check.why and not check.critical for check in CHECKS)


def test_dos01_names_amount_limit_group_basis_and_authority():
    finding = one("DOS01", "Hello.\n\nTake 200 mg of magnesium twice daily.")

    assert finding.message == (
        "400 mg a day is above the limit of 350 mg of magnesium a day for adults, "
        "from supplements and medicines, food not counted (NASEM, US)."
    )
    assert (finding.line, finding.quote) == (3, "200 mg of magnesium twice daily")
    assert finding.fix.startswith("Advise at most 350 mg a day")
    assert "Source: NASEM DRI summary table" in finding.fix


@pytest.mark.parametrize(
    ("jurisdictions", "authority"),
    [(("US",), "NASEM"), (("EU",), "EFSA"), (("UK",), "EFSA"), (("US", "DE"), "EFSA")],
)
def test_the_strictest_place_of_the_site_counts(jurisdictions, authority):
    assert authority in one("DOS01", "Take 400 mg of magnesium a day.", *jurisdictions).message


def test_a_site_for_places_without_a_table_hears_nothing():
    assert found("DOS01", "Take 400 mg of magnesium a day.", "AU") == []


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Give toddlers 100 mg of magnesium.", "65 mg of magnesium a day for children of 1 to 3"),
        ("In pregnancy, take 400 mg of magnesium.", "350 mg of magnesium a day in pregnancy"),
        ("Babies of 6 months can take 100 mg of magnesium.", "for children of 1 to 3"),
    ],
)
def test_a_group_has_its_own_limit(text, whose):
    assert whose in one("DOS01", text).message


def test_children_in_europe_go_by_the_american_table_which_is_named():
    assert "(NASEM, US)" in one("DOS01", "Give toddlers 100 mg of magnesium.", "EU").message


@pytest.mark.parametrize(
    "text",
    [
        "Aim for 420 mg of magnesium a day from food and supplements.",
        "Take 350 mg of magnesium a day.",
        "Take 20 mg of beta-carotene a day.",
        "Take 5,000 mcg of vitamin B12 a day.",
    ],
)
def test_what_a_limit_does_not_count_is_not_above_it(text):
    assert found("DOS01", text) == []


def test_a_total_limit_counts_food_too():
    assert one("DOS01", "Aim for 50 mg of zinc a day from food and supplements.").id == "DOS01"


@pytest.mark.parametrize(("form", "count"), [("nicotinamide", 0), ("nicotinic acid", 1), ("niacin", 1)])
def test_forms_of_niacin_have_limits_of_their_own_in_europe(form, count):
    assert len(found("DOS01", f"Take 50 mg of {form} a day.", "EU")) == count


def test_dos02_computes_what_the_pure_compound_would_hold():
    finding = one("DOS02", "Take 200–400 mg magnesium bisglycinate.")

    assert finding.message == (
        "Give the elemental amount: this is the mass of magnesium bisglycinate, not of magnesium."
    )
    assert "about 28.2 mg to 56.4 mg of magnesium; products differ" in finding.fix


def test_dos02_says_of_a_lozenge_that_nobody_knows():
    assert "which salt of zinc the lozenge holds" in one("DOS02", "Take a 15 mg zinc lozenge.").message


def test_dos03_offers_the_smaller_unit():
    finding = one("DOS03", "The RDA for selenium is 55 mg.")

    assert finding.message.startswith("Unit slip? Adults are to get about 55 µg of selenium a day")
    assert finding.fix == "If it is µg that you mean, write 55 µg."


def test_dos03_knows_what_no_limit_comes_near():
    finding = one("DOS03", "Take 60 mg of vitamin D3.")

    assert "more than 50 times the highest upper limit of vitamin D, 100 µg" in finding.message


@pytest.mark.parametrize(
    "text",
    ["1 mg of vitamin B12", "5 mg of biotin", "A warning: never take 5 g of zinc.", "0.9 mg of copper"],
)
def test_dos03_leaves_usual_amounts_and_warnings_alone(text):
    assert found("DOS03", text) == []


def test_dos05_names_the_right_number_and_source():
    finding = one("DOS05", "The upper limit for zinc is 60 mg.")

    assert finding.message == (
        "The table has a limit of 40 mg of zinc a day for adults, from food and supplements together (NASEM, US)."
    )
    assert finding.fix.startswith("Write 40 mg, from food and supplements together. Source: ")


@pytest.mark.parametrize(
    ("text", "jurisdictions", "count"),
    [
        ("The upper limit for zinc is 25 mg.", ("US",), 1),
        ("EFSA's upper limit for zinc is 25 mg.", ("US",), 0),
        ("The US upper limit for zinc is 40 mg.", ("EU",), 0),
        ("The upper limit for zinc is 40 mg.", ("US", "EU"), 0),
        ("The upper limit for calcium is 2,000 mg after 50.", ("US",), 0),
        ("The upper limit for vitamin E is 1,500 IU.", ("US",), 0),
        ("In 1997 the upper limit for vitamin D was 50 mcg.", ("US",), 0),
        ("The upper limit for magnesium is 2,000 mg magnesium oxide.", ("US",), 0),
    ],
)
def test_dos05_goes_by_the_authority_that_is_named(text, jurisdictions, count):
    assert len(found("DOS05", text, *jurisdictions)) == count


def test_dos05_goes_by_the_authority_of_the_column():
    text = "| Nutrient | Upper limit, EU | Upper limit, US |\n|---|---|---|\n| Zinc | 40 mg | 40 mg |\n"

    finding = one("DOS05", text, "US", "EU")

    assert "(EFSA, EU)" in finding.message


def test_dos05_says_that_no_limit_was_set():
    finding = one("DOS05", "The upper limit for vitamin B12 is 1,000 mcg.")

    assert finding.message == "No upper limit of vitamin B12 has been set for these readers."


def test_dos05_knows_nothing_of_what_the_table_does_not_hold():
    assert found("DOS05", "The upper limit for arsenic is 5 mg of arsenic.") == []


def test_dos06_is_about_the_whole_range_only():
    assert len(found("DOS06", "Take 8–11 mg of zinc a day.")) == 1
    assert found("DOS06", "Take 8–15 mg of zinc a day.") == []
    assert found("DOS06", "Take up to 55 mcg of selenium a day.") == []


def test_dos07_offers_the_mass():
    assert one("DOS07", "Take 2,000 IU of vitamin D.").fix == "Add “(50 µg)”."
    assert one("DOS07", "Take 400 IU of vitamin E.").fix == "Add “(268 mg)”, if it is the natural form."


def test_dos07_speaks_once_a_passage_and_nutrient():
    text = "Take 1,000 IU of vitamin D. Some take 2,000 IU of vitamin D.\n\nVitamin D: 600 IU."

    assert len(found("DOS07", text)) == 2


def test_dos08_names_the_limit_of_the_group():
    finding = one("DOS08", "Toddlers can take 3 mg of zinc.")

    assert finding.message == "Use the group's limit: a dose for children of 1 to 3 stands here without one."
    assert finding.fix.startswith("Name the limit of 7 mg of zinc a day for children of 1 to 3")


def test_dos08_is_content_with_the_limit_of_the_group():
    assert found("DOS08", "Toddlers can take 3 mg of zinc; their upper limit is 7 mg.") == []
    assert len(found("DOS08", "Toddlers can take 3 mg of zinc; the upper limit of iron is 40 mg.")) == 1


def test_dos08_sends_kidney_patients_to_their_doctor():
    assert (
        one("DOS08", "On dialysis, take 100 mg of magnesium.").fix == "Tell them to ask their doctor first."
    )


def test_dos08_hears_what_introduces_a_list():
    text = "Ask your paediatrician first:\n\n- Toddlers can take 3 mg of zinc\n"

    assert found("DOS08", text) == []


def test_the_title_lends_a_nutrient():
    assert one("DOS01", "Take 50 mg a day.", title="Zinc for beginners").quote == "50 mg a day"


@pytest.mark.parametrize("heading", ["References", "Sources", "Further reading"])
def test_lists_of_references_are_not_read(heading):
    text = f"## {heading}\n\n- Take 400 mg of magnesium a day: a manual. 1999.\n"

    assert [finding for run in RUN.values() for finding in run(snapshot_of({"text": text}))] == []


def test_text_without_jurisdictions_is_read_all_the_same():
    snapshot = snapshot_of({"text": "The RDA for selenium is 55 mg."})

    assert isinstance(snapshot.source, Source)
    assert [finding.id for finding in RUN["DOS03"](snapshot)] == ["DOS03"]
