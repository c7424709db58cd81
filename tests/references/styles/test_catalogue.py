import pytest
from django.test import override_settings

from references import system_checks
from references.styles import STYLES, find, pandoc


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("apa", "apa"),
        (" APA ", "apa"),
        ("american-medical-association", "ama"),
        ("nlm-citation-sequence", "vancouver"),
        ("nlm", "vancouver"),
        ("chicago-author-date", "chicago"),
        ("built-in", "built-in"),
    ],
)
def test_styles_are_found_by_our_names_and_csls(name, style):
    assert find(name).id == style


@pytest.mark.parametrize("name", ["", None, "mla", ["apa"], {"a": 1}])
def test_what_is_no_style_is_none(name):
    assert find(name) is None


@pytest.mark.parametrize(
    "style", [style for style in STYLES.values() if style.csl], ids=lambda style: style.id
)
def test_every_style_has_a_file_that_stands_alone(style):
    text = pandoc.style_text(style.csl)

    assert "<citation" in text
    assert 'rel="independent-parent"' not in text
    assert 'class="in-text"' in text
    assert ('citation-format="numeric"' in text) == style.is_numeric


def test_a_style_that_leaves_the_name_out_gets_it_in_front_of_its_label():
    assert '<names variable="editor">\n      <name/><label form="short" prefix=", "/>' in pandoc.style_text(
        "american-medical-association"
    )


@override_settings(CITATION_STYLE="mla")
def test_an_unknown_style_of_the_site_is_an_error():
    [found] = system_checks.citation_style()

    assert found.id == "references.E001"
    assert "vancouver" in found.hint


@override_settings(CITATION_STYLE="apa")
def test_a_missing_pandoc_is_told(monkeypatch):
    monkeypatch.setattr(pandoc, "program", lambda: "")

    [found] = system_checks.citation_style()

    assert found.id == "references.W001"
    assert "APA" in found.msg


@pytest.mark.parametrize("style", ["apa", "built-in"])
def test_a_style_that_works_is_no_matter(style, settings):
    settings.CITATION_STYLE = style

    assert list(system_checks.citation_style()) == []
