"""Files come in every encoding, and what they declare is often wrong."""

from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formats.encoding import decode
from tests.references.patience import patient

WORDS = "Zinc for Müller & Søn: 25 °C – “fine”"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252"]
)
def test_text_is_read_in_the_encoding_that_it_has(encoding):
    assert decode(WORDS.encode(encoding)) == WORDS


def test_a_wrong_declaration_does_not_break_valid_utf8():
    text = f"% Encoding: windows-1252\n{WORDS}"

    assert decode(text.encode("utf-8")) == text


def test_a_declared_encoding_is_used_where_the_bytes_are_no_utf8():
    text = "% Encoding: iso8859-2\nŁódź"

    assert decode(text.encode("iso8859-2")) == text


@pytest.mark.parametrize(
    "declared", ["UTF-8", "nonsense", "base64", "hex", "undefined", "idna", "rot13", "unicode_escape"]
)
def test_a_declaration_that_cannot_be_used_is_passed_over(declared):
    text = f"% Encoding: {declared}\nMüller"

    assert decode(text.encode("windows-1252")) == text


def test_line_ends_marks_and_nulls_are_one_way():
    assert decode(b"a\r\nb\rc\x00\n") == "a\nb\nc\n"


@patient
@given(st.binary(max_size=200))
def test_decode_never_fails(data):
    assert "\r" not in decode(data)


@pytest.mark.parametrize(
    "rest", [b"@book{a\xff, title={\\ud800}}", b"\xff", b"\xc3.\xc3..xn--", b"+2AA-\xff"]
)
def test_no_declaration_stops_the_reader_or_makes_half_a_character(rest):
    for declared in (*aliases, "undefined", "raw_unicode_escape", "unicode_escape"):
        text = decode(b"% Encoding: " + declared.encode() + b"\n" + rest)

        assert text.encode("utf-8"), declared
