"""CLM01 and CLM02 sentence by sentence: who does what to which disease, and what takes it back."""

import pytest

from tests.claims.language.gold import findings, ids, quotes, wide


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Zinc cures colds.", "cures colds"),
        ("Zinc cured his bronchitis.", "cured his bronchitis"),
        ("Zinc is curing bronchitis.", "curing bronchitis"),
        ("ZINC CURES BRONCHITIS.", "CURES BRONCHITIS"),
        ("Zinc\ncures\nbronchitis.", "cures\nbronchitis"),
        ("Zinc cu\u00adres bronchitis.", "cu\u00adres bronchitis"),
        (wide("Zinc cures") + " bronchitis.", wide("cures") + " bronchitis"),
        ("Zinc **cures** [bronchitis](https://example.org).", "cures** [bronchitis"),
        ("Migraines can be treated with magnesium.", "Migraines can be treated"),
        ("Magnesium, which many people lack, prevents migraines.", "prevents migraines"),
        ("Magnesium is a mineral that prevents migraines.", "prevents migraines"),
        ("Our formula protects you against dementia.", "protects you against dementia"),
        ("Curcumin keeps arthritis at bay.", "keeps arthritis at bay"),
        ("Curcumin sends arthritis packing.", "sends arthritis packing"),
        ("Garlic reduces your long-term risk of stroke.", "reduces your long-term risk of stroke"),
        ("I beat my eczema with evening primrose oil.", "beat my eczema"),
        ("To prevent migraines, take magnesium at night.", "prevent migraines"),
        ("Magnesium: the natural remedy for migraines.", "remedy for migraines"),
        ("Valerian offers migraine relief.", "migraine relief"),
        ("With feverfew, migraines become a thing of the past.", "migraines become a thing of the past"),
        ("Psoriasis is stubborn. Evening primrose oil clears it up.", "clears it up"),
    ],
)
def test_a_claim_is_found_with_its_words(text, quote):
    assert quotes(text, "CLM01") == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "Zinc does not cure bronchitis.",
        "Zinc doesn't cure bronchitis.",
        "Zinc doesn’t cure bronchitis.",
        "Zinc cannot prevent, treat or cure bronchitis.",
        "Zinc is unlikely to cure bronchitis.",
        "Zinc cures no diseases.",
        "That zinc cures bronchitis is a myth.",
        "It is illegal to claim that zinc cures bronchitis.",
        "Sellers who claim to cure bronchitis with zinc should be ashamed.",
        "There is little evidence that zinc prevents bronchitis.",
        "Whether zinc prevents bronchitis was tested in 400 people; it did not.",
        "Does zinc cure bronchitis? No.",
        "Neither zinc nor iron cures bronchitis.",
        "Nobody has shown that zinc cures bronchitis.",
        "Zinc was given to treat bronchitis, with little success.",
        "Zinc will not:\n\n- cure bronchitis\n- prevent pneumonia",
        "Myths about zinc:\n\n- It cures bronchitis",
        "## Claims that are misleading\n\nZinc cures bronchitis.",
        "The FDA warned a seller whose label said that zinc cures bronchitis.",
        "> Zinc may not be sold with words such as “cures bronchitis”.\n\nSo says the FDA.",
        "Vaccines prevent influenza.",
        "Doctors treat pneumonia with antibiotics.",
        "Metformin treats type 2 diabetes.",
        "The clinic that treats her asthma sells zinc.",
        "Zinc corrects zinc deficiency.",
        "Iodine prevents goiter.",
        "Magnesium sulfate by vein prevents eclampsia.",
        "Zinc is sold during flu season.",
        "We give to the American Cancer Society with every jar of zinc.",
        "Zinc oxide prevents rust and cures concrete.",
        "The control group took zinc for bronchitis.",
        "Depression is common, and zinc is cheap.",
        "My sister has asthma. I take zinc.",
    ],
)
def test_what_is_no_claim_is_left_alone(text):
    assert [name for name in ids(text) if name in {"CLM01", "CLM02"}] == []


@pytest.mark.parametrize(
    "text",
    [
        "Zinc does not only cure bronchitis, it tastes good.",
        "No doubt zinc cures bronchitis.",
        "Nothing beats zinc to cure bronchitis.",
        "Zinc is not a drug, but it cures bronchitis.",
        "Zinc never fails to cure bronchitis.",
        "Zinc cures bronchitis without side effects.",
        "Why does zinc cure bronchitis? Because it can.",
        "Want to cure bronchitis? Our zinc syrup is here.",
        "Magnesium does not upset the stomach and prevents migraines.",
        "If you cannot sleep, zinc cures bronchitis while you wait.",
        "Zinc is grey. Though it does not taste well, it cures bronchitis.",
    ],
)
def test_a_word_of_denial_that_denies_something_else_saves_nothing(text):
    assert "CLM01" in ids(text)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Does zinc prevent bronchitis?", "warning"),
        ("Does zinc help with bronchitis?", "info"),
        ("Scientists are studying whether zinc prevents bronchitis.", "warning"),
        ("Zinc may lower the risk of bronchitis [@a].", "warning"),
    ],
)
def test_questions_research_and_hedges_lower_by_one_level(text, severity):
    references = [{"id": "a", "study_type": "rct"}]

    [found] = [one for one in findings(text, references=references) if one.id.startswith("CLM0")]

    assert (found.id, found.severity) == ("CLM02", severity)


@pytest.mark.parametrize(
    "text",
    [
        "Zinc may cure bronchitis [@a].",
        "Zinc may lower the risk of bronchitis.",
        "Zinc lowers the risk of bronchitis [@a].",
    ],
)
def test_a_hedge_needs_a_reference_and_a_matter_of_risk(text):
    found = ids(text, references=[{"id": "a", "study_type": "rct"}])

    assert "CLM01" in found


@pytest.mark.parametrize(
    ("disease", "is_critical"),
    [("breast cancer", True), ("influenza", True), ("migraines", False), ("heart disease", False)],
)
def test_cancer_and_infection_cannot_be_overridden(disease, is_critical):
    [found] = findings(f"Magnesium prevents {disease}.")

    assert (found.id, found.severity, found.critical) == ("CLM01", "error", is_critical)


def test_the_stronger_finding_hides_the_weaker_on_the_same_words():
    assert ids("Magnesium cures and helps with migraines.").count("CLM02") <= 1
    assert ids("Zinc cures inflammatory disease.") == ["CLM01"]


@pytest.mark.parametrize(
    ("lead", "count"),
    [
        ("Magnesium in three lines:", 1),
        ("What medicines do:", 0),
        ("What magnesium cannot do:", 0),
    ],
)
def test_a_list_item_takes_its_subject_from_the_lead(lead, count):
    assert ids(f"{lead}\n\n- Prevents migraines\n- Tastes of chalk").count("CLM01") == count


@pytest.mark.parametrize(("row", "count"), [("Magnesium", 1), ("Metformin", 0)])
def test_a_table_cell_takes_its_subject_from_the_row(row, count):
    table = f"| What | Effect |\n| --- | --- |\n| {row} | Prevents type 2 diabetes |"

    assert ids(table).count("CLM01") == count


@pytest.mark.parametrize(
    ("title", "count"), [("All about magnesium", 1), ("All about antibiotics", 0), ("A walk in the park", 0)]
)
def test_a_heading_takes_its_subject_from_the_title(title, count):
    assert ids("## Prevents migraines\n\nText.", title=title).count("CLM01") == count


@pytest.mark.parametrize(
    "text",
    [
        "## References\n\n- Magnesium prevents migraine. Retrieved from: https://example.org",
        "## Sources\n\nMagnesium prevents migraine.",
        "- Magnesium prevents migraine. doi: 10.1000/182",
        "The paper “Magnesium prevents migraine in adults” [@a] is short.",
        "See *Zinc cures the common cold* [@a].",
        "See [Zinc cures the common cold](https://doi.org/10.1000/182).",
    ],
)
def test_titles_of_works_are_not_ours(text):
    assert "CLM01" not in ids(text, references=[{"id": "a", "study_type": "rct"}])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We sell Migraine Shield in two sizes.", "Migraine Shield"),
        ("ArthriCure is back in stock.", "ArthriCure"),
        ("Try Diabetes Support Complex today.", "Diabetes Support"),
    ],
)
def test_a_disease_in_the_name_of_a_product(text, quote):
    assert quote in quotes(text, "CLM01")


@pytest.mark.parametrize(
    "text",
    ["She goes to a Migraine Support Group.", "We met on World Diabetes Day.", "migraine control is hard"],
)
def test_names_of_others_are_no_products(text):
    assert quotes(text, "CLM01") == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Magnesium lowers blood pressure.", "lowers blood pressure"),
        ("Magnesium lowered her high LDL cholesterol.", "lowered her high LDL cholesterol"),
        ("Omega-3s keep triglycerides in check.", "keep triglycerides in check"),
        ("Curcumin is antiviral.", "antiviral"),
        ("Fish oil may help with arthritis.", "help with arthritis"),
        ("Fish oil is good for arthritis.", "good for arthritis"),
        ("Fish oil is linked to fewer strokes.", "linked to fewer strokes"),
        ("People with arthritis may benefit from fish oil.", "arthritis may benefit from"),
    ],
)
def test_what_only_implies_is_a_warning(text, quote):
    assert quotes(text, "CLM02") == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "Magnesium supports normal muscle function.",
        "Magnesium keeps healthy blood pressure normal.",
        "Magnesium supports blood pressure that is already normal.",
        "An anti-inflammatory drug is not a vitamin.",
        "Exercise lowers blood pressure.",
        "Salt raises blood pressure.",
        "We measured blood pressure.",
        "Black cohosh is good for hot flashes.",
        "Tart cherry relieves muscle soreness after exercise.",
        "Flax is good for bread.",
    ],
)
def test_ordinary_states_and_other_people_are_left_alone(text):
    assert "CLM02" not in ids(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Magnesium prevents migraines.", "magnesium supports normal nerve function"),
        ("Vitamin D prevents osteoporosis.", "vitamin D supports normal bones and muscles"),
        ("Magnesium lowers blood pressure.", "blood pressure that is already in the normal range"),
        ("Omega-3 capsules prevent cancer.", "Delete “prevent cancer”"),
        ("Zinc tablets reduce inflammation.", "zinc supports normal"),
    ],
)
def test_the_fix_proposes_words(text, words):
    [found] = [one for one in findings(text) if one.id in {"CLM01", "CLM02"}]

    assert words in found.fix
