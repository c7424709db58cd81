"""Records that several people and the machine write: what changed while a form was open is never lost.

A form carries what it showed. A field that only the other one has changed follows; a field that both have changed is
asked about, with both values. The record is locked while that is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.http import HttpRequest

SEEN = "seen"
ABOVE = "It was changed while this page was open; both values are above. Save again to keep yours."


@dataclass(frozen=True, slots=True)
class Conflict:
    label: str
    theirs: str
    yours: str


class SeenField(forms.CharField):
    """What the form showed; it is never a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class MeanwhileForm(forms.ModelForm[Any]):
    """Set `merged_elsewhere` to the fields that have a rule of their own."""

    merged_elsewhere: frozenset[str] = frozenset()

    seen = SeenField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        self.kept: list[str] = []

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == SEEN:
            return json.dumps(self._stored(), sort_keys=True)
        return super().get_initial_for_field(field, field_name)

    def full_clean(self) -> None:
        in_conflict = self._meet() if self.is_bound and self.instance.pk else []
        super().full_clean()
        for name in in_conflict:
            self.add_error(name, ABOVE)

    def changed_by(self) -> str:
        """Return who changed the record last, "" if it was the machine."""
        last = self.instance.history.select_related("history_user").first()
        return str(last.history_user) if last and last.history_user else ""

    def _meet(self) -> list[str]:
        """Take over what only the other one has changed; return the fields that both have changed."""
        was, now = self._shown(), self._stored()
        changed = [name for name in now if name in was and was[name] != now[name]]
        if not changed:
            return []
        self.data = cast("Any", self.data).copy()
        in_conflict = []
        for name in changed:
            mine = plain(self[name].data)
            if mine == was[name]:
                self._put(name, now[name])
                self.kept.append(self._label(name))
            elif mine != now[name]:
                in_conflict.append(name)
                both = self._words(name, now[name]), self._words(name, mine)
                self.conflicts.append(Conflict(self._label(name), *both))
        self._put(SEEN, json.dumps(now, sort_keys=True))
        return in_conflict

    def _stored(self) -> dict[str, Any]:
        """Return what every field shows of the record as it is stored."""
        return {
            name: plain(field.prepare_value(super(MeanwhileForm, self).get_initial_for_field(field, name)))
            for name, field in self.fields.items()
            if name != SEEN and name not in self.merged_elsewhere and not field.disabled
        }

    def _shown(self) -> Mapping[str, Any]:
        try:
            shown = json.loads(self.data.get(self.add_prefix(SEEN)) or "{}")
        except (ValueError, RecursionError):
            return {}
        return shown if isinstance(shown, dict) else {}

    def _put(self, name: str, value: Any) -> None:
        key, data = self.add_prefix(name), cast("Any", self.data)
        if isinstance(value, list) and hasattr(data, "setlist"):
            data.setlist(key, value)
        elif value is False:
            data.pop(key, None)
        else:
            data[key] = value

    def _label(self, name: str) -> str:
        return str(self[name].label)

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        choices = {str(key): str(label) for key, label in getattr(self.fields[name], "choices", ())}
        said = [choices.get(one, str(one)) for one in (value if isinstance(value, list) else [value])]
        return ", ".join(said)


def plain(value: Any) -> Any:
    """Return a value as JSON that is equal whenever an editor would call it the same."""
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


class MeanwhileAdmin:
    """Mixed into the admin class of such a record: locks it while a form is saved, and says what was kept."""

    change_form_before_template: Any = "articles/admin/parts/meanwhile.html"
    model: Any

    class Media:
        css = {"all": ["articles/admin/compare.css"]}

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        if request.method == "POST" and connection.in_atomic_block:
            try:
                self.model._base_manager.select_for_update(of=("self",)).get(pk=object_id)
            except (ObjectDoesNotExist, ValueError, TypeError):
                return None
        return super().get_object(request, object_id, from_field)  # type: ignore[misc]  # a mixin: the class beside it has the method

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        if kept := getattr(form, "kept", ()):
            by = form.changed_by() or "a check or an import"
            messages.info(request, f"Kept what {by} changed while the page was open: {', '.join(kept)}.")
        return super().save_form(request, form, change)  # type: ignore[misc]  # a mixin: the class beside it has the method
