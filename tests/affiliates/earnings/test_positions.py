"""Where the meanings of a report stand among its columns, and what rules cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.earnings.errors import RulesError, UnknownHeader
from affiliates.earnings.rules import load, plain, sign_of, signature

NEEDED = {"event_at": "Date", "commission": "Commission"}


def positions(header, **columns):
    return load({"columns": {**NEEDED, **columns}}).positions(header.split(","))


@pytest.mark.parametrize(
    ("header", "columns", "found"),
    [
        ("Date,Commission", {}, {"event_at": (0,), "commission": (1,)}),
        ("commission (€),DATE", {}, {"event_at": (1,), "commission": (0,)}),
        ("Com-mission,_date_", {}, {"event_at": (1,), "commission": (0,)}),
        # The first of two columns with one name counts.
        ("Date,Commission,Commission", {}, {"event_at": (0,), "commission": (1,)}),
        # Other spellings of one column.
        ("Day,Commission", {"event_at": "Date|Day"}, {"event_at": (0,), "commission": (1,)}),
        ("Day,Date,Commission", {"event_at": "Date|Day"}, {"event_at": (1,), "commission": (2,)}),
        # A meaning that two columns make together.
        ("Date,Time,Commission", {"event_at": ["Date", "Time"]}, {"event_at": (0, 1), "commission": (2,)}),
        # What a report may do without.
        ("Date,Commission", {"merchant": "Shop"}, {"event_at": (0,), "commission": (1,)}),
        ("Date,Commission,Shop", {"merchant": "Shop"}, {"event_at": (0,), "commission": (1,), "merchant": (2,)}),
        ("Date,Commission,A", {"merchant": ["A", "B"]}, {"event_at": (0,), "commission": (1,)}),
        # Of several sub-IDs those that are there.
        ("Date,Commission,Ref2", {"sub_id": ["Ref1", "Ref2"]},
         {"event_at": (0,), "commission": (1,), "sub_id": (2,)}),
        ("Date,Commission,Ref2,Ref1", {"sub_id": ["Ref1", "Ref2"]},
         {"event_at": (0,), "commission": (1,), "sub_id": (3, 2)}),
    ],
)  # fmt: skip
def test_meanings_find_their_columns(header, columns, found):
    assert positions(header, **columns) == found


@pytest.mark.parametrize(
    ("header", "columns", "missing"),
    [
        ("Date", {}, ["Commission"]),
        ("", {}, ["Date", "Commission"]),
        ("Date,Commission", {"event_at": ["Date", "Time"]}, ["Time"]),
        ("Date,Commission", {"event_at": "Day|Tag"}, ["Day"]),
        ("Date,Commission", {"external_id": "Order"}, ["Order"]),
        ("Date,Commission", {"event_id": "Row"}, ["Row"]),
        ("Date,Commission", {"tracking_id": "Tag"}, ["Tag"]),
    ],
)
def test_what_a_report_cannot_do_without_is_named(header, columns, missing):
    with pytest.raises(UnknownHeader) as error:
        positions(header, **columns)

    assert list(error.value.missing) == missing


@pytest.mark.parametrize("left_out", NEEDED)
def test_rules_without_what_a_report_needs_read_no_header(left_out):
    rules = load({"columns": {name: column for name, column in NEEDED.items() if name != left_out}})

    with pytest.raises(UnknownHeader):
        rules.positions(["Date", "Commission"])


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("Price($)", "$"),
        ("Ad Fees (EUR) ", "EUR"),
        ("Revenue ( € )", "€"),
        ("Price", ""),
        ("(EUR) Price", ""),
        ("Price (in Euro)", ""),
        ("Price ()", ""),
        ("Price ((€))", ""),
        ("", ""),
    ],
)
def test_the_currency_in_a_columns_name(name, sign):
    assert sign_of(name) == sign


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"zone": "Mars/Olympus"}, "cannot be used"),
        ({"zone": "../etc/passwd"}, "cannot be used"),
        ({"mode": "sometimes"}, "cannot be used"),
        ({"default_status": "perhaps"}, "cannot be used"),
        ({"statuses": {"ok": "perhaps"}}, "cannot be used"),
        ({"kinds": {"x": "gift"}}, "cannot be used"),
        ({"decimal": ";"}, "a point or a comma"),
        ({"decimal": ""}, "a point or a comma"),
        ({"mode": "snapshot"}, "needs a column with the tracking ID"),
        ({"columns": {**NEEDED, "colour": "C"}}, "Nobody knows the meaning colour"),
    ],
)
def test_rules_that_cannot_be_are_refused_in_words(entry, message):
    with pytest.raises(RulesError, match=message):
        load({"columns": NEEDED, **entry})


def test_words_of_a_network_are_compared_without_case_and_blanks():
    rules = load({"columns": NEEDED, "statuses": {"  Bestätigt ": "approved"}, "currency": "eur"})

    assert (dict(rules.statuses), rules.currency) == ({"bestätigt": "approved"}, "EUR")


@given(st.text(max_size=30))
def test_a_name_is_as_plain_as_it_gets(name):
    once = plain(name)

    assert not set(once) & set(" _-()\t\n")
    assert plain(once) == once or not once.isascii()


@given(st.lists(st.text(st.characters(codec="ascii"), max_size=8), max_size=6), st.randoms())
def test_a_signature_is_of_the_columns_and_not_of_their_order(header, random):
    mixed = random.sample(header, len(header))

    assert signature(mixed) == signature(header)
    assert signature([*header, "one more"]) != signature(header)
