import pytest

from disclaimers.shipped import shipped
from tests.disclaimers.factories import DisclaimerFactory

pytestmark = pytest.mark.django_db
ADVICE = "Zinc is a mineral.\n\nTake **10 mg of Zinc** a day."
CLAIM = "Zinc supplements support immune health."
FDA = next(record for record in shipped() if record.id == "us-dshea-singular").text


def test_with_the_shipped_texts_nothing_is_missing(found):
    assert found(f"{ADVICE}\n\nAsk first if you are pregnant. {CLAIM}") == {}


def test_an_advised_supplement_without_its_interactions_is_a_warning(found, switch_off):
    switch_off("int-zinc")

    finding = found(ADVICE)["SAF01"]

    assert (finding.severity, finding.line, finding.quote) == ("warning", 3, "Zinc")
    assert "“Interaction: Zinc”" in finding.fix


def test_the_interactions_of_another_nutrient_do_not_count(found, switch_off):
    switch_off("int-zinc")

    assert "SAF01" in found(ADVICE, disclaimers=["int-iron"])


def test_interactions_in_the_language_of_the_page_count(found):
    DisclaimerFactory(slug="zink", kind="interaction_zinc", locale="de")

    assert "SAF01" not in found("Take 10 mg of zinc.", language="de", disclaimers=["zink"])


def test_a_language_without_the_text_is_told_to_write_one(found):
    fix = found("Take 10 mg of zinc.", language="de")["SAF01"].fix

    assert "write a text in “de” of the kind “Interactions of zinc”" in fix


@pytest.mark.usefixtures("shop")
def test_to_sell_a_supplement_is_to_advise_it(found, switch_off):
    text = 'Zinc is a mineral.\n\n::shop{title="Zinc citrate tablets"}'
    assert "SAF01" not in found(text)
    switch_off("int-zinc")

    finding = found(text)["SAF01"]

    assert (finding.line, finding.quote) == (1, "Zinc")


@pytest.mark.usefixtures("shop")
def test_to_sell_something_else_is_not(found, switch_off):
    switch_off("int-zinc")

    assert "SAF01" not in found('Zinc is a mineral.\n\n::shop{title="A book about oysters"}')


@pytest.mark.parametrize(
    "text",
    [
        "Zinc is a mineral.",
        "Zinc supplements are sold in shops.",
        "Do not take zinc supplements.",
        "Should you take zinc supplements?",
    ],
)
def test_a_supplement_that_is_not_advised_needs_none(found, switch_off, text):
    switch_off("int-zinc")

    assert "SAF01" not in found(text)


def test_advice_in_the_title_has_no_line(found, switch_off):
    switch_off("int-zinc")

    finding = found("Words.", title="Take zinc supplements")["SAF01"]

    assert (finding.line, finding.quote) == (None, "")


def test_a_group_without_its_warning_is_a_warning(found, switch_off):
    switch_off("group-pregnancy")

    finding = found(f"{ADVICE}\n\nAsk if you are *Pregnant*.")["SAF04"]

    assert (finding.severity, finding.line, finding.quote) == ("warning", 5, "Pregnant")
    assert "“Pregnancy and breastfeeding”" in finding.fix


def test_a_rule_that_does_not_reach_the_page_leaves_the_group_unwarned(found):
    assert "SAF04" in found(f"{ADVICE}\n\nNot with kidney disease.")


def test_a_warning_that_the_article_names_counts(found):
    assert found(f"{ADVICE}\n\nNot with kidney disease.", disclaimers=["group-kidney"]) == {}


@pytest.mark.parametrize("text", ["Zinc in pregnancy.", "Pregnant women should not take zinc supplements."])
def test_a_group_on_a_page_that_advises_nothing_needs_no_warning(found, switch_off, text):
    switch_off("group-pregnancy")

    assert "SAF04" not in found(text)


def test_a_claim_without_the_fda_statement_is_an_error(found, switch_off):
    switch_off("us-dshea-singular")

    finding = found(CLAIM)["CLM09"]

    assert finding.severity == "error"
    assert finding.fix.startswith("Under Disclaimers, switch on “DSHEA")


def test_other_words_of_the_fda_statement_are_an_info(found, switch_off):
    switch_off("us-dshea-singular")
    text = f"{CLAIM}\n\nThis has not been evaluated by the Food and Drug\nAdministration."

    finding = found(text)["CLM09"]

    assert (finding.severity, finding.line) == ("info", 3)
    assert finding.quote == "not been evaluated by the Food and Drug\nAdministration"


def test_a_carried_text_in_other_words_is_an_info(found):
    DisclaimerFactory(
        slug="own", kind="structure_function_disclaimer", text="Not been evaluated by the FDA, all right?"
    )

    assert found(CLAIM, disclaimers=["own"])["CLM09"].severity == "info"


def test_a_carried_text_in_the_prescribed_words_is_fine(found, switch_off):
    switch_off("us-dshea-singular")
    DisclaimerFactory(slug="own", kind="structure_function_disclaimer", text=FDA)

    assert "CLM09" not in found(CLAIM, disclaimers=["own"])


@pytest.mark.parametrize(
    ("text", "jurisdictions"),
    [(CLAIM, ["DE"]), (CLAIM, ["UK", "EU"]), ("Zinc supplements are sold in shops.", ["US"])],
)
def test_no_claim_or_no_american_reader_needs_no_statement(found, switch_off, text, jurisdictions):
    switch_off("us-dshea-singular", "us-dshea-plural")

    assert "CLM09" not in found(text, jurisdictions=jurisdictions)


def test_a_state_is_american(found, switch_off):
    switch_off("us-dshea-singular")

    assert "CLM09" in found(CLAIM, jurisdictions=["US-CA"])
