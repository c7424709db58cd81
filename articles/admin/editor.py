"""Form widgets of the article page. django-markdownx gives the field; its scripts, views and template are replaced.

Its own views answer anybody, its script cannot cancel a stale preview, and its addresses are fixed. What remains is the
contract: a textarea that holds Markdown. Our script finds everything else by `data-` attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import Promise
from markdownx.widgets import MarkdownxWidget

from articles.front_matter import clean_text

Labels = Mapping[str, str]


class MarkdownEditor(MarkdownxWidget):
    """The textarea of the text with its toolbar, live preview and findings."""

    template_name = "articles/admin/widgets/editor.html"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        return forms.Textarea.render(self, name, value, attrs, renderer)

    def get_context(self, name: str, value: Any, attrs: Any = None) -> dict[str, Any]:
        return forms.Textarea.get_context(self, name, value, attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A character that cannot be stored must not keep the whole text from being saved."""
        text = super().value_from_datadict(data, files, name)
        return clean_text(text) if isinstance(text, str) else text

    class Media:
        js = ()
        extend = False


class Chooser(forms.SelectMultiple):
    """Records chosen by typing, kept in the order of choosing. Without script it is a plain list.

    `kind` names the list that articles.admin.live serves; `labels` turns the chosen values into words in one query.
    """

    template_name = "articles/admin/widgets/chooser.html"

    def __init__(
        self, kind: str, labels: Callable[[Iterable[str]], Labels], *, many: bool = True, free: bool = False
    ) -> None:
        self.kind, self.labels, self.many, self.free = kind, labels, many, free
        super().__init__()

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        labels = self.labels(value) if value else {}
        options = [
            self.create_option(name, chosen, labels.get(chosen, chosen), selected=True, index=index)
            for index, chosen in enumerate(value)
        ]
        return [(None, options, 0)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [clean_text(str(item)) for item in super().value_from_datadict(data, files, name) or []]

    def format_value(self, value: Any) -> list[str]:
        if not value:
            return []
        return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        url: str | Promise = reverse_lazy("admin:articles_article_choices")
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"kind": self.kind, "many": self.many, "free": self.free, "url": url}
        context["widget"]["required"] = False
        return context


class Area(forms.Textarea):
    """A few lines of text that say how long they are."""

    template_name = "articles/admin/widgets/area.html"
