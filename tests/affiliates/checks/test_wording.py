"""AFF08: readers know which shop a link leads to before they follow it."""

import pytest

from tests.affiliates.compiling import compiled, findings
from tests.affiliates.factories import LinkFactory

pytestmark = pytest.mark.django_db


def quotes(text):
    return [finding.quote for finding in findings(compiled(text), "AFF08")]


@pytest.fixture(autouse=True)
def links():
    LinkFactory(slug="zinc", store_name="Northmoor")
    LinkFactory(slug="calm", amazon=True)


@pytest.mark.parametrize(
    "words",
    ["here", "Buy now", "Check the current price", "click here", "Learn more", "See it today", "View deal"],
)
def test_words_that_fit_any_shop_are_noticed(words):
    assert quotes(f"Zinc citrate: [{words}](aff:zinc).") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "[Zinc citrate](aff:zinc) is a powder.",
        "[See it at Northmoor](aff:zinc).",
        "Northmoor sells it [here](aff:zinc).",
        "| Northmoor | Dose |\n|---|---|\n| [here](aff:zinc) | 10 mg |",
        "[here](aff:calm), and the label says at Amazon.",
        "[here](https://example.org).",
    ],
)
def test_a_link_that_names_its_shop_is_fine(text):
    assert quotes(text) == []


def test_the_finding_says_which_shop():
    (finding,) = findings(compiled("Zinc.\n\nBuy [here](aff:zinc)."), "AFF08")

    assert (finding.severity, finding.line) == ("warning", 3)
    assert "See it at Northmoor" in finding.fix
