"""`manage.py references convert`: a file in, another format or a printed list out."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

BIB = """@article{veronese2020,
  author = {Veronese, Nicola and Demurtas, Jacopo},
  title = {Magnesium and health outcomes},
  journal = {Eur J Nutr},
  year = {2020}, volume = {59}, pages = {263--272},
  doi = {10.1007/s00394-019-01905-w}
}
"""


def convert(path, to, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("references", "convert", str(path), "--to", to, *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def bib(tmp_path):
    path = tmp_path / "library.bib"
    path.write_text(BIB)
    return path


def test_csl_json_keeps_csls_own_names(bib):
    out, err = convert(bib, "csl-json")

    assert err == ""
    assert json.loads(out) == [
        {
            "id": "veronese2020",
            "type": "article-journal",
            "title": "Magnesium and health outcomes",
            "container-title": "Eur J Nutr",
            "author": [
                {"family": "Veronese", "given": "Nicola"},
                {"family": "Demurtas", "given": "Jacopo"},
            ],
            "issued": {"date-parts": [[2020]]},
            "volume": "59",
            "page": "263-272",
            "DOI": "10.1007/s00394-019-01905-w",
            "custom": {"source": "bibtex"},
        }
    ]


@pytest.mark.parametrize(
    ("to", "start"), [("bibtex", "@article{veronese2020,"), ("ris", "TY  - JOUR"), ("nbib", "PMID- ")]
)
def test_formats_are_written(bib, to, start):
    out, _ = convert(bib, to)

    assert out.startswith(start)


@pytest.mark.parametrize(
    ("style", "line"),
    [
        (
            "apa",
            (
                "Veronese, N., & Demurtas, J. (2020). Magnesium and health outcomes. Eur J Nutr, 59,"
                " 263–272. https://doi.org/10.1007/s00394-019-01905-w"
            ),
        ),
        (
            "ama",
            (
                "1. Veronese N, Demurtas J. Magnesium and health outcomes. Eur J Nutr. 2020;59:263-272."
                " doi:10.1007/s00394-019-01905-w"
            ),
        ),
        (
            "vancouver",
            (
                "1. Veronese N, Demurtas J. Magnesium and health outcomes. Eur J Nutr. 2020;59:263–72."
                " doi:10.1007/s00394-019-01905-w"
            ),
        ),
        (
            "ieee",
            (
                "[1] N. Veronese and J. Demurtas, “Magnesium and health outcomes,” Eur J Nutr, vol. 59,"
                " pp. 263–272, 2020, doi: 10.1007/s00394-019-01905-w."
            ),
        ),
    ],
)
def test_a_style_prints_the_list(bib, style, line):
    out, _ = convert(bib, style)

    assert out == f"{line}\n"


def test_the_language_is_the_styles(bib):
    bib.write_text("@article{a, title={Zink}, author={Berg, Anna}}")

    out, _ = convert(bib, "apa", "--language", "de")

    assert out == "Berg, A. (o.\N{NO-BREAK SPACE}J.). Zink.\n"


def test_bad_entries_are_named_and_the_others_written(bib):
    bib.write_text("@book{b, title={B\n\n" + BIB)

    out, err = convert(bib, "csl-json")

    assert [item["id"] for item in json.loads(out)] == ["veronese2020"]
    assert f"{bib}: line 1: This entry cannot be read" in err


def test_a_file_of_bad_entries_alone_fails(bib):
    bib.write_text("@book{b, title={B\n")

    with pytest.raises(CommandError, match="Nothing in"):
        convert(bib, "ris")


def test_what_is_no_bibliography_is_refused(bib):
    bib.write_text("words")

    with pytest.raises(CommandError, match="no bibliography that we know"):
        convert(bib, "ris")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        convert(tmp_path / "none.bib", "ris")


def test_an_unknown_target_is_refused(bib):
    with pytest.raises(CommandError, match="invalid choice"):
        convert(bib, "word")
