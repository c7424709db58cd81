"""Forms for editors: one disclaimer with its wording and rule, and the texts that an article carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles.jurisdictions import EVERYWHERE
from disclaimers import rules, services
from disclaimers.models import Disclaimer
from disclaimers.placing import FRONT_MATTER_KEY

CLAIMS = "supplement_structure_function_claims"
CODE = re.compile(r"[A-Z]{2}(-[A-Z]{2})?")
# What an editor ticks, and the part of the rule that it stands for.
CONDITIONS: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "paid": ("The page has a paid link", {"has_affiliate_link": True}),
        "amazon": ("The page has an Amazon link", {"has_amazon_link": True}),
        "health": ("The page is about health", {"is_health_article": True}),
        "evidence": ("The page shows an evidence callout", {"has_evidence_callout": True}),
        "claim": ("The page says one thing about what a supplement does", {CLAIMS: {"eq": 1}}),
        "claims": ("The page says several things about what supplements do", {CLAIMS: {"gte": 2}}),
    }
)
# Kinds that rules and checks know; an imported record may have another one and keeps it.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "affiliate_disclosure": "Commission disclosure",
        "affiliate_label": "Ad label",
        "network_statement": "Statement that a network asks for",
        "health_information": "Health information",
        "structure_function_disclaimer": "FDA statement on supplements",
        "evidence_note": "Note on evidence",
        "unclear_disclosure": "Disclosure that does not say that we are paid",
        "imported_notice": "Imported notice",
        "other": "Other",
    }
)


def ticked(when: Mapping[str, Any]) -> list[str]:
    """Return the conditions that a rule consists of."""
    return [name for name, (_, part) in CONDITIONS.items() if part.items() <= when.items()]


def untickable(when: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a rule holds beyond the conditions; saving keeps it."""
    covered = {key for name in ticked(when) for key in CONDITIONS[name][1]}
    return {key: value for key, value in when.items() if key not in covered}


class DisclaimerForm(forms.ModelForm[Disclaimer]):
    """The record together with its present wording. Saving it is the services' work."""

    heading = forms.CharField(
        required=False,
        max_length=200,
        widget=UnfoldAdminTextInputWidget,
        help_text="Stands above the text on the page. It may stay empty.",
    )
    text = forms.CharField(
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text="What readers see. An empty line starts a new paragraph. A change makes a new version, and every "
        "article that shows the text follows within minutes.",
    )
    text_short = forms.CharField(
        label="Short text",
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text="For places with little room, such as cards and feeds.",
    )
    kind = forms.ChoiceField(
        choices=list(KINDS.items()),
        widget=UnfoldAdminSelectWidget,
        help_text="Texts of one kind stand in for one another, and the checks ask for kinds.",
    )
    conditions = forms.MultipleChoiceField(
        label="Shown where all of this is true",
        required=False,
        choices=[(name, label) for name, (label, _) in CONDITIONS.items()],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Nothing ticked: the text is shown only in articles that name it.",
    )
    jurisdictions = forms.CharField(
        widget=UnfoldAdminTextInputWidget,
        help_text="Where the text applies: codes with commas between them, such as US, UK, EU, DE. A star (*) means "
        "everywhere.",
    )

    class Meta:
        model = Disclaimer
        fields = (
            "title", "slug", "family", "kind", "jurisdictions", "locale", "slot", "priority", "is_verbatim",
            "source", "source_status", "notes", "is_active",
        )  # fmt: skip
        widgets = {name: UnfoldAdminTextareaWidget(attrs={"rows": 3}) for name in ("source", "notes")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.instance.current
        if version is not None:
            for name in ("heading", "text", "text_short"):
                self.initial.setdefault(name, getattr(version, name))
        if self.instance.kind and self.instance.kind not in KINDS and "kind" in self.fields:
            choices = [*KINDS.items(), (self.instance.kind, self.instance.kind)]
            cast("forms.ChoiceField", self.fields["kind"]).choices = choices
        self.initial["conditions"] = ticked(self.instance.when)
        self.initial["jurisdictions"] = ", ".join(self.instance.jurisdictions)
        if version is not None and self.instance.is_verbatim and "text" in self.fields:
            self._lock_wording()

    def _lock_wording(self) -> None:
        wordings = services.allowed_wordings(self.instance)
        reason = f"This wording is prescribed: {self.instance.source or 'see the source below'}. "
        if len(wordings) > 1:
            self.fields["text"] = forms.ChoiceField(
                choices=[(wording, wording) for wording in wordings],
                widget=UnfoldAdminRadioSelectWidget,
                help_text=f"{reason}Choose one of the wordings that are accepted.",
            )
        else:
            self.fields["text"].disabled = True
            self.fields["text"].help_text = f"{reason}It must be shown unchanged."

    def clean_jurisdictions(self) -> list[str]:
        codes = [
            code.strip().upper() for code in self.cleaned_data["jurisdictions"].split(",") if code.strip()
        ]
        wrong = [code for code in codes if code != EVERYWHERE and not CODE.fullmatch(code)]
        if wrong:
            raise ValidationError(f"{wrong[0]} is not a code. Write two letters, such as US, or a star (*).")
        return list(dict.fromkeys(codes))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("conditions", [])
        if {"claim", "claims"} <= set(chosen):
            self.add_error(
                "conditions", "A page says either one thing or several things; tick one of the two."
            )
        rule = untickable(self.instance.when)
        for name in chosen:
            rule |= CONDITIONS[name][1]
        self.instance.when = rule
        return cleaned

    @property
    def wording(self) -> tuple[str, str, str]:
        """Return heading, text and short text as they were entered."""
        version = self.instance.current
        now = {name: getattr(version, name, "") for name in ("heading", "text", "text_short")}
        heading, text, short = (str(self.cleaned_data.get(name, now[name])) for name in now)
        return heading, text, short


class CarriedForm(forms.Form):
    """The texts that an article carries by name; panel of the article editor."""

    disclaimers = forms.MultipleChoiceField(
        label="Texts for this article only",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Shown in addition to what the rules place by themselves.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = self.initial.get(FRONT_MATTER_KEY) or []
        named = [named] if isinstance(named, str) else [str(slug) for slug in named]
        self.initial[FRONT_MATTER_KEY] = named
        titles = dict(Disclaimer.objects.carryable(named).values_list("slug", "title"))
        missing = {slug: f"{slug} (there is no such text)" for slug in named if slug not in titles}
        choices = [*titles.items(), *missing.items()]
        field = cast("forms.MultipleChoiceField", self.fields["disclaimers"])
        field.choices = choices
        if not choices:
            field.help_text = (
                "There are no such texts yet. Add one under Disclaimers without ticking a condition."
            )


def summary(when: Mapping[str, Any]) -> str:
    """Return a rule in words, for the list."""
    words = [CONDITIONS[name][0].removeprefix("The page ") for name in ticked(when)]
    words += [f"{name}: {value}" for name, value in untickable(when).items() if name in rules.PREDICATES]
    return " and ".join(words) or "only where an article names it"
