from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import display

from claims.checks.example import example_of
from claims.vocabulary import Term, current_lexicon


@admin.register(Term)
class TermAdmin(ModelAdmin):
    """What editors teach the checks of claim language."""

    list_display = ["phrase", "list", "show_state", "note"]
    list_filter = ["list", "is_on"]
    search_fields = ["phrase", "note"]
    show_full_result_count = False
    warn_unsaved_form = True
    readonly_fields = ["example"]
    fieldsets = (
        (None, {"fields": ("list", "phrase", "is_on", "note")}),
        ("What the checks make of it", {"fields": ("example",)}),
    )
    nav_icon = "dictionary"

    @display(description="State", label={"Found": "success", "Switched off": "warning"})
    def show_state(self, term: Term) -> str:
        return "Found" if term.is_on else "Switched off"

    @display(description="Example")
    def example(self, term: Term) -> SafeString | str:
        if not term.pk:
            return "Save the word to see a sentence with it, and what the checks say."
        sentence, found = example_of(term.list, term.phrase, current_lexicon())
        said = ((one.id, one.message, one.fix) for one in found)
        verdicts = format_html_join("", "<li><strong>{}</strong> {} {}</li>", said)
        if not found:
            return format_html("<p>“{}”</p><p>The checks find nothing in this sentence.</p>", sentence)
        return format_html("<p>“{}”</p><ul>{}</ul>", sentence, verdicts)
