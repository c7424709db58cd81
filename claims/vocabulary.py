"""The words that editors added to the shipped lists, or switched off."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from claims.language.lexicon import EDITABLE, Lexicon, build, spelled


class Term(models.Model):
    """One word or phrase of one list. The shipped words stay in the data files; a row adds one or switches one off."""

    class List(models.TextChoices):
        DISEASE = "disease", "Disease"
        DISEASE_CRITICAL = "disease_critical", "Disease: cancer or infection (cannot be overridden)"
        DISEASE_EXEMPT = "disease_exempt", "Deficiency disease (no claim)"
        NOT_A_DISEASE = "not_a_disease", "Phrase that only looks like a disease"
        STRONG_VERB = "strong_verb", "Verb: treats, cures, prevents"
        WEAK_VERB = "weak_verb", "Verb: helps with"
        IMPLIED_PHRASE = "implied_phrase", "Phrase that implies a disease"
        NUTRIENT = "nutrient", "Nutrient or herb"
        PRODUCT = "product", "Word for a product"
        DRUG = "drug", "Medicine"
        OVERCLAIM_ERROR = "overclaim_error", "Overclaim: error"
        OVERCLAIM_WARNING = "overclaim_warning", "Overclaim: warning"
        ABSOLUTE_SAFETY = "absolute_safety", "Promise of safety"
        FDA_PHRASE = "fda_phrase", "FDA approval"
        ADVICE_ERROR = "advice_error", "Medical advice: error"
        ADVICE_READER = "advice_reader", "Medical advice: warning"
        CITATION_CUE = "citation_cue", "Phrase that needs a citation"
        BODY_FUNCTION = "body_function", "Body function (EU, UK)"

    list = models.CharField(max_length=20, choices=List, help_text="What the checks take the phrase for.")
    phrase = models.CharField(
        max_length=120,
        help_text=(
            "Small letters, as it stands in texts. Write a verb in its base form (“soothe”); all its "
            "forms are found. "
            "“keep * at bay” leaves room for up to six words."
        ),
    )
    is_on = models.BooleanField(
        "found", default=True, help_text="Take the tick away to switch a shipped word of this list off."
    )
    note = models.CharField(max_length=300, blank=True, help_text="Why, for whoever reads this next year.")

    class Meta:
        ordering = ["list", "phrase"]
        constraints = [models.UniqueConstraint(fields=["list", "phrase"], name="claims_term_once_a_list")]

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        self.phrase = spelled(self.phrase)
        if not any(letter.isalpha() for letter in self.phrase):
            raise ValidationError({"phrase": "Write at least one letter."})
        if self.phrase.startswith("*") or self.phrase.endswith("*"):
            raise ValidationError({"phrase": "A phrase begins and ends with a word, not with *."})


def current_lexicon() -> Lexicon:
    """Return the shipped words with the editors' changes, in one query; it is built anew only after a change."""
    rows = Term.objects.order_by("list", "phrase").values_list("list", "phrase", "is_on")
    return build(tuple(rows))


assert set(Term.List.values) == set(EDITABLE)  # noqa: S101 - the admin and the grammar name the same lists
