"""Plugins' panels on the article page, and what the toolbar takes from the registry."""

import re

import pytest
from django import forms
from django.http import QueryDict

from articles.admin import parts
from articles.admin.toolbar import MARKS, PICKER_KEYS, toolbar
from articles.compile.parser import Container
from cms.contracts import ArticlePart, Choice, Syntax
from cms.plugins import Registry, use_registry
from tests.support.fixtures import ROOT


class DoseForm(forms.Form):
    dose = forms.IntegerField(required=False, max_value=40)
    unit = forms.CharField(required=False)


class BrokenForm(forms.Form):
    def __init__(self, *args, **kwargs):
        raise RuntimeError


def part(name="doses", keys=("dose", "unit"), form=DoseForm):
    return ArticlePart(name, keys, load=dict, export=dict, form=form)


def registry_with(*found):
    return Registry(objects={"article_parts": {item.id: item for item in found}})


def posted(text):
    return QueryDict(text)


def test_a_part_without_a_form_has_no_panel():
    with use_registry(registry_with(part(form=None))):
        assert parts.panels({}) == []


def test_a_form_starts_with_the_values_of_its_own_keys():
    with use_registry(registry_with(part())):
        (panel,) = parts.panels({"dose": 15, "title": "Zinc"})

    assert panel.title == "Doses"
    assert panel.form.initial == {"dose": 15}
    assert 'name="doses-dose"' in str(panel.form)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("doses-dose=25&doses-unit=mg", {"title": "Zinc", "dose": 25, "unit": "mg"}),
        ("doses-dose=&doses-unit=mg", {"title": "Zinc", "unit": "mg"}),
        (
            "doses-dose=99&doses-unit=mg",
            {"title": "Zinc", "dose": 15, "unit": "mg"},
        ),  # too high: the old value stays
        ("", {"title": "Zinc"}),
    ],
)
def test_valid_values_are_merged(sent, expected):
    before = {"title": "Zinc", "dose": 15}
    with use_registry(registry_with(part())):
        built = parts.panels(before, posted(sent))

    assert parts.merged(built, before) == expected


def test_a_form_cannot_write_into_foreign_keys():
    with use_registry(registry_with(part(keys=("unit",)))):
        built = parts.panels({}, posted("doses-dose=25&doses-unit=mg"))

    assert parts.merged(built, {"dose": 1}) == {"dose": 1, "unit": "mg"}


def test_every_panel_is_asked_even_after_a_bad_one():
    with use_registry(registry_with(part("one"), part("two"))):
        built = parts.panels({}, posted("one-dose=99&two-dose=99"))

    assert not parts.are_valid(built)
    assert all(panel.form.errors for panel in built)


def test_a_broken_panel_keeps_its_values_and_the_page():
    with use_registry(registry_with(part(form=BrokenForm), part("fine"))):
        built = parts.panels({"dose": 15}, posted("fine-unit=mg"))

    assert built[0].form is None
    assert parts.merged(built[:1], {"dose": 15}) == {"dose": 15}


@pytest.mark.django_db
def test_a_panel_is_saved_with_the_revision(draft, author, browse, at, fields):
    with use_registry(registry_with(part())):
        client = browse(author)
        client.post(at("change", draft), fields(draft, **{"doses-dose": "25", "doses-unit": "mg"}))
        draft.refresh_from_db()
        page = client.get(at("change", draft)).content.decode()

    assert draft.head.front_matter["dose"] == 25
    assert 'value="25"' in page


@pytest.mark.django_db
def test_a_mistake_in_a_panel_is_shown_in_it(draft, author, browse, at, fields):
    with use_registry(registry_with(part())):
        page = (
            browse(author).post(at("change", draft), fields(draft, **{"doses-dose": "99"})).content.decode()
        )

    assert "less than or equal to 40" in page
    assert draft.revisions.count() == 1


@pytest.mark.django_db
def test_a_failing_panel_is_a_notice_on_the_page(draft, author, browse, at):
    with use_registry(registry_with(part(form=BrokenForm))):
        page = browse(author).get(at("change", draft)).content.decode()

    assert "This panel has failed." in page


class TestToolbar:
    def test_blocks_come_from_the_parser(self):
        syntax = Syntax("doses", lambda md: md.add_container(Container("dose", "Dose", "callout")))
        with use_registry(Registry(objects={"markdown": {"doses": syntax}})):
            blocks = toolbar().blocks

        assert [(block.name, block.label) for block in blocks] == [("dose", "Dose")]

    def test_pickers_come_from_the_syntaxes_that_have_one(self):
        def pick(query):
            return [Choice("x", "x")]

        syntaxes = {
            "silent": Syntax("silent", lambda md: None),
            "paid_link": Syntax("paid_link", lambda md: None, picker=pick),
            "ref": Syntax("ref", lambda md: None, picker=pick, label="Citation"),
        }
        with use_registry(Registry(objects={"markdown": syntaxes})):
            pickers = toolbar().pickers

        assert [(picker.id, picker.label) for picker in pickers] == [
            ("paid_link", "Paid link"),
            ("ref", "Citation"),
        ]

    def test_more_pickers_than_keys_are_fine(self):
        syntaxes = {
            str(n): Syntax(str(n), lambda md: None, picker=lambda query: [])
            for n in range(len(PICKER_KEYS) + 2)
        }
        with use_registry(Registry(objects={"markdown": syntaxes})):
            keys = [picker.keys for picker in toolbar().pickers]

        assert keys == [*PICKER_KEYS, "", ""]

    def test_no_two_buttons_share_a_key(self):
        keys = [mark.keys for mark in MARKS] + list(PICKER_KEYS)

        assert len(set(keys)) == len(keys)

    def test_the_editors_page_names_every_key(self):
        page = (ROOT / "docs" / "editors.md").read_text()

        assert {mark.keys for mark in MARKS} <= set(re.findall(r"`(Ctrl\+[^`]+)`", page))
