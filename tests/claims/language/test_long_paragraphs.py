"""A paragraph is read in time that grows with its length, however many sentences it has."""

from time import process_time

import pytest

from claims.checks.run import language_findings
from claims.language.lexicon import shipped
from claims.language.sentences import read
from tests.claims.language.gold import findings, ids, snapshot

CHARACTERS = 60_000
SECONDS = 6  # of processor time; read once for each sentence, the first of these took half a minute


@pytest.mark.parametrize(
    "piece", ["a. ", "Zinc is a metal. ", "Why? ", "e.g. ", "zinc.", ". ", "(zinc. ", "zinc… ", '." ']
)
def test_no_paragraph_is_slow_to_part(piece):
    text = piece * (CHARACTERS // len(piece))
    start = process_time()

    read.__wrapped__(text, shipped())

    assert process_time() - start < SECONDS


@pytest.mark.parametrize(
    "piece", ["It cures colds. ", "Does it cure? ", "Zinc cures colds. ", "Which prevents flu. "]
)
def test_no_paragraph_is_slow_to_check(piece):
    page = snapshot(f"Long ago. {piece * (CHARACTERS // len(piece))}")
    start = process_time()

    language_findings(page, shipped())

    assert process_time() - start < SECONDS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dr. Kim slept. He woke.", ["Dr. Kim slept.", " He woke."]),
        ("Take approx. Zinc first.", ["Take approx. Zinc first."]),
        ("Take unapprox. Zinc first.", ["Take unapprox.", " Zinc first."]),
        ("It is a subtypevs. Zinc is not.", ["It is a subtypevs.", " Zinc is not."]),
        ("Minerals (e.g. Zinc) help.", ["Minerals (e.g. Zinc) help."]),
        ("Minerals [cf. Kim] help.", ["Minerals [cf. Kim] help."]),
        ("See vol. 5 now. Then rest.", ["See vol. 5 now.", " Then rest."]),
        ("Vitamins A, C etc. Zinc too.", ["Vitamins A, C etc. Zinc too."]),
        ("Is it? no, it is not.", ["Is it?", " no, it is not."]),
        ("It ends. *Zinc* begins.", ["It ends.", " *Zinc* begins."]),
        ("It ends. “zinc” goes on.", ["It ends. “zinc” goes on."]),
        ("It ends. — [Zinc](x) begins.", ["It ends.", " — [Zinc](x) begins."]),
        ("It ends.” Zinc begins.", ["It ends.”", " Zinc begins."]),
        ("It ends.) Zinc begins.", ["It ends.)", " Zinc begins."]),
        ("Zinc.", ["Zinc."]),
        ("Zinc. ", ["Zinc."]),
    ],
)
def test_where_a_sentence_ends(text, said):
    read_as = [sentence.said for sentence in read(text, shipped()).sentences]

    folded = [part.lower().replace("“", '"').replace("”", '"') for part in said]
    assert [part.rstrip() for part in read_as] == [part.rstrip() for part in folded]


@pytest.mark.parametrize("between", [0, 5, 15])
def test_what_it_means_was_named_some_sentences_before(between):
    text = f"Zinc is a metal. {'The sky is blue today. ' * between}It cures colds."

    assert ids(text) == ["CLM01"]


def test_what_was_named_far_away_is_not_meant():
    text = f"Zinc is a metal. {'The sky is blue today. ' * 200}It cures colds."

    assert findings(text) == []
