from __future__ import annotations

from typing import Any

from django import forms

from affiliates.models import AffiliateLink


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        help_text="It stands in the history of every article that changes.",
    )


class AddressForm(ReasonForm):
    url = forms.CharField(
        label="New address",
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text="The full https address with your own tag, of the same network.",
    )
    field_order = ["url", "reason"]


class ReplaceForm(ReasonForm):
    new_link = forms.ModelChoiceField(
        AffiliateLink.objects.none(),
        label="New link",
        to_field_name="slug",
        widget=forms.TextInput(attrs={"list": "live-links", "spellcheck": "false", "autocomplete": "off"}),
        help_text="The short name of a live link, as in aff:short-name. Make a new link first if there is none.",
        error_messages={"invalid_choice": "There is no other live link of this name."},
    )
    publish = forms.BooleanField(
        label="Publish again where readers see exactly the working copy",
        required=False,
        initial=True,
        help_text="Other articles keep their change until somebody publishes them.",
    )
    field_order = ["new_link", "reason", "publish"]

    def __init__(self, *args: Any, old: AffiliateLink, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = AffiliateLink.objects.filter(status=AffiliateLink.Status.LIVE).exclude(pk=old.pk)
        self.fields["new_link"].queryset = live  # type: ignore[attr-defined]  # a field of a record has one
        same_network = live.filter(network=old.network_id).order_by("title")
        self.offered = list(same_network.values_list("slug", "title", "store_name")[:50])
