"""Values that the database can hold."""

import json
from datetime import UTC, date, datetime, time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from articles.importers.values import TooManyValuesError, as_list, as_moment, as_text, day_of, plain


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (2.5, 2.5),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (2**80, hex(2**80)),
        ("a\0b", "a\ufffdb"),
        ("a\ud800", "a\ufffd"),
        (date(2024, 5, 13), "2024-05-13"),
        (datetime(2024, 5, 13, 8, tzinfo=UTC), "2024-05-13T08:00:00+00:00"),
        (time(8, 30), "08:30:00"),
        (b"ab\xff", "ab\\xff"),
        ({1: date(2024, 5, 13), date(2024, 1, 1): [None]}, {"1": "2024-05-13", "2024-01-01": [None]}),
        (("a", 1), ["a", 1]),
        ({"a"}, ["a"]),
        (complex(1, 2), "(1+2j)"),
    ],
)
def test_plain(value, stored):
    assert plain(value) == stored


def test_an_alias_bomb_is_refused():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )

    with pytest.raises(TooManyValuesError, match="more than 20,000 values"):
        plain(yaml.safe_load(bomb))


JSON_LIKE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.dates()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.integers(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON_LIKE)
def test_whatever_yaml_gives_can_be_stored_and_stays_the_same(value):
    stored = plain(value)

    assert json.loads(json.dumps(stored, allow_nan=False)) == stored
    assert plain(stored) == stored
    assert "\\u0000" not in json.dumps(stored)


@pytest.mark.parametrize(
    ("value", "text"), [("  a \n b ", "a b"), (2024, "2024"), (1.5, "1.5"), (True, None), ([], None)]
)
def test_as_text(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a, b,, a", ["a", "b"]),
        (["a", " b ", 3], ["a", "b", "3"]),
        (7, ["7"]),
        ([{"name": "Ana"}, "Bo"], ["Ana", "Bo"]),
        ([{"slug": "x"}], None),
        ([["a"]], None),
        ({"a": 1}, None),
        ([], []),
    ],
)
def test_as_list(value, found):
    assert as_list(value) == found


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024-05-13", "2024-05-13"),
        ("2024-05-13T08:00:00", "2024-05-13T08:00:00"),
        ("2024-05-13 08:00:00 +0200", "2024-05-13T08:00:00+02:00"),
        ("2024-05-13T08:00:00Z", "2024-05-13T08:00:00+00:00"),
        ("May 13, 2024", None),
        ("2024-13-45", None),
        ("soon", None),
        (2024, None),
        (["2024-05-13"], None),
    ],
)
def test_as_moment(value, moment):
    assert as_moment(value) == moment


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-05-13T08:00:00", date(2024, 5, 13)),
        ("2024-05-13", date(2024, 5, 13)),
        ("", None),
        ("soon", None),
    ],
)
def test_day_of(moment, day):
    assert day_of(moment) == day
