"""The small forms of the library's own pages."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.models import Article, Edition
from references.models import Reference


class AddForm(forms.Form):
    what = forms.CharField(
        label="Number, address or entry",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="A DOI, PMID, PMC, Bookshelf or arXiv number, the address of the work, or an entry in BibTeX, RIS, "
        "NBIB or CSL-JSON.",
    )


class AcceptForm(forms.Form):
    note = forms.CharField(
        label="Why it is the right work",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example “Title of the English edition”. It is kept with your name until the record changes.",
    )


class AcknowledgeForm(forms.Form):
    article = forms.ModelChoiceField(Article.objects.none())
    reason = forms.CharField(
        label="Why it may cite the work",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example “The article is about the retraction”. Readers still see the mark.",
    )

    def __init__(self, reference: Reference, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].queryset = citing(reference)  # type: ignore[attr-defined]  # a field of a record has one


class MergeForm(forms.Form):
    other = forms.CharField(
        label="Key of the other reference",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="It will be gone; its key goes on to work in every text that has it.",
    )

    def __init__(self, reference: Reference, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reference = reference

    def clean_other(self) -> Reference:
        key = self.cleaned_data["other"].strip().strip("[]@ ").lower()
        found = Reference.objects.filter(citekey=key).first()
        if found is None:
            raise forms.ValidationError("There is no reference with this key.")
        return found


def citing(reference: Reference) -> Any:
    """Return the articles that show the work, and drafts that name it in their text."""
    shown = (
        Edition.objects.live_or_scheduled()
        .filter(dependencies__key=reference.dependency_key)
        .values("article")
    )
    written = Article.objects.filter(head__text__contains=f"@{reference.citekey}")
    return (Article.objects.filter(pk__in=shown) | written).order_by("title").distinct()
