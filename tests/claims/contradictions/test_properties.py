"""Contradictions hold in both directions, never with oneself, and whatever anybody types."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.compile import compile_markdown
from claims.contradictions.statements import Statement, clash, gather
from claims.contradictions.store import key_of
from cms.contracts import CompileError
from tests.claims.doses.test_properties import TEXTS

AMOUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted)
TIMINGS = st.sampled_from(["morning", "evening", "with_food", "empty_stomach"])
SUBJECTS = st.tuples(
    st.sampled_from(["zinc", "iron"]), st.sampled_from(["", "oxide"]), st.sampled_from(["general", "men"])
)
DOSES = st.builds(
    lambda subject, amount: Statement(*subject, Decimal(amount[0]), Decimal(amount[1]), "", 0, 0),
    SUBJECTS,
    AMOUNTS,
)
STATEMENTS = st.one_of(
    DOSES, st.builds(lambda subject, timing: Statement(*subject, None, None, timing, 0, 0), SUBJECTS, TIMINGS)
)


@given(STATEMENTS, STATEMENTS)
def test_a_contradiction_has_two_sides(one, other):
    assert clash(one, other) == clash(other, one)


@given(STATEMENTS)
def test_nothing_contradicts_itself(one):
    assert clash(one, one) == ""


@given(DOSES, DOSES)
def test_amounts_that_share_one_do_not_clash(one, other):
    shares = one.low <= other.high and other.low <= one.high

    assert bool(clash(one, other)) == (one.key == other.key and not shares)


@given(STATEMENTS, STATEMENTS, st.integers(1, 5), st.integers(1, 5))
def test_a_key_names_both_sides_in_either_order(one, other, first, second):
    sides = [(first, one.said), (second, other.said)]

    assert key_of("dose", sides) == key_of("dose", reversed(sides))
    assert key_of("dose", sides) != key_of("timing", sides)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_statements_quote_what_stands_there(text):
    try:
        document = compile_markdown(text)
    except CompileError:
        return

    for placed in gather(document.passages, text, ""):
        rest = "\n".join(text.split("\n")[placed.line - 1 :])
        assert placed.quote
        assert placed.quote in rest
        assert placed.quote in placed.sentence or placed.sentence in placed.quote
