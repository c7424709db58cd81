"""The panel of an article: which works it lists and what it says of each, one a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from references import citekeys
from references.cited import STYLE_KEY
from references.entries import KEY, Entry, entries, snapshot
from references.styles import BUILT_IN, STYLES, find

SAID = ("insight", "citation_count", "citation_source", "citation_date")
SEPARATOR = "|"


class ListedForm(forms.Form):
    """Front matter `references` and `citation_style`. What a line cannot hold stays with its key."""

    references = forms.CharField(
        label="Listed works",
        required=False,
        max_length=100_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
        help_text="One a line: key | insight | times cited | counted by | counted on. Only the key is needed. Works "
        "that the text cites are shown without being listed; ::papers makes a table of those that stand here.",
    )

    citation_style = forms.ChoiceField(
        label="Citation style",
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text="How this article cites and lists its references.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_styles()
        self.known = entries({KEY: self.initial.get(KEY)})
        self.initial = {
            **self.initial,
            KEY: "\n".join(_line(entry) for entry in self.known if entry.raw is None),
        }

    def _offer_styles(self) -> None:
        site = find(settings.CITATION_STYLE) or STYLES[BUILT_IN]
        chosen = str(self.initial.get(STYLE_KEY) or "")
        known = find(chosen)
        if known:
            self.initial = {**self.initial, STYLE_KEY: known.id}
        unknown = [(chosen, f"{chosen} (unknown)")] if chosen and not known else []
        styles = [(style.id, style.label) for style in STYLES.values()]
        field = cast("forms.ChoiceField", self.fields[STYLE_KEY])
        field.choices = [("", f"The site's: {site.label}"), *styles, *unknown]

    def clean_references(self) -> list[dict[str, Any]]:
        by_key = {entry.text_key: entry for entry in self.known if entry.raw is None}
        listed: dict[str, Entry] = {}
        for number, line in enumerate(self.cleaned_data[KEY].splitlines(), 1):
            if line.strip():
                entry = _read(line, number, by_key)
                listed[entry.text_key] = entry
        unread = [entry for entry in self.known if entry.raw is not None]
        return [snapshot(entry) for entry in (*listed.values(), *unread)]


def _line(entry: Entry) -> str:
    said = [" ".join(str(entry.custom.get(name) or "").split()).replace(SEPARATOR, "/") for name in SAID]
    if entry.custom.get("citation_count") == 0:
        said[SAID.index("citation_count")] = "0"
    return f" {SEPARATOR} ".join([entry.id, *said]).rstrip(f" {SEPARATOR}")


def _read(line: str, number: int, known: Mapping[str, Entry]) -> Entry:
    key, *said = (part.strip() for part in line.split(SEPARATOR))
    key = key.strip("[]@ ")
    text_key = citekeys.normalise(key)
    if not text_key or " " in key:
        raise forms.ValidationError(f"Line {number} does not begin with a citation key: {line.strip()[:60]}")
    if len(said) > len(SAID):
        raise forms.ValidationError(f"Line {number} has more than {len(SAID)} parts after the key.")
    before = known.get(text_key)
    if before and line.split() == _line(before).split():
        return before
    custom = {name: value for name, value in (before.custom if before else {}).items() if name not in SAID}
    custom |= {name: value for name, value in zip(SAID, said, strict=False) if value}
    return Entry(before.id, before.citekey, custom) if before else Entry(key, text_key, custom)
