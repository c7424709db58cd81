import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from affiliates import subids
from affiliates.subids import ALPHABET, decode, encode

tokens = st.text(ALPHABET, min_size=8, max_size=8)
public_ids = st.text(ALPHABET, min_size=6, max_size=6)
revisions = st.integers(0, subids.REVISIONS - 1)


@given(public_ids, revisions)
def test_a_sub_id_round_trips_in_any_case(placement, revision):
    sub_id = encode(placement, revision)

    assert len(sub_id) == 12
    assert sub_id.isalnum()
    assert sub_id == sub_id.lower()
    assert decode(sub_id) == decode(sub_id.upper()) == subids.SubId(placement, revision)


@given(public_ids, revisions, tokens)
def test_with_a_click_it_has_twenty_characters_and_gives_the_token_back(placement, revision, token):
    sub_id = encode(placement, revision, token)

    assert len(sub_id) == 20
    assert decode(sub_id) == decode(sub_id.upper()) == subids.SubId(placement, revision, token)


@given(public_ids, revisions, tokens, st.integers(0, 19))
def test_a_cut_click_is_never_taken_for_a_placement(placement, revision, token, length):
    with pytest.raises(ValueError, match=r"12 or 20 characters|damaged|unknown version"):
        decode(encode(placement, revision, token)[:length])


@given(public_ids, tokens, st.integers(0, 19), st.sampled_from(ALPHABET))
def test_one_wrong_character_of_twenty_is_detected(placement, token, position, other):
    sub_id = encode(placement, 7, token)
    assume(sub_id[position] != other)

    with pytest.raises(ValueError, match="damaged"):
        decode(sub_id[:position] + other + sub_id[position + 1 :])


@pytest.mark.parametrize("token", ["1234567", "123456789", "ABCDEFGH", "illuooo0", "1234567\n"])
def test_only_tokens_are_encoded(token):
    with pytest.raises(ValueError, match="not the token"):
        encode("7k2m9x", 1, token)


def test_tokens_are_eight_characters_of_the_alphabet():
    drawn = {subids.new_click_token() for _ in range(200)}

    assert len(drawn) == 200
    assert all(len(token) == 8 and set(token) <= set(ALPHABET) for token in drawn)


@given(public_ids, revisions, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_detected(placement, revision, position, other):
    sub_id = encode(placement, revision)
    assume(sub_id[position] != other)

    with pytest.raises(ValueError, match="damaged"):
        decode(sub_id[:position] + other + sub_id[position + 1 :])


@given(public_ids, revisions, st.integers(0, 8))
def test_swapped_neighbours_are_detected(placement, revision, position):
    sub_id = encode(placement, revision)
    left, right = sub_id[position : position + 2]
    assume(left != right)

    with pytest.raises(ValueError, match="damaged"):
        decode(sub_id[:position] + right + left + sub_id[position + 2 :])


@given(public_ids, st.integers(0, 11))
def test_truncation_is_detected(placement, length):
    with pytest.raises(ValueError, match="12 or 20 characters"):
        decode(encode(placement)[:length])


@pytest.mark.parametrize("text", ["", "l" * 12, "a-b-c-d-e-f-", "a" * 13, "\uff41" * 12])
def test_what_was_never_ours_is_refused(text):
    with pytest.raises(ValueError, match="is not a sub-ID of ours"):
        decode(text)


def test_another_version_is_refused():
    body = "b" + "7k2m9x" + "001"

    with pytest.raises(ValueError, match="unknown version"):
        decode(body + subids._check(body))


def test_the_revision_counter_wraps():
    assert encode("7k2m9x", subids.REVISIONS + 5) == encode("7k2m9x", 5)


@pytest.mark.parametrize("placement", ["7k2m9", "7K2M9X", "illuoo", "7k2m9x\n"])
def test_only_public_ids_are_encoded(placement):
    with pytest.raises(ValueError, match="not the public id"):
        encode(placement)


def test_public_ids_are_six_characters_of_the_alphabet():
    drawn = {subids.new_public_id() for _ in range(200)}

    assert len(drawn) == 200
    assert all(len(public_id) == 6 and set(public_id) <= set(ALPHABET) for public_id in drawn)
