"""The forms in front of the publishing services."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

REASON_HELP = "Optional. It is kept in the log."


class PublishForm(forms.Form):
    NOW, LATER = "now", "later"
    when = forms.ChoiceField(
        choices=[(NOW, "Now"), (LATER, "At a set time")], widget=forms.RadioSelect, initial=NOW
    )
    on = forms.DateField(label="Date", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(label="Time", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    is_substantive = forms.BooleanField(
        label="This changes what the article says",
        required=False,
        initial=True,
        help_text="The date shown as “Updated” moves. Leave it off for typing corrections and swapped links.",
    )
    reason = forms.CharField(
        label="What changed", max_length=300, required=False, help_text=REASON_HELP, widget=forms.TextInput
    )
    override = forms.CharField(
        label="Why publish despite the errors",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your name and this reason are kept in the log.",
    )
    head = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_override: bool, has_live: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["override"]
        if not has_live:
            del self.fields["is_substantive"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("when") == self.LATER:
            day, time = data.get("on"), data.get("at")
            if not day or not time:
                self.add_error("on", "Give the day and the time.")
            else:
                data["moment"] = timezone.make_aware(datetime.combine(day, time))
                if data["moment"] <= timezone.now():
                    self.add_error("on", "Choose a time in the future.")
        return data


class ReasonForm(forms.Form):
    """For unpublishing and rolling back."""

    reason = forms.CharField(max_length=300, required=False, help_text=REASON_HELP, widget=forms.TextInput)


class RollbackForm(ReasonForm):
    override = forms.CharField(
        label="Why publish despite the errors",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your name and this reason are kept in the log.",
    )

    def __init__(self, *args: Any, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["override"]
