"""The plugins' panels of an article: forms from `ArticlePart.form`, HTML from the slot `admin_article`.

A part's form is an ordinary Django form whose fields are named like the front-matter keys that the part owns. It gets
their values as `initial` and the part's id as `prefix`; cleaned values go into the revision as they are, so they must
fit into JSON. A panel that fails is replaced by a notice, never the whole page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from articles.models import Edition
from cms import plugins
from cms.contracts import ArticlePart, SlotContext, Source


@dataclass(frozen=True, slots=True)
class Panel:
    """One plugin's form, or None where it failed."""

    id: str
    title: str
    form: forms.Form | None
    keys: Sequence[str]

    def merge(self, front_matter: Mapping[str, Any]) -> dict[str, Any]:
        """Return the front matter with this panel's valid values; empty ones are removed."""
        merged = dict(front_matter)
        if self.form is None or not self.form.is_bound:
            return merged
        self.form.is_valid()
        for key in self.keys:
            if key not in self.form.cleaned_data:
                continue
            value = self.form.cleaned_data[key]
            if value in (None, "", [], {}):
                merged.pop(key, None)
            else:
                merged[key] = value
        return merged


def panels(front_matter: Mapping[str, Any], data: QueryDict | None = None) -> list[Panel]:
    """Build the form of every plugin that has one, bound to `data` if there is any."""
    return [
        _panel(part, front_matter, data) for part in plugins.registry().article_parts.values() if part.form
    ]


def _panel(part: ArticlePart, front_matter: Mapping[str, Any], data: QueryDict | None) -> Panel:
    title = part.id.replace("_", " ").replace("-", " ").capitalize()
    initial = {key: front_matter[key] for key in part.front_matter_keys if key in front_matter}

    def build() -> forms.Form | None:
        return part.form(data, prefix=part.id, initial=initial) if part.form else None

    form = plugins.guarded("article part form", build, default=None, part=part.id)
    return Panel(part.id, title, form, part.front_matter_keys)


def are_valid(built: Sequence[Panel]) -> bool:
    answers = [panel.form.is_valid() for panel in built if panel.form is not None]  # ask every panel
    return all(answers)


def merged(built: Sequence[Panel], front_matter: Mapping[str, Any]) -> dict[str, Any]:
    """Return the front matter with the values of all panels."""
    result = dict(front_matter)
    for panel in built:
        result = panel.merge(result)
    return result


def side_html(source: Source, edition: Edition | None, request: HttpRequest) -> list[str]:
    """Render the slot `admin_article`; a failing item is logged and left out."""
    context = SlotContext(source=source, edition=edition, request=request)
    slots = plugins.registry().slots("admin_article")
    found = [plugins.guarded("slot", slot.render, context, default="", slot=slot.id) for slot in slots]
    return [html for html in found if html]
