"""Blocks keep their identity while an article is edited around them."""

from hypothesis import given
from hypothesis import strategies as st

from articles.compile import compile_markdown
from articles.compile.blocks import match


def keys(text):
    return [block.key for block in compile_markdown(text).blocks]


def test_a_block_keeps_its_key_when_it_moves_or_wraps():
    before, after = keys("One two.\n\nThree."), keys("Three.\n\nNew.\n\nOne\ntwo.")

    assert before == [after[2], after[0]]


def test_equal_blocks_are_told_apart():
    assert len(set(keys("Same.\n\nSame.\n\nSame."))) == 3


def test_blocks_know_their_lines():
    blocks = compile_markdown("One.\n\n- two\n- three\n\n:::note\nfour\n:::").blocks

    assert [(block.kind, block.first_line, block.last_line) for block in blocks] == [
        ("paragraph", 1, 1),
        ("bullet_list", 3, 4),
        ("note", 6, 7),
    ]


def test_a_rewritten_block_between_kept_ones_is_still_the_same():
    assert match(["a", "b", "c"], ["a", "B", "c"]) == {"a": "a", "B": "b", "c": "c"}


def test_a_new_block_is_nobodys_successor():
    assert match(["a", "c"], ["a", "new", "c"]) == {"a": "a", "c": "c"}


def test_a_moved_block_is_matched_by_its_words_first():
    assert match(["a", "b"], ["b", "a"]) == {"b": "b", "a": "a"}


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@given(KEYS, KEYS)
def test_no_two_blocks_inherit_the_same_identity(before, after):
    pairs = match(before, after)

    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs) <= set(after)
    assert set(pairs.values()) <= set(before)


@given(KEYS, KEYS)
def test_unchanged_blocks_always_keep_theirs(before, after):
    pairs = match(before, after)

    assert all(pairs[key] == key for key in set(before) & set(after))
