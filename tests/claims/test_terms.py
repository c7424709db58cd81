from decimal import Decimal

import pytest
import yaml

from claims import terms

FOUND = terms.terms()


def changed(path, value):
    """The shipped file with one entry replaced, or dropped where `value` is None."""
    data = yaml.safe_load(terms.DATA.read_text(encoding="utf-8"))
    *steps, last = path.split("/")
    place = data
    for step in steps:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return yaml.safe_dump(data)


def test_strong_verbs_have_their_forms():
    forms = {verb.lemma: verb.forms for verb in FOUND.strong_verbs}

    assert "treats" in forms["treat"]
    assert len(forms) == 16


def test_cancer_and_infection_are_critical():
    critical = {found.name for found in FOUND.disease_classes if found.severity == "critical"}

    assert critical == {"cancer", "infectious"}


def test_deficiency_diseases_are_exempt():
    [exempt] = [found for found in FOUND.disease_classes if found.severity == "exempt"]

    assert "scurvy" in exempt.terms


def test_no_disease_is_both_exempt_and_a_claim():
    exempt = {term for found in FOUND.disease_classes if found.severity == "exempt" for term in found.terms}
    claims = {term for found in FOUND.disease_classes if found.severity != "exempt" for term in found.terms}

    assert exempt & claims == set()


@pytest.mark.parametrize("path", terms.PHRASES)
def test_every_phrase_list_is_filled(path):
    assert FOUND.phrases[path]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("negation_patterns", "is not intended to treat"),
        ("question_or_attribution_patterns", "does zinc help?"),
        ("numeric_claim_patterns", "nearly 50% of adults"),
        ("citation_markers", "so they say (Veronese et al., 2020)"),
    ],
)
def test_patterns_find_what_they_are_for(path, text):
    assert any(pattern.search(text) for pattern in FOUND.patterns[path])


def test_authorised_claims_start_at_an_amount():
    amounts = {found.nutrient: found.source_of_micrograms for found in FOUND.authorised}

    assert amounts == {"magnesium": Decimal(56_250), "zinc": Decimal(1_500), "selenium": Decimal("8.25")}


def test_the_qualified_magnesium_wording_is_there():
    assert any(wording.startswith("Inconsistent and inconclusive") for wording in FOUND.qualified_wordings)


def test_aliases_are_words_and_not_notes():
    assert not [word for words in FOUND.nutrient_aliases.values() for word in words if "(" in word]


def test_both_micro_signs_are_micrograms():
    units = FOUND.doses.units

    assert units["\u00b5g"] == units["\u03bcg"] == units["mcg"] == 1
    assert FOUND.doses.times_per_day["twice daily"] == 2


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("hedges/acceptable", None, "hedges/acceptable is missing"),
        ("hedges", "maybe", "hedges/acceptable is missing"),
        ("hedges/acceptable", [], "hedges/acceptable is not a list of words"),
        ("hedges/acceptable", ["may", 7], "hedges/acceptable is not a list of words"),
        ("hedges/acceptable", ["may", "may"], "hedges/acceptable names may twice"),
        ("citation_markers", ["(", "b"], "citation_markers holds a broken pattern"),
        ("disease_terms/cancer/severity", "bad", "disease_terms/cancer has the unknown severity 'bad'"),
        ("dose_grammar/units", {"mg": "many"}, "dose_grammar/units holds something"),
        ("disease_verbs/weak", [{"lemma": "help", "forms": []}], "help is not a list of words"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(path, value, message):
    with pytest.raises(terms.DataError, match=message):
        terms.parse(changed(path, value))
