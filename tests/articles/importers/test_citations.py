"""(Author, Year) becomes a citation where a listed work matches, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importers.citations import link_citations
from tests.articles.importers.helpers import draft_of, only, text_of


def work(key, *names, year, **more):
    authors = [{"family": name} for name in names]
    return {"id": key, "title": f"On {key}", "author": authors, "issued": {"date-parts": [[year]]}, **more}


LISTED = (
    work("siebert2013", "Siebert", year=2013),
    work("lamont2012", "Lamont", year=2012),
    work("barba2019", "Barba", "Domingo", year=2019),
    work("dehaan2015", "de Haan", year=2015),
    work("li2020", "Li", year=2020),
    work("li2020b", "Li", year=2020),
)


def linked(text, references=LISTED):
    return link_citations(draft_of(text, references=references))


@pytest.mark.parametrize(
    ("written", "citation"),
    [
        ("(Siebert, 2013)", "[@siebert2013]"),
        ("(Siebert 2013)", "[@siebert2013]"),
        ("(Lamont et al., 2012)", "[@lamont2012]"),
        ("(Lamont et al, 2012)", "[@lamont2012]"),
        ("(Barba & Domingo, 2019)", "[@barba2019]"),
        ("(Barba and Domingo, 2019)", "[@barba2019]"),
        ("(Barba et al., 2019)", "[@barba2019]"),
        ("(Barba, 2019)", "[@barba2019]"),
        ("(Barba, Domingo, et al., 2019)", "[@barba2019]"),
        ("(de Haan, 2015)", "[@dehaan2015]"),
        ("(see Siebert, 2013)", "[see @siebert2013]"),
        ("(Siebert, 2013, p. 3)", "[@siebert2013, p. 3]"),
        ("(Siebert, 2013; Lamont et al., 2012)", "[@siebert2013; @lamont2012]"),
        ("(Li, 2020b)", "[@li2020b]"),
        ("(SIEBERT, 2013)", "[@siebert2013]"),
        ("Siebert (2013)", "Siebert [@siebert2013]"),
        ("Lamont et al. (2012)", "Lamont et al. [@lamont2012]"),
        ("Barba and Domingo (2019)", "Barba and Domingo [@barba2019]"),
    ],
)
def test_citations_of_listed_works(written, citation):
    draft = linked(f"Copper is absorbed {written}.")

    assert text_of(draft) == [f"Copper is absorbed {citation}."]
    assert only(draft.findings, "EVD04") == []


@pytest.mark.parametrize(
    "written",
    [
        "(Jargon, 2022)",
        "(Liu et al., 2021)",
        "(Siebert, 2014)",
        "(Barba & Someone, 2019)",
        "(Barba, Someone, et al., 2019)",
        "(van der Berg, 2001)",
        "(WHO, 2021)",
        "(Smith & Jones 1999)",
        "(O’Brien, 2020)",
        "(Smith-Miller, Jones, & Roe, 2020)",
    ],
)
def test_cited_but_not_listed_stays_and_is_an_error(written):
    draft = linked(f"First line.\nCopper is safe {written}.")

    assert text_of(draft)[1] == f"Copper is safe {written}."
    (finding,) = only(draft.findings, "EVD04")
    assert (finding.severity, finding.line, finding.quote) == ("error", 2, written.strip("()"))
    assert "cited but not listed" in finding.message


@pytest.mark.parametrize(
    "written",
    [
        "(2020)",
        "(since 2013)",
        "(May 2020)",
        "(January 5, 2021)",
        "(Boston 1999)",
        "(published in 2013)",
        "(Journal of Metals, 2020)",
        "(from 1900 to 1950)",
        "(3 mg, 2020)",
        "(half of it, 2019)",
        "Journal of Metals (2020)",
        "Somebody (2020)",
        "Li (2020)",
        "[Siebert](/2013)",
        "`(Siebert, 2013)`",
        "(a very long bracket in which somebody tells how the year went, 2020)",
    ],
)
def test_other_brackets_are_left_in_peace(written):
    draft = linked(f"Copper {written} is a metal.")

    assert text_of(draft) == [f"Copper {written} is a metal."]
    assert only(draft.findings, "EVD04") == []


def test_a_bracket_of_listed_and_other_works_is_parted():
    draft = linked("Safe (Siebert, 2013; Jargon, 2022).")

    assert text_of(draft) == ["Safe [@siebert2013] (Jargon, 2022)."]
    assert [finding.quote for finding in only(draft.findings, "EVD04")] == ["Jargon, 2022"]


def test_two_works_that_fit_are_a_question():
    draft = linked("Safe (Li, 2020).")

    assert text_of(draft) == ["Safe (Li, 2020)."]
    assert "may be any of li2020, li2020b" in only(draft.findings, "EVD04")[0].message


def test_code_and_tables_are_left_in_peace():
    text = "```\n(Siebert, 2013)\n```\n| (Siebert, 2013) |"

    assert text_of(linked(text)) == text.split("\n")


def test_works_that_are_never_cited_are_told():
    draft = linked("Absorbed (Siebert, 2013), says [@lamont2012, p. 4].")

    assert [finding.quote for finding in only(draft.findings, "EVD06")] == [
        "barba2019",
        "dehaan2015",
        "li2020",
        "li2020b",
    ]


def test_a_longer_key_is_no_citation_of_a_shorter_one():
    draft = linked("As [@siebert2013b] says.", references=LISTED[:1])

    assert [finding.quote for finding in only(draft.findings, "EVD06")] == ["siebert2013"]


def test_the_number_of_links_is_told():
    draft = linked("Safe (Siebert, 2013). Sure (Lamont et al., 2012).")

    assert only(draft.findings, "IMP10")[0].message == "Citations linked to their references: 2."


def test_nothing_to_say_about_a_text_without_references():
    assert linked("Copper is a metal.", references=()).findings == ()


@given(st.text(alphabet="Siebert, 2013();&@[]`al.\n-and", max_size=120))
def test_any_text_is_survived_and_lines_stay_lines(text):
    before = draft_of(f"x{text}x", references=LISTED)
    after = link_citations(before)

    assert [line.number for line in after.lines] == [line.number for line in before.lines]
