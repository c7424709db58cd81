"""The text signal: words, strongest terms, candidates and similarities."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.related import text
from articles.related.text import CANDIDATES, STRONGEST_TERMS, words
from tests.articles.related.helpers import corpus_of, entry

ZINC = "Zinc lozenges shorten colds."
TEXTS = st.lists(st.text(st.sampled_from("zinc iron tea the é1 \n"), max_size=30), min_size=1, max_size=6)


def fitted(*texts, titles=()):
    titles = [*titles, *[""] * (len(texts) - len(titles))]
    numbered = enumerate(zip(titles, texts, strict=True), start=1)
    return text.fit(corpus_of(*(entry(number, title, body) for number, (title, body) in numbered)))


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("minerals", "mineral"), ("studies", "study"), ("berries", "berry"), ("doses", "dose"),
        ("cups", "cup"), ("pies", "pie"), ("ties", "tie"),
    ],
)  # fmt: skip
def test_plurals_are_folded(plural, singular):
    assert words(plural) == words(singular) == [singular]


@pytest.mark.parametrize("word", ["stress", "status", "analysis", "citrus", "gas", "tea", "virus", "loss"])
def test_what_only_looks_like_a_plural_stays(word):
    expected = [word]

    assert words(word) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", []),
        ("   \n\t", []),
        ("the of and IS", []),
        ("100 40mg 2", ["mg"]),
        ("Zinc ZINC zinc", ["zinc", "zinc", "zinc"]),
        ("long-term use", ["long-term", "use"]),
        ("B12 and vitamin_d", ["b12", "vitamin_d"]),
        ("a b c", []),
        ("…—!?", []),
        ("Müsli, café", ["müsli", "café"]),
        ("цинк и железо", ["цинк", "железо"]),
        ("亜鉛と鉄", ["亜鉛と鉄"]),
        ("zinc🧪iron", ["zinc", "iron"]),
    ],
)
def test_words_of_odd_texts(written, expected):
    assert words(written) == expected


@given(st.text())
def test_words_are_words(written):
    found = words(written)

    assert all(len(word) >= 2 and not word[0].isdecimal() and not word[0].isspace() for word in found)
    assert not any(character.isspace() for word in found for character in word)


@given(st.lists(st.sampled_from(["zinc", "iron", "minerals", "studies", "the", "café"])))
def test_words_come_in_order_whatever_stands_between(chosen):
    expected = [word for one in chosen for word in words(one)]

    assert words(", ".join(chosen)) == words(" – ".join(chosen)) == expected
    assert words(unicodedata.normalize("NFC", " ".join(chosen)).upper()) == expected


def test_a_long_text_keeps_its_strongest_terms_and_its_length():
    common = " ".join(f"common{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(200))
    rare = " ".join(f"rare{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(40))
    model = fitted(f"{common} {rare}", common, common)

    body = model.bodies[0]

    kept = {model.terms[column] for column in body.indices}
    assert body.nnz == STRONGEST_TERMS
    assert kept >= set(rare.split())
    assert np.linalg.norm(body.toarray()) == pytest.approx(1)


def test_the_cut_keeps_columns_and_weights_together():
    long = " ".join(f"word{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(200))
    model = fitted(f"{long} zinc zinc zinc", "zinc")

    weights = model.bodies[0].toarray()[0]

    assert model.terms[weights.argmax()] == "zinc"


def test_a_text_shares_most_with_its_own_kind():
    model = fitted(ZINC, "Zinc lozenges and colds.", "Zinc in bread.", "Iron in tea.")

    found = text.pairs(model, 1)

    assert list(found) == [2, 3]
    assert found[2] > found[3] > 0


def test_a_text_is_no_candidate_of_itself_and_equal_ones_come_by_id():
    model = fitted(*["Zinc"] * 4, titles=["Zinc"] * 4)

    found = text.pairs(model, 3)

    assert list(found) == [1, 2, 4]
    assert list(found.values()) == pytest.approx([1, 1, 1])


def test_a_title_that_matches_a_body_counts():
    plain = text.pairs(fitted("Colds pass.", "Zinc helps.", "Bread rises."), 1)
    titled = text.pairs(fitted("Colds pass.", "Zinc helps.", "Bread rises.", titles=["Zinc"]), 1)

    assert 2 not in plain
    assert titled[2] > 0


def test_candidates_are_bounded():
    model = fitted(*[ZINC] * (CANDIDATES + 10))

    assert list(text.pairs(model, CANDIDATES + 10)) == list(range(1, CANDIDATES + 1))


@pytest.mark.parametrize("odd", ["", "the of and", "123 456", "🧪", "?!"])
def test_a_text_without_words_has_no_candidates(odd):
    model = fitted(odd, odd, ZINC)

    assert text.pairs(model, 1) == {}
    assert text.pairs(model, 3) == {}
    assert text.explain(model, 1, 2) == ""


def test_a_site_without_any_words_is_fitted():
    model = fitted("the", "of")

    assert text.pairs(model, 1) == {}
    assert text.similarities(model, [1, 2]).tolist() == [[0, 0], [0, 0]]


def test_the_filler_of_an_empty_site_connects_nothing():
    model = fitted("A chelate of zinc.", "A chelate of iron.")

    assert text.explain(model, 1, 2) == "Also about: chelate"


def test_the_reason_names_the_three_strongest_words_of_both():
    model = fitted("zinc taste cold iron bread", "zinc taste cold iron tea", "iron iron iron", "iron")

    reason = text.explain(model, 1, 2)

    assert reason == "Also about: cold, taste, zinc"
    assert text.explain(model, 2, 1) == reason


def test_similarities_come_in_the_order_asked_for():
    model = fitted(ZINC, "Iron and tea.", ZINC)

    found = text.similarities(model, [3, 2, 1])

    assert found[0, 2] == pytest.approx(1)
    assert found[0, 1] == found[1, 2] == 0


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_similarities_are_symmetric_and_scores_in_bounds(texts):
    model = fitted(*texts, titles=texts[:2])
    ids = range(1, len(texts) + 1)

    alike = text.similarities(model, list(ids))

    assert np.allclose(alike, alike.T, atol=1e-6)
    assert ((alike >= 0) & (alike <= 1 + 1e-5)).all()
    for number in ids:
        found = text.pairs(model, number)
        assert number not in found
        assert all(0 < score <= 1 + 1e-5 for score in found.values())
        assert all(
            text.pairs(model, other)[number] == pytest.approx(score, abs=1e-5)
            for other, score in found.items()
        )
