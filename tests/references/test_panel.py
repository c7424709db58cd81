"""The panel of an article: lines in, front matter out, nothing lost."""

import pytest

from references.panel import ListedForm

SIEBRECHT = {
    "id": "Siebrecht2013",
    "citekey": "siebrecht2013b",
    "custom": {"insight": "Well absorbed.", "citation_count": 5, "x": 1},
}
BATTA = {"id": "batta2017"}


def form(lines=None, listed=(SIEBRECHT, BATTA)):
    data = None if lines is None else {"references-references": lines}
    return ListedForm(data, prefix="references", initial={"references": list(listed)})


def saved(lines, listed=(SIEBRECHT, BATTA)):
    filled = form(lines, listed)
    assert filled.is_valid(), filled.errors
    return filled.cleaned_data["references"]


def test_the_panel_shows_one_work_a_line():
    assert form().initial["references"] == "Siebrecht2013 | Well absorbed. | 5\nbatta2017"


def test_an_untouched_panel_changes_nothing():
    listed = [
        {
            "id": "a2000",
            "custom": {"insight": "one | two\nlines", "citation_count": 0, "citation_date": "2024-05-13"},
        },
        SIEBRECHT,
        {"raw": "Smith J. Zinc. 2020."},
    ]

    lines = form(listed=listed).initial["references"].replace("\n", "\r\n")

    assert saved(lines, listed) == listed


def test_a_changed_line_keeps_what_it_cannot_hold():
    [siebrecht, _] = saved("Siebrecht2013 | Safe, too. | | OpenAlex\nbatta2017")

    assert siebrecht == {
        "id": "Siebrecht2013",
        "citekey": "siebrecht2013b",
        "custom": {"insight": "Safe, too.", "citation_source": "OpenAlex", "x": 1},
    }


def test_works_are_added_moved_and_dropped():
    assert saved("[@liu2021] | New\nbatta2017") == [{"id": "liu2021", "custom": {"insight": "New"}}, BATTA]


def test_a_key_counts_once():
    assert saved("batta2017\nBatta2017 | twice") == [{"id": "batta2017", "custom": {"insight": "twice"}}]


def test_an_emptied_panel_lists_nothing():
    assert saved(" \n") == []


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("batta2017\n| insight", "Line 2 does not begin with a citation key: | insight"),
        ("Some words | insight", "Line 1 does not begin with a citation key"),
        ("batta2017 | a | 1 | b | c | d", "Line 1 has more than 4 parts"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(lines, message):
    assert message in form(lines).errors["references"][0]


@pytest.mark.parametrize("listed", [None, "x", [None], {}])
def test_strange_front_matter_shows_an_empty_panel(listed):
    assert ListedForm(initial={"references": listed}).initial["references"] == ""


def styles(chosen=None, data=None):
    initial = {"citation_style": chosen} if chosen else {}
    return ListedForm(data, prefix="references", initial=initial)


def test_the_panel_offers_every_style_and_the_sites_first(settings):
    settings.CITATION_STYLE = "vancouver"

    choices = styles().fields["citation_style"].choices

    assert choices[0] == ("", "The site's: Vancouver (NLM)")
    assert {"apa", "ama", "ieee", "built-in"} <= dict(choices).keys()


@pytest.mark.parametrize(
    ("stored", "shown"), [("apa", "apa"), ("nlm-citation-sequence", "vancouver"), ("mla", "mla")]
)
def test_the_articles_style_is_chosen_in_the_panel(stored, shown):
    assert styles(stored)["citation_style"].value() == shown


def test_an_unknown_style_can_be_kept_and_a_new_one_not_invented():
    data = {"references-references": "", "references-citation_style": "mla"}

    assert styles("mla", data).is_valid()
    assert not styles("apa", data).is_valid()
