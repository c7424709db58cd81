"""Forms for editors: one disclaimer with its wording and rule, and the texts that an article carries."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelect2MultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles.jurisdictions import EVERYWHERE
from articles.meanwhile import MeanwhileForm
from disclaimers import conditions, rules, services
from disclaimers.conditions import CONDITIONS
from disclaimers.kinds import KINDS
from disclaimers.models import Disclaimer
from disclaimers.placing import FRONT_MATTER_KEY

CODE = re.compile(r"[A-Z]{2}(-[A-Z]{2})?")


class DisclaimerForm(MeanwhileForm):
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
        help_text="Nothing ticked and nothing chosen below: the text is shown only in articles that name it.",
    )
    supplements = forms.MultipleChoiceField(
        label="and the page advises a supplement of",
        required=False,
        choices=lambda: [(rules.ANY, "any nutrient"), *conditions.nutrients()],
        widget=UnfoldAdminSelect2MultipleWidget,
        help_text="One of them is enough. Advice tells the reader to take it; naming it is not advice.",
    )
    dose_of = forms.ChoiceField(
        label="and it gives an amount of",
        required=False,
        choices=lambda: [("", "---------"), *conditions.nutrients()],
        widget=UnfoldAdminSelectWidget,
        help_text="An amount such as 200 mg in a sentence about this nutrient.",
    )
    group = forms.ChoiceField(
        label="and it speaks of the group",
        required=False,
        choices=lambda: [("", "---------"), *conditions.groups()],
        widget=UnfoldAdminSelectWidget,
        help_text="Readers who need more care, such as pregnant women.",
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
        self.initial.update(conditions.form_values(self.instance.when))
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
        self.instance.when = conditions.rule_of(cleaned, conditions.beyond_form(self.instance.when))
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
