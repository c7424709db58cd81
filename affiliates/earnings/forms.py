"""Forms of an import: the file, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminFileFieldWidget

from affiliates.earnings.errors import ReportError
from affiliates.earnings.guessing import columns_told
from affiliates.earnings.presets import shipped
from affiliates.earnings.rules import ALTERNATIVES, FIELDS, Mode, Rules, load, plain
from affiliates.models import Network, ReportKind, Status

LARGEST_MB = 300
FORMATS = {
    "iso": "2026-03-31 or 2026-03-31 14:05",
    "%d/%m/%Y": "31/03/2026",
    "%d/%m/%Y %H:%M": "31/03/2026 14:05",
    "%d/%m/%Y %H:%M:%S": "31/03/2026 14:05:09",
    "%m/%d/%Y": "03/31/2026",
    "%m/%d/%Y %H:%M": "03/31/2026 14:05",
    "%m/%d/%Y %H:%M:%S": "03/31/2026 14:05:09",
    "%m/%d/%Y %I:%M %p": "03/31/2026 02:05 PM",
    "%d.%m.%Y": "31.03.2026",
    "%d.%m.%Y %H:%M": "31.03.2026 14:05",
    "%b %d, %Y": "Mar 31, 2026",
    "%d %b %Y": "31 Mar 2026",
}
MODES = {
    Mode.STATE: "A conversion as it stands now",
    Mode.EVENTS: "One event of a conversion",
    Mode.SNAPSHOT: "A part of a day of a tracking ID",
}
WITHOUT_STATUS_WORDS = "Every row counts as this when no status is told."


class UploadForm(forms.Form):
    network = forms.ModelChoiceField(Network.objects.order_by("name"), label="Network")
    report = forms.FileField(
        label="Report",
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        help_text="The CSV file as the network gives it out. Nothing is written before you have seen what it says.",
    )
    second = forms.FileField(
        label="Second file",
        required=False,
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        help_text="Only for Rakuten: the report of the signature orders, which holds the sub-IDs.",
    )

    def clean_report(self) -> Any:
        return _not_too_large(self.cleaned_data["report"])

    def clean_second(self) -> Any:
        return _not_too_large(self.cleaned_data["second"])


def _not_too_large(file: Any) -> Any:
    if file and file.size > LARGEST_MB * 1024 * 1024:
        raise ValidationError(
            f"The file is larger than {LARGEST_MB} MB. Import it with manage.py import_earnings."
        )
    return file


class ColumnsForm(forms.Form):
    """What each column means. Several columns may tell the sub-ID; everything else is one column."""

    report = forms.ChoiceField(label="The report lists", choices=ReportKind.choices, required=False)
    decimal = forms.ChoiceField(
        label="Amounts look like", choices=[(".", "1,234.56"), (",", "1.234,56")], required=False
    )
    dates = forms.ChoiceField(label="Dates look like", choices=list(FORMATS.items()))
    zone = forms.CharField(
        label="Time zone",
        initial="UTC",
        max_length=40,
        help_text="Of times without one, for example Europe/Berlin.",
    )
    currency = forms.CharField(
        label="Currency",
        required=False,
        max_length=3,
        help_text="Three letters. Empty if a column, a header or the amounts name it.",
    )
    mode = forms.ChoiceField(
        label="What a row is", choices=[(mode.value, text) for mode, text in MODES.items()]
    )
    default_status = forms.ChoiceField(
        label="Status without a column", choices=Status.choices, help_text=WITHOUT_STATUS_WORDS
    )
    statuses = forms.CharField(
        label="Words for the status",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="One a line: word in the report = pending, approved, declined or paid.",
    )
    name = forms.CharField(
        label="Remember as",
        required=False,
        max_length=80,
        help_text="The next file with these columns is then read this way by itself. Empty: only this once.",
    )

    def __init__(self, *args: Any, header: Sequence[str], examples: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "not in this report")]
        choices += [
            (name, f"{name}  ({examples[name][:28]})" if examples.get(name) else name) for name in header
        ]
        for meaning, label in FIELDS.items():
            self.fields[f"column_{meaning}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.rules: Rules | None = None

    @property
    def columns(self) -> list[Any]:
        return [self[f"column_{meaning}"] for meaning in FIELDS]

    @property
    def reading(self) -> list[Any]:
        return [self[name] for name in ("report", "mode", "dates", "zone", "decimal", "currency")]

    @property
    def words(self) -> list[Any]:
        return [self[name] for name in ("default_status", "statuses")]

    def clean_statuses(self) -> dict[str, str]:
        words = {}
        for line in self.cleaned_data["statuses"].splitlines():
            word, mark, meaning = (part.strip() for part in line.rpartition("="))
            if not line.strip():
                continue
            if not mark or meaning.casefold() not in Status.values:
                raise ValidationError(f"“{line.strip()}” is not of the form: confirmed = approved.")
            words[word] = meaning.casefold()
        return words

    def entry(self) -> dict[str, Any]:
        """Return the rules in the shape of a preset."""
        data = self.cleaned_data
        columns = {meaning: column for meaning in FIELDS if (column := data.get(f"column_{meaning}"))}
        if data["report"] == ReportKind.CLICKS:
            columns = {meaning: columns[meaning] for meaning in ("event_at", "clicks") if meaning in columns}
        return {
            "name": data["name"] or "Columns picked by hand",
            "report": data["report"] or ReportKind.EARNINGS.value,
            "mode": data["mode"],
            "columns": {
                meaning: [column] if meaning in ALTERNATIVES else column
                for meaning, column in columns.items()
            },
            "decimal": data["decimal"] or ".",
            "dates": [data["dates"], "iso"] if data["dates"] != "iso" else ["iso"],
            "zone": data["zone"],
            "currency": data["currency"].upper(),
            "default_status": data["default_status"],
            "statuses": data["statuses"],
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        wanted = ("event_at", "clicks") if data["report"] == ReportKind.CLICKS else ("event_at", "commission")
        for meaning in wanted:
            if not data.get(f"column_{meaning}"):
                self.add_error(f"column_{meaning}", f"Say which column is the {FIELDS[meaning].lower()}.")
        if not self.errors:
            try:
                self.rules = load(self.entry())
            except ReportError as error:
                self.add_error(None, str(error))
        return data


@cache
def _meanings() -> Mapping[str, str]:
    """Return what the columns of all known reports mean, by their plain names."""
    found: dict[str, str] = {}
    for entry in shipped():
        for meaning, value in entry["columns"].items():
            for column in value if isinstance(value, list) else [value]:
                for name in str(column).split("|"):
                    found.setdefault(plain(name), meaning)
    return found


def guess(header: Sequence[str], lines: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return initial values of the form: what the lines tell, and columns that are called as in a report we know."""
    initial = columns_told(header, lines, FORMATS)
    by_content = initial.pop("column_event_at", "")
    for name in header:
        meaning = _meanings().get(plain(name))
        if meaning:
            initial.setdefault(f"column_{meaning}", name)
    if by_content:
        initial.setdefault("column_event_at", by_content)
    return initial


def initial_of(entry: Mapping[str, Any], header: Sequence[str]) -> dict[str, Any]:
    """Return initial values of the form from rules, as far as the form can show them."""
    rules = load(entry)
    places = {plain(name): name for name in header}
    initial: dict[str, Any] = {
        "report": rules.report,
        "mode": rules.mode.value,
        "dates": rules.dates[0] if rules.dates[0] in FORMATS else "iso",
        "zone": rules.zone,
        "decimal": rules.decimal,
        "currency": rules.currency,
        "default_status": rules.default_status,
        "statuses": "\n".join(f"{word} = {meaning}" for word, meaning in rules.statuses.items()),
    }
    for meaning, columns in rules.columns.items():
        spellings = [plain(name) for names in columns for name in names]
        found = next((places[name] for name in spellings if name in places), "")
        if found:
            initial[f"column_{meaning}"] = found
    return initial
