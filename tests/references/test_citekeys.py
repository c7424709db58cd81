"""Keys are stable, typeable and never clash."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import citekeys
from tests.references.patience import patient


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Siebrecht2013", "siebrecht2013"),
        ("çelik_2020", "celik_2020"),
        ("Þórðarson2001", "thordarson2001"),
        ("DOI:10.1000/x.y", "doi:10-1000-x-y"),
        ("a--b", "a-b"),
        (" a b ", "a-b"),
        ("中文", ""),
    ],
)
def test_normalise_gives_the_one_spelling(text, key):
    assert citekeys.normalise(text) == key


@patient
@given(st.text(max_size=120))
def test_a_normalised_key_is_valid_and_stable(text):
    key = citekeys.normalise(text)

    assert citekeys.normalise(key) == key
    assert not key or re.match(citekeys.PATTERN, key)


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"author": [{"family": "Siebrecht"}], "issued": {"date-parts": [[2013]]}}, "siebrecht2013"),
        ({"author": [{"family": "van den Berg"}], "issued": {"date-parts": [[2001]]}}, "vandenberg2001"),
        ({"author": [{"family": "O’Neil-Smith"}]}, "oneilsmith"),
        ({"editor": [{"family": "Vink"}], "issued": {"date-parts": [[2011]]}}, "vink2011"),
        ({"title": "The <i>role</i> of zinc", "issued": {"date-parts": [[2020]]}}, "role2020"),
        ({"author": [{"family": "王"}], "title": "锌"}, "ref"),
    ],
)
def test_propose_names_author_and_year(item, key):
    assert citekeys.propose(item) == key


def test_a_clash_gets_a_letter():
    assert citekeys.free("rayman2012", {"rayman2012"}) == "rayman2012b"
    assert citekeys.free("rayman2012", {"rayman2012", "rayman2012b"}) == "rayman2012c"


def test_letters_go_on_after_z():
    taken = {"rayman2012", *(f"rayman2012{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")}

    assert citekeys.free("rayman2012", taken) == "rayman2012aa"


def test_a_long_key_keeps_room_for_its_letter():
    long = "x" * citekeys.MAX_LENGTH

    assert len(citekeys.free(long, {long})) <= citekeys.MAX_LENGTH
