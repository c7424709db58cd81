"""The data file of words is read or refused with the entry that is wrong; small helpers."""

from decimal import Decimal

import pytest
import yaml

from claims.doses import sentences, wording, words
from claims.doses.folding import fold
from claims.doses.model import Who
from claims.limits import Group, limits, table
from claims.terms import terms

TEXT = words.DATA.read_text(encoding="utf-8")


def changed(path, value):
    data = yaml.safe_load(TEXT)
    *steps, last = path.split("/")
    found = data
    for step in steps:
        found = found[step]
    if value is None:
        del found[last]
    else:
        found[last] = value
    return yaml.safe_dump(data)


def test_the_shipped_words_are_valid():
    found = words.words()

    assert found.names["magnesium bisglycinate"].fraction == "magnesium bisglycinate (pure, anhydrous)"
    assert found.names["ashwagandha"].nutrient == ""


def test_every_nutrient_with_a_limit_that_people_supplement_has_a_name():
    named = {name.nutrient for name in words.words().names.values()}
    limited = {row.nutrient for row in table().limits if row.measure == "UL"}

    assert limited - named == {"chloride", "vanadium"}


def test_every_alias_of_the_claim_terms_is_a_name():
    names = words.words().names

    for nutrient, aliases in terms().nutrient_aliases.items():
        said = {
            names[alias].nutrient for alias in aliases if alias != "kelp"
        }  # 500 mg of kelp is not of iodine
        assert said == {nutrient}


def test_every_compound_of_the_table_can_be_written():
    named = {name.fraction for name in words.words().names.values() if name.is_compound}
    written = {row.form for row in table().fractions}

    assert written - named == {"ferrous sulfate monohydrate (dried)"}


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("nutrients", None, "nutrients is no mapping"),
        ("nutrients/kryptonite", ["kryptonite"], "nutrients/kryptonite is not in the table"),
        ("salts/zinc/gluconate", "zinc unobtainate", "salts/zinc/gluconate"),
        (
            "compounds/ferrous sulfate",
            {"nutrient": "iron", "form": "s", "fraction": "x"},
            "compounds/ferrous sulfate",
        ),
        ("fillers", [], "fillers is no list of words"),
        ("others", ["salt", 7], "others is no list of words"),
        ("roles/advice", None, "roles holds other keys"),
        ("roles/shouting", ["!"], "roles holds other keys"),
        ("groups/men", ["("], "groups/men holds a broken pattern"),
        ("referrals", None, "referrals is no list of words"),
    ],
)
def test_a_wrong_file_is_refused_with_the_entry(path, value, message):
    with pytest.raises(words.DataError, match=message):
        words.parse(changed(path, value), table())


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "words"])
def test_a_file_that_is_no_mapping_is_refused(text):
    with pytest.raises(words.DataError, match="no mapping"):
        words.parse(text, table())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("55 µg", "55 ug"),
        ("55 \u03bcg", "55 ug"),
        ("200–400 MG", "200-400 mg"),
        ("Don’t “Take”", 'don\'t "take"'),
        ("1\u202f000", "1\u00a0000"),
        ("Straße—ﬁn", "straße—ﬁn"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("One! Two? Three", ["One!", "Two?", "Three"]),
        ("Take e.g. Zinc or vitamin D. Then rest.", ["Take e.g. Zinc or vitamin D.", "Then rest."]),
        ("Zinc has 1.5 mg. 20 mg is more.", ["Zinc has 1.5 mg.", "20 mg is more."]),
        ("He said “Stop.” Then he left.", ["He said “Stop.", "Then he left."]),
        ("It helps. - Study Insight: It did.", ["It helps.", "Study Insight: It did."]),
        ("It helps - Statistic: 40 mg.", ["It helps", "Statistic: 40 mg."]),
        ("", []),
    ],
)
def test_sentences(text, parts):
    assert [text[start:end] for start, end in sentences.spans(text)] == parts


@pytest.mark.parametrize(
    ("micrograms", "text"),
    [
        ("2.4", "2.4 µg"),
        ("55", "55 µg"),
        ("1000", "1 mg"),
        ("141000", "141 mg"),
        ("64640", "64.6 mg"),
        ("2500000", "2,500 mg"),
        ("5000000000", "5,000 g"),
        ("0.05", "0.05 µg"),
    ],
)
def test_amounts_in_words(micrograms, text):
    assert wording.amount(Decimal(micrograms)) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [("vitamin_b12", "vitamin B12"), ("pantothenic_acid", "pantothenic acid"), ("zinc", "zinc")],
)
def test_nutrients_in_words(name, text):
    assert wording.nutrient(name) == text


def test_a_limit_that_is_none_is_a_safe_level():
    [row] = limits("iron", "EU")

    assert wording.limit(row).startswith("safe level of 40 mg of iron a day")


def test_a_source_says_how_sure_we_are():
    sure = limits("zinc", "US")[0]
    unsure = next(row for row in table().limits if row.source_status == "memory")

    assert wording.source(sure) == sure.source
    assert wording.source(unsure).endswith(", to be checked")


@pytest.mark.parametrize(
    ("who", "group"),
    [
        (Who(), Group()),
        (Who("men"), Group("male", 40)),
        (Who("women"), Group("female", 40)),
        (Who("older", 70), Group("any", 75)),
        (Who("pregnancy"), Group("female", 30, "pregnancy")),
        (Who("child", 4, 8), Group("any", 4)),
        (Who("kidney"), Group()),
    ],
)
def test_groups_of_the_table(who, group):
    assert who.group == group
