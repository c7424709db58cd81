"""What the index calls a word: the same for every spelling that a reader may type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words import LONGEST_TERM, MOST_TERMS, PLAIN, composed, fold, stems, terms, words


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Magnesium", "MAGNESIUM"),
        ("Kürbis", "kurbis"),
        ("Weißdorn", "WEISSDORN"),
        ("santé", "sante"),
        ("año", "ano"),
        ("B₁₂", "b12"),
        ("ﬁsh", "fish"),
        ("β-carotene", "beta-carotene"),
        ("ω-3", "omega-3"),
        ("\N{GREEK SMALL LETTER ALPHA}\N{NON-BREAKING HYPHEN}tocopherol", "alpha tocopherol"),
        ("vitamin’s", "vitamin"),
        ("vitamin's", "vitamin"),
        ("cafe\u0301", "café"),
        ("\N{FULLWIDTH DIGIT FIVE} mg", "5 mg"),
    ],
)
def test_spellings_of_one_word_are_one_term(written, typed):
    assert stems(written, "en") == stems(typed, "en")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "capsules", "capsule"),
        ("en-GB", "studies", "study"),
        ("de", "Kapseln", "Kapsel"),
        ("de", "Präparate", "Praeparat"),
        ("fr", "vitamines", "vitamine"),
        ("es", "vitaminas", "vitamina"),
    ],
)
def test_forms_of_one_word_are_one_term(language, one, other):
    assert terms(one, language) == terms(other, language)


@pytest.mark.parametrize(
    ("one", "other"), [("d", "c"), ("b6", "b12"), ("oral", "aural"), ("iodine", "iodide")]
)
def test_other_words_are_other_terms(one, other):
    assert terms(one, "en") != terms(other, "en")


def test_a_language_without_a_stemmer_keeps_its_words():
    assert terms("vitaminer", "sv") == ("vitaminer",)


def test_greek_words_stay_greek():
    assert terms("βιταμίνη", "el") == ("βιταμινη",)


def test_a_fraction_is_two_terms_of_one_word():
    (word,) = words("½", "en")

    assert word.terms == ("1", "2")


def test_words_know_where_they_stand():
    text = "The café’s zinc."

    assert [text[word.start : word.end] for word in words(text, "en")] == ["The", "café’s", "zinc"]


def test_a_word_without_end_is_cut():
    assert len(stems("x" * 10_000, "en")) == LONGEST_TERM


@given(st.text(max_size=80), st.sampled_from(["en", "de", "fr", "es", "sv", "", "xx-long"]))
def test_terms_of_any_text_are_letters_and_digits(text, language):
    for word in words(composed(text), language):
        assert all(PLAIN.fullmatch(term) and len(term) <= LONGEST_TERM for term in word.terms)


@pytest.mark.parametrize("word", ["zinc's", "ZINC’S", "Zinc’s"])
def test_whose_something_is_makes_no_word_of_its_own(word):
    assert [found.terms for found in words(word, "")] == [("zinc",)]


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("letter", ["\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}", "½"])
def test_a_word_of_letters_that_are_many_has_few_terms(letter):
    """One letter stands for four words: a question of 200 took 60 times as long as any other."""
    assert 1 < len(terms(letter * 200, "en")) <= MOST_TERMS
