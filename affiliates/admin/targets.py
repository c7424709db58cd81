"""Further addresses of a link: for some readers, for some time, or for a share of all. A change is a new row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from unfold.admin import StackedInline, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from affiliates import services
from affiliates.models import AffiliateLink, LinkTarget, Network
from affiliates.models.target import FROZEN
from affiliates.targets import TargetError

CONDITIONS_HELP = (
    "Readers who fit what stands below are sent here instead. Of several that fit, the highest priority wins, then "
    "chance by weight; the address under General takes part with weight 1. Direct links have one address only."
)


class WordsField(forms.CharField):
    """Codes between blanks or commas, in one spelling."""

    def __init__(self, *args: Any, upper: bool = False, **kwargs: Any) -> None:
        self.upper = upper
        super().__init__(*args, required=False, widget=UnfoldAdminTextInputWidget(), **kwargs)

    def to_python(self, value: Any) -> str:
        words = str(value or "").replace(",", " ").split()
        return " ".join(word.upper() if self.upper else word.lower() for word in words)


def _help(name: str) -> str:
    return str(getattr(LinkTarget._meta.get_field(name), "help_text", ""))


class DestinationForm(forms.ModelForm[LinkTarget]):
    countries = WordsField(upper=True, help_text=_help("countries"))
    devices = WordsField(help_text=_help("devices"))
    languages = WordsField(help_text=_help("languages"))

    class Meta:
        model = LinkTarget
        fields = (
            "url", "countries", "devices", "languages", "starts_at", "ends_at", "weight", "priority", "allows_http",
        )  # fmt: skip
        widgets = {"url": UnfoldAdminTextareaWidget(attrs={"rows": 2, "spellcheck": "false"})}
        help_texts = {"url": CONDITIONS_HELP}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_at"), values.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "The end must be later than the beginning.")
        link: AffiliateLink = self.instance.link
        if values.get("url") and link.network_id:
            self._check(link, values)
        return values

    def _check(self, link: AffiliateLink, values: dict[str, Any]) -> None:
        if link.routing == Network.Routing.DIRECT:
            raise ValidationError("A direct link has one address for everybody. Make a second link instead.")
        try:
            checked = services.check_address(
                values["url"], link.network, link.program, allow_http=values.get("allows_http", False)
            )
        except TargetError as error:
            self.add_error("url", str(error))
        else:
            values["url"] = checked.url


class DestinationFormSet(BaseInlineFormSet[LinkTarget, AffiliateLink, DestinationForm]):
    """Rows are history: what is changed is replaced, what is deleted only goes inactive."""

    by: Any = None

    def save_new(self, form: DestinationForm, commit: bool = True) -> LinkTarget:
        values = {name: form.cleaned_data[name] for name in FROZEN}
        return services.add_target(self.instance, by=self.by, **values)

    def save_existing(self, form: DestinationForm, obj: LinkTarget, commit: bool = True) -> LinkTarget:
        values = {name: form.cleaned_data[name] for name in FROZEN}
        self.delete_existing(obj)
        return services.add_target(self.instance, by=self.by, **values)

    def delete_existing(self, obj: LinkTarget, commit: bool = True) -> None:
        obj.refresh_from_db()  # the form has put its values into it
        services.retire(obj)
        services.announce(self.instance)


class DestinationInline(StackedInline):
    model = LinkTarget
    form = DestinationForm
    formset = DestinationFormSet  # type: ignore[assignment]  # the parent's attribute is a plain formset
    verbose_name = "address"
    verbose_name_plural = "Other addresses for some readers"
    hide_title = True
    extra = 0
    tab = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[LinkTarget]:
        """Leave out history, and the address that stands in the link's own form."""
        targets: QuerySet[LinkTarget] = super().get_queryset(request)
        link_id = getattr(request.resolver_match, "kwargs", {}).get("object_id")
        if not link_id or not str(link_id).isdecimal():
            return targets.none()
        shown = LinkTarget.objects.shown().filter(link=link_id).first()
        others = targets.filter(is_active=True).select_related("link__network", "link__program")
        return others.exclude(pk=shown.pk) if shown and not shown.is_conditional else others

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made: Any = super().get_formset(request, obj, **kwargs)
        made.by = request.user
        return made


class HistoryInline(TabularInline):
    model = LinkTarget
    verbose_name_plural = "Every address it has led to"
    fields = readonly_fields = ("url", "show_whom", "in_use", "created_at", "created_by", "show_approval")
    hide_title = True
    extra = 0
    can_delete = False
    tab = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[LinkTarget]:
        targets: QuerySet[LinkTarget] = super().get_queryset(request)
        return targets.select_related("created_by", "approved_by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description="In use", boolean=True)
    def in_use(self, obj: LinkTarget) -> bool:
        return obj.is_active

    @display(description="For")
    def show_whom(self, obj: LinkTarget) -> str:
        return obj.for_whom

    @display(description="Approved")
    def show_approval(self, obj: LinkTarget) -> str:
        if obj.approved_at is None:
            return "not yet: it came with an import"
        return f"{obj.approved_at:%Y-%m-%d}" + (f" by {obj.approved_by}" if obj.approved_by else "")
