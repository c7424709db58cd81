"""One work as an editor fills it in: fields instead of JSON, identifiers in any spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles.meanwhile import MeanwhileForm
from references import citekeys, csl, identifiers
from references.models import Reference
from references.verification import editorial

KINDS = {
    "article-journal": "Journal article",
    "review": "Review",
    "article": "Preprint",
    "chapter": "Chapter of a book",
    "book": "Book",
    "report": "Report or guideline",
    "thesis": "Thesis",
    "paper-conference": "Conference paper",
    "webpage": "Web page",
    "article-newspaper": "Newspaper article",
    "dataset": "Data set",
    "document": "Something else",
}
TEXTS = {
    "title": "title",
    "container_title": "container-title",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "publisher": "publisher",
    "edition": "edition",
    "url": "URL",
}
NUMBERS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "doi": ("DOI", identifiers.normalise_doi),
    "pmid": ("PMID", identifiers.normalise_pmid),
    "pmcid": ("PMCID", identifiers.normalise_pmcid),
    "isbn": ("ISBN", identifiers.normalise_isbn),
    "nbk": ("nbk", identifiers.normalise_nbk),
    "arxiv": ("arxiv", identifiers.normalise_arxiv),
}
KEY_HELP = (
    "Authors write it in the text as [@key]. Left empty, it is made of author and year. It never changes."
)
OF_ONE_WORK = ("doi", "pmid", "pmcid")  # an ISBN or Bookshelf number may be shared by chapters


def kind_label(kind: str) -> str:
    return KINDS.get(kind) or kind.replace("_", " ").replace("-", " ").capitalize()


def text(
    label: str, help_text: str = "", *, widget: type[forms.Widget] = UnfoldAdminTextInputWidget
) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=2000, widget=widget, help_text=help_text)


def lines(label: str, help_text: str) -> forms.CharField:
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 4})
    return forms.CharField(label=label, required=False, max_length=50_000, widget=widget, help_text=help_text)


class ReferenceForm(MeanwhileForm):
    merged_elsewhere = frozenset({"paste", "editorial_status"})

    paste = text(
        "Paste an identifier",
        "A DOI, PMID, PMC, Bookshelf, arXiv or ISBN number, or the address of the work, in any spelling. Saving sorts "
        "it into the fields below.",
    )
    type = forms.ChoiceField(label="Kind", widget=UnfoldAdminSelectWidget)
    title = forms.CharField(
        max_length=5000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="As printed. &lt;i&gt;, &lt;sub&gt; and &lt;sup&gt; are kept.",
    )
    authors = lines("Authors", "One a line, as “Family, Given”. A line without a comma is an organisation.")
    editors = lines("Editors of the book", "One a line, as with authors.")
    container_title = text("Journal, book or site")
    year = forms.IntegerField(
        required=False, min_value=-3000, max_value=2200, widget=UnfoldAdminIntegerFieldWidget
    )
    volume = text("Volume")
    issue = text("Issue")
    page = text("Pages", "For example 447-463.")
    publisher = text("Publisher")
    edition = text("Edition")
    accessed = forms.DateField(
        label="Read on", required=False, widget=UnfoldAdminSingleDateWidget, help_text="For web pages."
    )
    doi = text("DOI")
    pmid = text("PMID")
    pmcid = text("PMCID")
    isbn = text("ISBN")
    nbk = text("Bookshelf number")
    arxiv = text("arXiv number")
    url = text("Address", "Needed only where no number leads to the work.")

    class Meta:
        model = Reference
        fields = ["citekey", "study_type", "editorial_status", "editor_note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (citekey := self.fields.get("citekey")) is not None:
            citekey.required = False
            citekey.help_text = KEY_HELP
        if (status := self.fields.get("editorial_status")) is not None:
            status.show_hidden_initial = True  # a check may flag the work while the page is open
        kind = self.instance.csl.get("type", "article-journal")
        others = [] if kind in KINDS else [(kind, kind_label(kind))]
        cast("forms.ChoiceField", self.fields["type"]).choices = [*KINDS.items(), *others]
        if self.instance.csl:
            self.initial = {**self._of_item(), **self.initial}

    def _of_item(self) -> dict[str, Any]:
        """Return what the fields show of the item."""
        item = self.instance.csl
        custom = item.get("custom") or {}
        accessed = csl.date_parts(item, "accessed")
        return {
            **{name: item.get(key, "") for name, key in TEXTS.items()},
            **{name: (custom if key.islower() else item).get(key, "") for name, (key, _) in NUMBERS.items()},
            "type": item.get("type", "document"),
            "authors": "\n".join(csl.format_name(name) for name in item.get("author") or []),
            "editors": "\n".join(csl.format_name(name) for name in item.get("editor") or []),
            "year": csl.year(item),
            "accessed": "-".join(f"{part:02}" for part in accessed) if len(accessed) == 3 else "",
        }

    def clean_editorial_status(self) -> str:
        """Only who has seen a flag takes it back: what was set while the page was open stays, or what is worse."""
        chosen: str = self.cleaned_data["editorial_status"]
        present: str = self.instance.editorial_status
        shown = self.data.get(self["editorial_status"].html_initial_name)
        return editorial.reconciled(read=shown, now=present, wanted=chosen)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._sort_pasted(cleaned)
        for name, (_, read) in NUMBERS.items():
            self._normalise(cleaned, name, read)
        inside = identifiers.identify(cleaned.get("url") or "")
        for name in NUMBERS:
            cleaned[name] = cleaned.get(name) or getattr(inside, name)
        if cleaned.get("url") and not identifiers.find_url(cleaned["url"]):
            self.add_error("url", "Write the whole address, with https:// in front.")
        self._refuse_duplicate(cleaned)
        if self.errors:
            return cleaned
        try:
            self.instance.csl = csl.clean_item(self._item(cleaned))
        except csl.InvalidItem as error:
            raise ValidationError(str(error)) from error
        if "citekey" in self.fields and not cleaned.get("citekey"):
            wanted = citekeys.propose(self.instance.csl)
            alike = Reference.objects.filter(citekey__startswith=wanted[:10])
            cleaned["citekey"] = citekeys.free(wanted, set(alike.values_list("citekey", flat=True)))
        return cleaned

    def _sort_pasted(self, cleaned: dict[str, Any]) -> None:
        pasted = cleaned.get("paste")
        if not pasted:
            return
        found = identifiers.identify_pasted(pasted)
        numbers = {name: value for name in NUMBERS if (value := getattr(found, name))}
        if not found:
            self.add_error(
                "paste", "There is no DOI, PMID, PMC, Bookshelf, arXiv or ISBN number and no address in it."
            )
        for name, value in (numbers or {"url": found.url}).items():
            if not cleaned.get(name):
                cleaned[name] = value
            elif identifiers.identify_pasted(str(cleaned[name])) != identifiers.identify_pasted(value):
                self.add_error(
                    "paste", f"The field {self.fields[name].label} holds another value: {cleaned[name]}."
                )

    def _normalise(self, cleaned: dict[str, Any], name: str, read: Callable[[str], str]) -> None:
        if not cleaned.get(name):
            return
        try:
            cleaned[name] = read(cleaned[name])
        except ValueError as error:
            self.add_error(name, str(error))

    def _refuse_duplicate(self, cleaned: dict[str, Any]) -> None:
        same = Q()
        for name in OF_ONE_WORK:
            if value := cleaned.get(name):
                same |= Q(**{name: value})
        if not same:
            return
        for other in Reference.objects.filter(same).exclude(pk=self.instance.pk)[:1]:
            name = next(
                name for name in OF_ONE_WORK if cleaned.get(name) and cleaned[name] == getattr(other, name)
            )
            message = format_html(
                'The library has it already: <a href="{}">{}</a>.', other.get_absolute_url(), other
            )
            self.add_error(name, message)

    def _item(self, cleaned: Mapping[str, Any]) -> csl.Csl:
        """Return the stored item with what the editor changed; what has no field stays."""
        item = dict(self.instance.csl)
        custom = dict(item.get("custom") or {})
        item |= {key: cleaned.get(name, "") for name, key in TEXTS.items()}
        for name, (key, _) in NUMBERS.items():
            (custom if key.islower() else item)[key] = cleaned.get(name, "")
        item["type"], item["custom"] = (
            cleaned["type"],
            {key: value for key, value in custom.items() if value != ""},
        )
        item["author"] = _names(cleaned.get("authors", ""), item.get("author") or [])
        item["editor"] = _names(cleaned.get("editors", ""), item.get("editor") or [])
        if cleaned.get("year") != csl.year(item):  # month and day belong to the old year
            item["issued"] = {"date-parts": [[cleaned["year"]]]} if cleaned.get("year") is not None else {}
        if "accessed" in self.changed_data:
            item["accessed"] = str(cleaned.get("accessed") or "")
        return item


def _names(written: str, known: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Read one name a line; a name whose line did not change keeps its suffix, particle and ORCID."""
    by_line = {csl.format_name(name): name for name in known}
    rows = [" ".join(line.split()) for line in written.splitlines()]
    return [by_line.get(row) or csl.parse_name(row) for row in rows if row]
