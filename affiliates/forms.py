"""Forms for editors: an address says by itself whose link it is, and says clearly why it is refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from affiliates.domains import is_public_suffix
from affiliates.markup.lookup import FRONT_MATTER_KEY
from affiliates.models import AffiliateLink, Network, Product, Program
from affiliates.services import Recognised, check_address, free_slug, recognise_address
from affiliates.targets import TargetError, parse_host
from articles.meanwhile import MeanwhileForm

OFFERED_LINKS = 200


class LinesField(forms.CharField):
    """A list, one item a line."""

    widget = UnfoldAdminTextareaWidget(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(list(initial or []) != self.to_python(data))


class HostsField(LinesField):
    """Public host names, one a line."""

    def to_python(self, value: Any) -> Any:
        return [host.lower() for host in super().to_python(value)]

    def validate(self, value: Any) -> None:
        super().validate(value)
        for host in value:
            try:
                parse_host(host)
            except TargetError as error:
                raise ValidationError(f"“{host}” is not a host: {error}") from error
            if is_public_suffix(host):
                raise ValidationError(
                    f"“{host}” belongs to many: strangers open shops below it, and links could lead to theirs. "
                    "Name the shop's own host."
                )


def lines_of(model: type[Any], name: str, field: type[LinesField] = HostsField) -> LinesField:
    """Return the form field of a list column, with the column's own help text."""
    return field(required=False, help_text=model._meta.get_field(name).help_text)


class SharedForm(MeanwhileForm):
    """Of a record that keeps no history, so nobody can say who else changed it."""

    def changed_by(self) -> str:
        return "Somebody else"


class NetworkForm(SharedForm):
    hosts = lines_of(Network, "hosts")
    short_hosts = lines_of(Network, "short_hosts")

    class Meta:
        model = Network
        fields = "__all__"


class ProgramForm(SharedForm):
    domains = lines_of(Program, "domains")

    class Meta:
        model = Program
        fields = "__all__"


class ProductForm(SharedForm):
    facts = lines_of(Product, "facts", LinesField)

    class Meta:
        model = Product
        fields = "__all__"


def unknown_network(recognised: Recognised) -> str:
    """Say what to do with an address that no network is known to use."""
    host, merchant = recognised.target.host, recognised.merchant
    if merchant is not None:
        named = Network.objects.filter(key__in=merchant.networks).values_list("name", flat=True)
        return (
            f"A plain address of {merchant.store_name} earns nothing: it pays through {', '.join(named)}. Paste the "
            "link that such a network made for you."
        )
    return (
        f"No network is known to use {host}. For a shop with a programme of its own, first add a "
        "program that names this host; for a network, choose it here."
    )


class LinkForm(MeanwhileForm):
    """A link with its address. Network, program, shop and slug follow from the address unless they are given."""

    target_url = forms.CharField(
        label="Address",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "spellcheck": "false"}),
        help_text="The full https address with your own tag. A changed address is a new one; the old stays as history.",
    )

    allow_http = forms.BooleanField(
        label="Allow http",
        required=False,
        help_text="Only for a shop that has no https address. Browsers may warn readers.",
    )

    class Meta:
        model = AffiliateLink
        fields = (
            "network", "program", "title", "store_name", "slug", "status", "expires_at", "fallback_url",
            "fallback_article", "notes",
        )  # fmt: skip
        labels = {"store_name": "Shop", "expires_at": "Offer ends", "fallback_url": "Fallback address"}
        widgets = {
            "fallback_url": UnfoldAdminTextareaWidget(attrs={"rows": 2, "spellcheck": "false"}),
            "notes": UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"network", "store_name", "slug"} & set(self.fields):
            self.fields[name].required = False
        self.recognised: Recognised | None = None
        self.warnings: tuple[str, ...] = ()
        if self.instance.pk:
            shown = self.instance.targets.shown().first()
            active = None if shown is None or shown.is_conditional else shown
            self.initial.setdefault("target_url", active.url if active else "")
            self.initial.setdefault("allow_http", bool(active and active.allows_http))
        if "status" in self.fields:
            self._leave_recall_to_its_page()

    def _leave_recall_to_its_page(self) -> None:
        """A recall needs a reason and shows first what it touches; so does the way back."""
        recalled = AffiliateLink.Status.RECALLED
        field: Any = self.fields["status"]
        if self.instance.status == recalled:
            field.disabled = True
            field.help_text = "It is recalled. Bring it back with the switch below."
        else:
            field.choices = [choice for choice in field.choices if choice[0] != recalled]
            field.help_text = "Only live links are shown."

    def clean_target_url(self) -> str:
        allow_http = self["allow_http"].value() in (True, "on", "true", "True", "1")
        try:
            self.recognised = recognise_address(self.cleaned_data["target_url"], allow_http=allow_http)
        except TargetError as error:
            raise ValidationError(str(error)) from error
        return self.recognised.target.url

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.recognised is None:
            return values
        network = values.get("network") or self.recognised.network
        if network is None:
            self.add_error("network", unknown_network(self.recognised))
            return values
        program = values.get("program") or self.recognised.program
        values["network"] = network
        values["program"] = program if program and program.network_id == network.pk else values.get("program")
        values["store_name"] = values.get("store_name") or self.recognised.store_name
        if "slug" in self.fields and not values.get("slug"):
            values["slug"] = free_slug(f"{values['store_name']} {values.get('title', '')}")
        self._check("target_url", values["target_url"], network, values["program"])
        if values.get("fallback_url"):
            self._check("fallback_url", values["fallback_url"], network, values["program"])
        return values

    def _check(self, field: str, url: str, network: Network, program: Program | None) -> None:
        try:
            checked = check_address(
                url, network, program, allow_http=bool(self.cleaned_data.get("allow_http"))
            )
        except TargetError as error:
            self.add_error(field, str(error))
            return
        if field == "target_url":
            self.warnings = checked.warnings


class LinkInput(UnfoldAdminTextInputWidget):
    """A text field that offers the newest live links while typing."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = AffiliateLink.objects.filter(status=AffiliateLink.Status.LIVE).order_by("-pk")[
            :OFFERED_LINKS
        ]
        list_id = f"{(attrs or {}).get('id', name)}-offered"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join(
            "", '<option value="{}">{}</option>', ((link.slug, link) for link in offered)
        )
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class EndLinkForm(forms.Form):
    """The panel "Affiliate link" of an article."""

    affiliate_link = forms.CharField(
        label="Link below the text",
        required=False,
        widget=LinkInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="The slug of an affiliate link. Readers see it as a labelled button at the end of the article.",
    )

    def clean_affiliate_link(self) -> str:
        slug = str(self.cleaned_data[FRONT_MATTER_KEY])
        if slug and not AffiliateLink.objects.filter(slug=slug).exists():
            raise ValidationError(f"There is no affiliate link named {slug}.")
        return slug
