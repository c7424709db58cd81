"""EU02 and EU03, sentence by sentence."""

import pytest

from tests.claims.language.gold import findings, ids


@pytest.mark.parametrize("place", ["EU", "DE", "UK", "GB", "FR"])
def test_benefits_are_weighed_in_europe(place):
    assert ids("Zinc boosts immunity.", [place]) == ["EU02"]


@pytest.mark.parametrize("place", ["US", "CA", "CH"])
def test_benefits_are_free_elsewhere(place):
    assert ids("Zinc boosts immunity.", [place]) == []


@pytest.mark.parametrize(
    ("text", "is_free"),
    [
        ("Zinc contributes to the normal function of the immune system.", True),
        ("Zinc helps to maintain normal immune system function.", True),
        ("Zinc contributes to immune function.", False),
        ("Magnesium contributes to the normal function of the immune system.", False),
        ("Zinc contributes to normal cognitive function and to deep sleep.", False),
        ("Zinc has a role in the process of cell division.", True),
        ("Zinc improves normal immune system function.", False),
        ("Sleep strengthens the immune system.", True),
        ("Does zinc boost immunity?", True),
        ("Zinc does not boost immunity.", True),
    ],
)
def test_authorised_wording(text, is_free):
    assert ids(text, ["EU"]) == ([] if is_free else ["EU02"])


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("Zinc boosts the immune system.", "“Zinc contributes to the normal function of the immune system.”"),
        ("Magnesium builds strong bones.", "“Magnesium contributes to the maintenance of normal bones.”"),
        ("Glycine promotes sleep.", "no claim is authorised"),
    ],
)
def test_the_authorised_wording_is_proposed(text, fix):
    [found] = [one for one in findings(text, ["EU"]) if one.id == "EU02"]

    assert fix in found.fix


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Weber recommends zinc.", 1),
        ("Our pharmacist swears by zinc.", 1),
        ("Lose 3 kg in two weeks with zinc.", 1),
        ("Shed ten pounds within a month.", 1),
        ("If you skip magnesium, your heart will suffer.", 1),
        ("Your doctor can recommend zinc.", 0),
        ("The Society for Nutrition recommends zinc.", 0),
        ("Dr. Weber wrote the book.", 0),
        ("The parcel lost 3 kg of rice.", 0),
    ],
)
def test_what_article_12_bans(text, count):
    assert ids(text, ["EU"]).count("EU03") == count
    assert ids(text, ["US"]).count("EU03") == 0
