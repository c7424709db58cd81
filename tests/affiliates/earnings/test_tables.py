"""Files as networks and spreadsheets write them, and the rules that find their columns."""

import bz2
import gzip
import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.earnings.errors import ReportError, RulesError, UnknownHeader
from affiliates.earnings.presets import choose, named, of, shipped
from affiliates.earnings.rules import FIELDS, load, plain, signature
from affiliates.earnings.tables import Table, read_head
from affiliates.models import EarningsMapping, Network
from tests.affiliates.earnings.reports import AMAZON, AWIN, awin, balance, put, text_of
from tests.affiliates.factories import network

RULES = load({"columns": {"external_id": "Nr", "event_at": "Day", "commission": "Paid"}, "currency": "EUR"})


def rows_of(data, rules=RULES):
    table = Table(io.BytesIO(data))
    delimiter, index, _ = table.head.header(rules)
    return list(table.rows(delimiter, index))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_ending(delimiter, ending):
    lines = [delimiter.join(cells) for cells in (["Nr", "Day", "Paid"], ["1", "2026-03-05", "2.00"])]

    assert [cells for _, cells in rows_of(ending.join(lines).encode())] == [["1", "2026-03-05", "2.00"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_encoding(encoding):
    data = "Nr,Day,Paid,Café\n1,2026-03-05,2.00,Müller\n".encode(encoding)

    assert rows_of(data)[0][1][3] == "Müller"


def test_a_letter_of_windows_far_down_breaks_nothing():
    data = b"Nr,Day,Paid\n" + b"1,2026-03-05,2.00\n" * 9_000 + "9,2026-03-05,Müller\n".encode("cp1252")

    assert rows_of(data)[-1][1][2] == "Müller"


@pytest.mark.parametrize("title", ["", "Report for March\n\n", "a,b,c\n1,2,3\nsum of all,,\n"])
def test_lines_before_the_header_are_passed_over_and_lines_keep_their_numbers(title):
    data = f"{title}Nr,Day,Paid\n\n1,2026-03-05,2.00\n".encode()

    assert rows_of(data) == [(title.count("\n") + 3, ["1", "2026-03-05", "2.00"])]


def test_a_cell_may_hold_line_breaks_and_delimiters():
    data = b'Nr,Day,Paid\n"1,\n2",2026-03-05,2.00\n3,2026-03-05,2.00\n'

    assert [line for line, _ in rows_of(data)] == [3, 4]


def test_the_columns_may_stand_in_any_order_with_others_between():
    data = b"X,Paid,Y,Day,Nr\nx,2.00,y,2026-03-05,1\n"

    assert RULES.positions(["X", "Paid", "Y", "Day", "Nr"])["commission"] == (1,)
    assert len(rows_of(data)) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml", "spreadsheet"),
        (b"PK\x03\x04\x14\x00\x00\x00march.csv", "compressed"),
        (gzip.compress(b"Nr,Day,Paid\n1,2026-03-05,2.00\n"), "compressed"),
        (bz2.compress(b"Nr,Day,Paid\n"), "compressed"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\n<!DOCTYPE html><html><title>Sign in</title>", "web page"),
        (b"\xef\xbb\xbf<html>", "web page"),
        (b'<?xml version="1.0"?><report/>', "XML or JSON"),
        (b'{"transactions": []}', "XML or JSON"),
        (b"\xd0\xcf\x11\xe0...", "spreadsheet"),
        (b"\x00\x01\x02\x03" * 99, "no text file"),
    ],
)
def test_what_is_no_csv_is_refused(data, message):
    with pytest.raises(ReportError, match=message):
        read_head(data)


def test_an_empty_file_has_no_header():
    with pytest.raises(UnknownHeader, match="Found: none"):
        rows_of(b"")


def test_a_file_is_never_read_whole():
    class Endless(io.RawIOBase):
        most = 0

        def __init__(self, size):
            self.left = size

        def readable(self):
            return True

        def readinto(self, buffer):
            line = b"Nr,Day,Paid\n" if self.left == 50_000_000 else b"1,2026-03-05,2\n"
            Endless.most = max(Endless.most, len(buffer))
            piece = line[: len(buffer)]
            buffer[: len(piece)] = piece
            self.left -= len(piece)
            return len(piece)

    table = Table(Endless(50_000_000))
    delimiter, index, _ = table.head.header(RULES)

    assert next(iter(table.rows(delimiter, index)))[1][0] == "1"
    assert table.bytes_read < 200_000
    assert Endless.most < 1_000_000


def test_the_hash_is_that_of_the_file():
    data = text_of(AWIN, [awin(number) for number in range(3_000)]).encode()
    table = Table(io.BytesIO(data))
    list(table.rows(",", 0))

    assert table.sha256.hexdigest() == hashlib.sha256(data).hexdigest()
    assert table.bytes_read == len(data)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Price($)", "price"),
        ("Ad Fees(€)", "AD FEES"),
        ("click_ref 2", "clickRef2"),
        ("  Date-Shipped ", "Date Shipped"),
    ],
)
def test_names_of_columns_are_compared_loosely(one, other):
    assert plain(one) == plain(other)


@given(st.permutations(AWIN))
def test_the_signature_does_not_depend_on_the_order(header):
    assert signature(header) == signature(AWIN)


def test_the_signature_depends_on_the_columns():
    assert signature(AWIN) != signature(AWIN[1:])


@pytest.mark.parametrize("entry", shipped(), ids=lambda entry: entry["key"])
def test_every_preset_can_be_loaded_and_says_where_it_comes_from(entry):
    rules = load(entry)

    assert set(rules.required) <= set(rules.columns)
    assert entry["verified"] in {"header", "fields", "none"}
    assert len(rules.source) > 20
    assert set(rules.columns) <= set(FIELDS)


@pytest.mark.django_db
@pytest.mark.parametrize("entry", shipped(), ids=lambda entry: entry["key"])
def test_every_preset_is_chosen_for_its_own_columns(entry):
    columns = [
        column
        for value in entry["columns"].values()
        for column in (value if isinstance(value, list) else [value])
    ]
    header = [column.split("|")[0] for column in columns]

    chosen = choose(network(entry["network"]), read_head(text_of(header, [["1"] * len(header)]).encode()))

    assert chosen["key"] == entry["key"]


def test_every_network_that_was_promised_has_a_preset():
    promised = {
        "awin",
        "cj",
        "impact",
        "partnerize",
        "clickbank",
        "skimlinks",
        "tradedoubler",
        "amazon",
        "rakuten",
        "ebay",
    }

    assert {entry["network"] for entry in shipped()} == promised


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"columns": {"event_at": "A", "commission": "B", "colour": "C"}}, "colour"),
        ({"columns": {"event_at": "A", "commission": "B"}, "zone": "Nowhere"}, "cannot be used"),
        ({"columns": {"event_at": "A", "commission": "B"}, "mode": "guess"}, "cannot be used"),
        ({"columns": {"event_at": "A", "commission": "B"}, "statuses": {"x": "maybe"}}, "cannot be used"),
        ({"columns": {"event_at": "A", "commission": "B"}, "decimal": ";"}, "point or a comma"),
        ({"columns": {"event_at": "A", "commission": "B"}, "mode": "snapshot"}, "tracking ID"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(entry, message):
    with pytest.raises(RulesError, match=message):
        load(entry)


def test_a_preset_is_refused_without_the_number_that_tells_sales_apart():
    header = [name for name in AWIN if name != "id"]

    with pytest.raises(UnknownHeader) as refused:
        load(of(Network(key="awin"))[0]).positions(header)
    assert refused.value.missing == ("id",)


@pytest.mark.django_db
def test_a_saved_mapping_goes_before_a_preset_and_is_found_by_name():
    rules = {"columns": {"event_at": "transactionDate", "commission": "saleAmount"}}
    EarningsMapping.objects.create(
        network=network(), name="Mine", rules=rules, header_signature=signature(AWIN)
    )

    assert choose(network(), read_head(text_of(AWIN, []).encode()))["name"] == "Mine"
    assert named(network(), "MINE")["columns"] == rules["columns"]
    assert named(network(), "awin-transactions")["key"] == "awin-transactions"


@pytest.mark.django_db
def test_a_dollar_is_that_of_the_rules():
    entry = {**of(Network(key="amazon"))[0], "currency": "CAD"}
    row = [
        "Health",
        "Zinc",
        "B1",
        "Amazon",
        "a-20",
        "2026-03-05",
        "25.00",
        "1",
        "0",
        "50.00",
        "1.00",
        "DESKTOP",
    ]

    put(text_of(AMAZON, [row]), "amazon", mapping=entry)

    assert balance() == {("CAD", "approved"): "1.00"}
