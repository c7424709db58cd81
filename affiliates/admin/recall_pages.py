"""Recall and reinstate: first every article that is affected, then one button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from affiliates.models import AffiliateLink, Product
from affiliates.recall import Recallable, RecallError, affected, is_recalled, recall, reinstate

SHOWN = 200
MOST = 100


class RecallForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example “FDA warning letter of 3 May”. It stands in the log of every article, with your name.",
    )
    replacement = forms.ModelChoiceField(
        AffiliateLink.objects.filter(status=AffiliateLink.Status.LIVE),
        required=False,
        to_field_name="slug",
        widget=forms.TextInput(attrs={"list": "replacements", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid_choice": "There is no live link named so."},
        help_text="The slug of a live link. Readers who still follow the old one are told that the offer has ended "
        "and see this one instead. Leave it empty to name none.",
    )


class ReinstateForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Optional. It is kept in the log, with your name.",
    )


class RecallMixin:
    """Pages and actions of an admin class whose records can be recalled."""

    model: type[Model]
    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        name = f"affiliates_{self.model._meta.model_name}"

        def at(route: str, view: Any, suffix: str) -> URLPattern:
            return cast("URLPattern", path(route, self.admin_site.admin_view(view), name=f"{name}_{suffix}"))

        return [
            at("recall/", self.recall_view, "recall"),
            at("reinstate/", self.reinstate_view, "reinstate"),
            *super().get_urls(),  # type: ignore[misc]  # a mixin: the class beside it has the method
        ]

    def recall_view(self, request: HttpRequest) -> HttpResponse:
        records = self._records(request)
        form = RecallForm(request.POST or None)
        offers_replacement = self.model is AffiliateLink
        if not offers_replacement:
            del form.fields["replacement"]
        if form.is_valid():
            try:
                number = recall(
                    records,
                    reason=form.cleaned_data["reason"],
                    by=person(request),
                    replacement=form.cleaned_data.get("replacement"),
                )
            except RecallError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"Recalled. {_articles(number)} no longer {_show(number)} it.")
                return self._back(records)
        waiting = [record for record in records if not is_recalled(record)]
        replacements = AffiliateLink.objects.filter(status=AffiliateLink.Status.LIVE).order_by("-pk")
        choices = replacements.exclude(pk__in=[record.pk for record in records])[:SHOWN]
        extra = {"waiting": waiting, "replacements": choices if offers_replacement else []}
        return self._page(request, "recall", "Recall", records, form, extra)

    def reinstate_view(self, request: HttpRequest) -> HttpResponse:
        records = self._records(request)
        form = ReinstateForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            number = reinstate(records, reason=form.cleaned_data["reason"], by=person(request))
            messages.success(request, f"Back again. {_articles(number)} {_show(number)} it.")
            for record in records:
                if isinstance(record, AffiliateLink) and record.status != AffiliateLink.Status.LIVE:
                    words = (
                        f"“{record.title}” is {record.get_status_display().lower()}, as before the recall."
                    )
                    messages.warning(request, f"{words} Readers do not see it.")
            return self._back(records)
        waiting = [record for record in records if is_recalled(record)]
        return self._page(request, "reinstate", "Reinstate", records, form, {"waiting": waiting})

    def to_page(self, request: HttpRequest, name: str, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Send the chosen rows of a list to the page that asks first. More than it takes stay chosen by nobody."""
        ids = [str(pk) for pk in queryset.values_list("pk", flat=True)[: MOST + 1]]
        if len(ids) > MOST:
            messages.error(request, f"Choose {MOST} at most; nothing was changed.")
            return None
        address = reverse(f"admin:affiliates_{self.model._meta.model_name}_{name}")
        return redirect(f"{address}?ids={','.join(ids)}")

    def _records(self, request: HttpRequest) -> list[Recallable]:
        if not request.user.has_perm(f"affiliates.change_{self.model._meta.model_name}"):
            raise PermissionDenied
        ids = [part for part in request.GET.get("ids", "").split(",") if part.isdecimal() and len(part) < 19]
        records = list(self.model._default_manager.filter(pk__in=ids[:MOST]))
        if not records:
            raise Http404("There is no such record.")
        return cast("list[Recallable]", records)

    def _back(self, records: Sequence[Recallable]) -> HttpResponse:
        model = self.model._meta.model_name
        if len(records) == 1:
            return redirect(f"admin:affiliates_{model}_change", records[0].pk)
        return redirect(f"admin:affiliates_{model}_changelist")

    def _page(
        self,
        request: HttpRequest,
        name: str,
        title: str,
        records: Sequence[Recallable],
        form: forms.Form,
        extra: dict[str, Any],
    ) -> HttpResponse:
        editions = list(affected(records).for_cards()[: SHOWN + 1])
        links = [record for record in records if isinstance(record, AffiliateLink)]
        context = {
            **site.each_context(request),
            "opts": self.model._meta,
            "title": title,
            "records": records,
            "form": form,
            "editions": editions[:SHOWN],
            "has_more": len(editions) > SHOWN,
            "products": Product.objects.filter(link__in=links) if links else [],
            **extra,
        }
        return render(request, f"affiliates/admin/{name}.html", context)


def switch_for(record: Recallable | None) -> SafeString | str:
    """Return what stands on a record's page: the switch, or why it was recalled."""
    if record is None or not record.pk:
        return "Save it first."
    name = "reinstate" if is_recalled(record) else "recall"
    url = f"{reverse(f'admin:affiliates_{record._meta.model_name}_{name}')}?ids={record.pk}"
    if is_recalled(record):
        reason = record.recall_reason or "no reason was noted"
        return format_html(
            'Recalled: {}. <a class="text-primary-600" href="{}">Bring it back…</a>', reason, url
        )
    words = "Take it out of every article at once…"
    return format_html('<a class="button button--danger" href="{}">{}</a>', url, words)


def person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _articles(number: int) -> str:
    return "One article" if number == 1 else f"{number or 'No'} articles"


def _show(number: int) -> str:
    return "shows" if number == 1 else "show"
