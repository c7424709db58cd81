"""What takes a claim back, and what only looks as if it did."""

import pytest

from tests.claims.language.gold import ids


@pytest.mark.parametrize(
    "text",
    [
        "Zinc does not cure colds.",
        "Zinc doesn’t cure colds.",
        "Zinc never cures colds.",
        "Zinc cannot cure the flu.",
        "Zinc neither treats nor prevents the flu.",
        "No supplement cures the flu.",
        "Zinc cures nothing.",
        "Zinc treats no disease.",
        "Zinc fails to prevent the flu.",
        "There is no evidence that zinc cures colds.",
        "It is a myth that zinc cures colds.",
        "The claim that zinc cures colds is false.",
        "Nobody should believe that zinc cures colds.",
        "It is not true that zinc prevents the flu.",
        "Zinc is not intended to treat or prevent any disease.",
    ],
)
def test_a_denied_claim_is_none(text):
    assert "CLM01" not in ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zinc cures colds.",
        "Zinc not only shortens but cures colds.",
        "Zinc never fails to cure colds.",
        "Zinc cures colds without side effects.",
        "Iron does not help, but zinc cures colds.",
        "Iron does not help; zinc cures colds.",
        "Iron does not help — zinc cures colds.",
        "No doubt: zinc cures colds.",
        "Zinc does not taste good and cures colds.",
        "Why not try zinc? It cures colds.",
        "Don’t worry. Zinc cures colds.",
    ],
)
def test_a_denial_of_something_else_takes_no_claim_back(text):
    assert "CLM01" in ids(text)


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013", "\u2014"])
@pytest.mark.parametrize("mark", ["'", "\u2019", "\u02bc", "`"])
def test_a_denial_is_one_in_every_spelling(dash, mark):
    assert "CLM01" not in ids(f"Zinc{dash}it doesn{mark}t cure colds.")
