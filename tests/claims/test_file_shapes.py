"""What the readers of the data files make of odd but possible files, and that nobody changes what they gave."""

from dataclasses import FrozenInstanceError

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claims import callouts, limits, terms
from claims.limits import Group
from claims.terms import DataError
from cms import plugins

HEADER = limits.DATA.read_text(encoding="utf-8").splitlines()[0]
ROW = "reference_value,{authority},{where},zinc,{form},{sex},19,50,{stage},UL,{mg},mg,{ug},total_intake,Table,verified,"


def row(mg=40, *, authority="NASEM", where="US", form="", sex="any", stage="general"):
    return ROW.format(authority=authority, where=where, form=form, sex=sex, stage=stage, mg=mg, ug=mg * 1000)


@pytest.fixture
def holding(monkeypatch):
    """Make the table hold these rows only."""

    def hold(*rows):
        found = limits.parse("\n".join([HEADER, *rows]))
        monkeypatch.setattr(limits, "table", lambda: found)

    return hold


def changed(path, value):
    data = yaml.safe_load(terms.DATA.read_text(encoding="utf-8"))
    *steps, last = path.split("/")
    place = data
    for step in steps:
        place = place[step]
    place[last] = value
    return yaml.safe_dump(data)


@pytest.mark.parametrize(("age", "found"), [(18, False), (19, True), (50, True), (51, False)])
def test_the_ages_of_a_limit_are_inclusive(holding, age, found):
    holding(row())

    assert bool(limits.limits("zinc", "US", Group(age=age))) is found


@pytest.mark.parametrize(
    ("sex", "wanted", "found"),
    [
        ("any", "female", True), ("female", "any", True), ("female", "female", True), ("female", "male", False),
    ],
)  # fmt: skip
def test_a_limit_for_one_sex_is_for_that_sex(holding, sex, wanted, found):
    holding(row(sex=sex))

    assert bool(limits.limits("zinc", "US", Group(sex=wanted))) is found


@pytest.mark.parametrize(
    ("code", "found"), [("US-CA", {40}), ("US", {40}), ("FR", {25}), ("UK", {25}), ("AU", set())]
)
def test_a_state_goes_by_its_country_and_a_member_by_the_union(holding, code, found):
    holding(row(), row(25, authority="EFSA", where="EU"))

    assert {limit.amount for limit in limits.limits("zinc", code)} == found


def test_no_form_named_means_every_form(holding):
    holding(row(form="oxide"), row(25, form="citrate"))

    assert limits.strictest("zinc", ["US"]).amount == 25
    assert limits.strictest("zinc", ["US"], form="oxide").amount == 40
    assert limits.strictest("zinc", ["US"], form="picolinate") is None


def test_a_limit_without_a_number_is_never_the_strictest(holding):
    undetermined = row().replace("UL,40,mg,40000", "UL_not_determined,,,")
    holding(undetermined, row())

    assert limits.strictest("zinc", ["US"]).amount == 40


def test_nowhere_has_no_limit():
    assert limits.strictest("zinc", []) is None


def test_a_table_of_nothing_is_empty_and_one_without_its_columns_refused():
    empty = limits.parse(HEADER)

    assert (empty.limits, empty.conversions, empty.fractions) == ((), (), ())
    with pytest.raises(limits.DataError, match="Line 2:"):
        limits.parse("kind,authority\nreference_value,NASEM")


def test_a_later_wrong_row_is_named_by_its_own_line():
    with pytest.raises(limits.DataError, match="Line 4: unknown sex 'both'"):
        limits.parse("\n".join([HEADER, row(), row(25), row(sex="both")]))


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=6))
def test_the_strictest_is_the_lowest_of_all(amounts):
    found = limits.parse("\n".join([HEADER, *map(row, amounts)]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "table", lambda: found)
        assert limits.strictest("zinc", ["US"]).amount == min(amounts)


def test_what_was_read_cannot_be_changed():
    found = terms.terms()

    with pytest.raises(TypeError):
        found.phrases["hedges/acceptable"] = ()
    with pytest.raises(TypeError):
        found.doses.units["mg"] = 1
    with pytest.raises(FrozenInstanceError):
        limits.table().limits[0].amount = 0


@pytest.mark.parametrize("shipped", [terms.terms, limits.table])
def test_the_shipped_file_is_read_once(shipped):
    assert shipped() is shipped()


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("dose_grammar/units", {"mg": 0}, "dose_grammar/units holds something"),
        ("dose_grammar/units", {"mg": -1}, "dose_grammar/units holds something"),
        ("dose_grammar/units", {"mg": 0.5}, "dose_grammar/units holds something"),
        ("nutrient_aliases", {"zinc": "zinc"}, "nutrient_aliases/zinc is not a list of words"),
        (
            "eu_authorised_claims/zinc",
            {"prefix": "Zinc"},
            "eu_authorised_claims/zinc/source_of_ug is missing",
        ),
        ("disease_terms/cancer/terms", [], "disease_terms/cancer/terms is not a list of words"),
        ("disease_terms/cancer", {"terms": ["x"]}, "disease_terms/cancer/severity is missing"),
        ("negation_patterns", ["[", "ok"], "negation_patterns holds a broken pattern"),
    ],
)
def test_a_wrong_entry_is_named(path, value, message):
    with pytest.raises(DataError, match=message):
        terms.parse(changed(path, value))


@pytest.mark.parametrize("text", ["", "- a list", "just words"])
def test_a_file_that_is_no_mapping_is_refused(text):
    with pytest.raises(DataError, match="is missing"):
        terms.parse(text)


def test_lower_case_is_kept_by_every_list_that_is_matched():
    as_printed = {"evidence_callouts/labels", "evidence_callouts/non_evidence_labels", "numeric_exempt"}
    found = terms.terms()
    words = [word for path, listed in found.phrases.items() if path not in as_printed for word in listed]
    diseases = [term for one in found.disease_classes for term in one.terms]

    assert [word for word in words + diseases if word != word.lower()] == []


def test_the_plugin_gives_its_callouts_to_the_socket():
    assert plugins.registry().syntaxes["callouts"] is callouts.SYNTAX
