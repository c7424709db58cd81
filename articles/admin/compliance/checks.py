"""The checks of this site: what each looks for, and what the site makes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.template.response import TemplateResponse
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSelectWidget

from articles.admin.pages import actor
from articles.compliance.findings import start_run
from articles.models import AuditEvent, CheckSetting
from cms import plugins
from cms.contracts import Check


class CheckSettingForm(forms.ModelForm[CheckSetting]):
    class Meta:
        model = CheckSetting
        fields = ("check_id", "is_on", "severity", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "check_id" in self.fields:
            self.fields["check_id"] = forms.ChoiceField(
                label="Check",
                choices=[("", "Choose a check"), *_choices()],
                widget=UnfoldAdminSelectWidget,
                help_text="Checks whose findings must be corrected on every site are not in the list.",
            )


def _choices() -> list[tuple[str, str]]:
    return [
        (check.id, f"{check.id} · {check.about}" if check.about else check.id)
        for check in shipped()
        if not check.critical
    ]


def shipped() -> list[Check]:
    return sorted(plugins.registry().checks.values(), key=lambda check: check.id)


@admin.register(CheckSetting)
class CheckSettingAdmin(ModelAdmin):
    """The list shows every check of the registry, those with a setting of this site and those without."""

    form = CheckSettingForm
    nav_icon = "rule"
    change_list_template = "articles/admin/compliance/checks.html"
    list_display = ("check_id", "is_on", "severity", "note")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        settings = {setting.check_id: setting for setting in CheckSetting.objects.all()}
        rows = [{"check": check, "setting": settings.get(check.id)} for check in shipped()]
        context: Any = {**(extra_context or {}), "rows": rows}
        return super().changelist_view(request, context)

    def get_readonly_fields(self, request: HttpRequest, obj: CheckSetting | None = None) -> tuple[str, ...]:
        return ("check_id",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        state = "off" if not obj.is_on else obj.get_severity_display()
        self._changed(request, obj, f"{obj.check_id}: {state}")

    def delete_model(self, request: HttpRequest, obj: CheckSetting) -> None:
        super().delete_model(request, obj)
        self._changed(request, obj, f"{obj.check_id}: as shipped")

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for setting in queryset:
            self.delete_model(request, setting)

    def _changed(self, request: HttpRequest, setting: CheckSetting, what: str) -> None:
        by = actor(request)
        AuditEvent.objects.create(
            kind=AuditEvent.Kind.CHECK_CHANGED,
            actor=by,
            actor_name=by.get_username(),
            reason=setting.note,
            data={"check": setting.check_id, "now": what},
        )
        start_run(reason=what, by=by, has_new_rules=True)
        messages.info(request, "Every page is being checked again with the new rule.")
