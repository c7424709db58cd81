"""The words around a paid link, in the language of the article and as its jurisdictions expect them."""

from __future__ import annotations

from dataclasses import dataclass

from cms.contracts import Source

# CAP and CMA want "Ad" at the link itself; in the US it is an accepted variant.
AD_JURISDICTIONS = frozenset({"UK", "GB"})


@dataclass(frozen=True, slots=True)
class Wording:
    """`paid` is the label behind a link; `at` and `see` take the name of the shop."""

    paid: str
    at: str
    see: str
    comparison: str
    product: str
    form: str
    amount: str
    facts: str
    shop: str


ENGLISH = Wording(
    "paid link", "at {store}", "See it at {store}",
    "Comparison", "Product", "Form", "Amount per serving", "Facts", "Shop",
)  # fmt: skip
WORDINGS = {
    "en": ENGLISH,
    "de": Wording(
        "Anzeige", "bei {store}", "Bei {store} ansehen",
        "Vergleich", "Produkt", "Form", "Menge pro Portion", "Fakten", "Shop",
    ),
    "fr": Wording(
        "publicité", "chez {store}", "Voir chez {store}",
        "Comparaison", "Produit", "Forme", "Quantité par portion", "Faits", "Boutique",
    ),
}  # fmt: skip


def wording(source: Source) -> Wording:
    return WORDINGS.get(source.language.lower().partition("-")[0], ENGLISH)


def paid_label(source: Source) -> str:
    """Return the label of a paid link, in brackets: (paid link), (Ad), (Anzeige)."""
    words = wording(source)
    if words is ENGLISH and AD_JURISDICTIONS.intersection(source.jurisdictions):
        return "(Ad)"
    return f"({words.paid})"
