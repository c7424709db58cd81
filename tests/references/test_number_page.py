"""A work is added by its number, and the list is filtered by what is wanting."""

import pytest

from references.models import Reference
from tests.references.factories import ReferenceFactory
from tests.references.library_pages import at, editor, make
from tests.references.sources.fixtures import DOI, TITLE, local_site, sources

__all__ = ["editor", "local_site", "sources"]
pytestmark = pytest.mark.django_db


def test_adding_by_number_looks_first(editor, sources):
    html = editor.post(at("by_number"), {"what": f"https://doi.org/{DOI}"}).content.decode()

    assert "Add it as [@shankar1998]" in html
    assert not Reference.objects.exists()


def test_adding_by_number_takes_it(editor, sources):
    reply = editor.post(at("by_number"), {"what": DOI, "take": "1"})

    reference = Reference.objects.get()
    assert reply.url == at("change", reference.pk)
    assert reference.created_by.username == "edda"


def test_adding_what_is_there_leads_to_it(editor, sources):
    make(TITLE)

    html = editor.post(at("by_number"), {"what": DOI}).content.decode()

    assert "The library has it" in html
    assert "Add it as" not in html


@pytest.mark.parametrize(
    ("what", "words"),
    [("", "This field is required."), ("zinc", "There is no DOI"), ("10.1234/none", "No source knows")],
)
def test_adding_says_what_is_wrong(editor, sources, what, words):
    assert words in editor.post(at("by_number"), {"what": what}).content.decode()


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("?verification__exact=mismatch", ["bad"]),
        ("?doubt=yes", ["doubtful"]),
        ("?number=yes", ["nameless"]),
        ("?used=no", ["bad", "doubtful", "nameless"]),
        ("?used=yes", []),
    ],
)
def test_the_list_is_filtered_by_what_needs_an_editor(editor, query, keys):
    ReferenceFactory(citekey="bad", verification="mismatch")
    ReferenceFactory(citekey="doubtful", doubt="Retracted, says OpenAlex alone")
    ReferenceFactory(citekey="nameless", csl__DOI=None)

    html = editor.get(at("changelist") + query).content.decode()

    assert [key for key in ("bad", "doubtful", "nameless") if f"@{key}" in html] == keys
