"""`::papers`: what is shown, and that unknown is never nought."""

import re

import pytest

from cms.contracts import CITATIONS
from references import papers
from tests.references.works import compile_with, make_work

A, B, C = make_work("siebrecht2013"), make_work("batta2017"), make_work("liu2021")


def entry(key, **custom):
    return {"id": key, "custom": custom}


def table(text, *works, entries=()):
    html = compile_with(text, *works, front_matter={"references": list(entries)}).html
    found = re.search(r'<div class="papers.*?</div>', html, re.DOTALL)
    return found and found[0]


def cells(html):
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)] for row in rows
    ]


def test_the_table_shows_title_author_year_insight_and_count():
    html = table("::papers", A, entries=[entry("siebrecht2013", insight="Well absorbed.", citation_count=5)])

    assert cells(html) == [
        ["Paper", "Relevant insight", "Citations"],
        ["On Siebrecht (Siebrecht, 2013)", "Well absorbed.", "5"],
    ]


def test_the_title_leads_to_the_work():
    assert '<a href="https://doi.org/10.1234/siebrecht2013">On Siebrecht</a>' in table(
        "::papers{siebrecht2013}", A
    )


def test_a_work_without_an_address_leads_to_its_entry():
    html = table("::papers{x2000}", make_work("x2000", csl={"title": "On X"}))

    assert '<a href="#c-ref-x2000">On X</a>' in html


def test_without_names_the_works_with_an_insight_are_shown():
    html = table(
        "::papers", A, B, entries=[entry("batta2017"), entry("siebrecht2013", insight="Well absorbed.")]
    )

    assert [row[0] for row in cells(html)[1:]] == ["On Siebrecht (Siebrecht, 2013)"]


def test_without_any_insight_all_works_are_shown():
    html = table("::papers", A, B, entries=[entry("batta2017"), entry("siebrecht2013")])

    assert [row[:2] for row in cells(html)[1:]] == [
        ["On Batta (Batta, 2013)", "–"],
        ["On Siebrecht (Siebrecht, 2013)", "–"],
    ]


def test_named_works_are_shown_in_the_order_of_the_names():
    entries = [entry("batta2017", insight="x"), entry("siebrecht2013"), entry("liu2021")]

    html = table("::papers{liu2021 Batta2017}", A, B, C, entries=entries)

    assert [row[0].split()[1] for row in cells(html)[1:]] == ["Liu", "Batta"]


def test_study_type_is_a_column_only_when_one_is_known():
    known = make_work("siebrecht2013", study_type="rct")

    html = table("::papers{siebrecht2013 batta2017}", known, B)

    assert [row[2] for row in cells(html)] == ["Study type", "Randomised controlled trial", "–"]


@pytest.mark.parametrize(
    ("custom", "shown"),
    [
        ({}, "–"),
        ({"citation_count": None}, "–"),
        ({"citation_count": ""}, "–"),
        ({"citation_count": "-"}, "–"),
        ({"citation_count": -1}, "–"),
        ({"citation_count": "²"}, "–"),
        ({"citation_count": 0}, "0"),
        ({"citation_count": "1,234"}, "1,234"),
        ({"citation_count": 43, "citation_source": "OpenAlex"}, "43 (OpenAlex)"),
        (
            {"citation_count": 43, "citation_source": "Open<b>", "citation_date": "2024-05-13"},
            "43 (Open&lt;b&gt;, 2024-05-13)",
        ),
        ({"citation_source": "OpenAlex"}, "–"),
    ],
)
def test_an_unknown_count_is_not_nought(custom, shown):
    html = table("::papers", A, entries=[entry("siebrecht2013", insight="x", **custom)])

    assert cells(html)[1][-1] == shown


def test_a_listed_paper_is_in_the_list_but_not_cited():
    document = compile_with("::papers{siebrecht2013}", A)

    assert 'id="c-ref-siebrecht2013"' in document.html
    assert CITATIONS not in document.records


def test_a_paper_that_is_cited_too_stands_in_the_list_once():
    html = compile_with("::papers{siebrecht2013}\n\nZinc [@siebrecht2013].", A).html

    assert html.count('id="c-ref-siebrecht2013"') == 1


def test_a_name_without_a_work_is_an_error_at_its_line():
    document = compile_with("Zinc.\n\n::papers{siebrecht2013 nokey}", A)

    [finding] = document.findings
    assert (finding.id, finding.severity, finding.line, finding.quote) == ("EVD04", "error", 3, "@nokey")
    assert "On Siebrecht" in document.html


def test_an_empty_table_is_not_shown_and_the_editor_told():
    document = compile_with("::papers")

    assert document.html.strip() == ""
    assert [finding.message for finding in document.findings] == [
        "The papers table is empty: the article lists no references."
    ]


def test_insights_and_titles_are_escaped():
    work = make_work("x2000", csl={"title": "<script>"})

    html = table("::papers{x2000}", work, entries=[entry("x2000", insight='<img src="x">')])

    assert "<script" not in html
    assert "<img" not in html


def test_a_retracted_paper_is_marked_in_the_table():
    work = make_work("siebrecht2013", editorial_status="retracted")

    assert '<strong class="references__flag">Retracted</strong>' in table("::papers{siebrecht2013}", work)


def test_in_plain_text_the_table_is_its_titles():
    class Context:
        def __init__(self):
            from cms.contracts import Lookup, Source

            self.lookup, self.source, self.line = Lookup({"citation": {"siebrecht2013": A}}), Source(""), None

        def depend(self, key, version):
            pass

    assert papers.to_text(papers.Papers(("siebrecht2013", "nokey")), Context()) == "On Siebrecht"


def papers_of(text, works, entries=()):
    html = table(text, *works, entries=entries)
    return [row[0].split(" (")[0].removeprefix("On ") for row in cells(html)[1:]] if html else []


def library():
    return [
        make_work("siebrecht2013", year=2013, study_type="rct"),
        make_work("batta2017", year=2017, study_type="review"),
        make_work("liu2021", year=2021, study_type="rct"),
        make_work("undated", year=None),
    ]


def listed():
    counts = {"siebrecht2013": 12, "batta2017": 0, "liu2021": "1,200", "undated": ""}
    return [entry(key, citation_count=count) for key, count in counts.items()]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("year", ["Siebrecht", "Batta", "Liu", "Undated"]),
        ("-year", ["Liu", "Batta", "Siebrecht", "Undated"]),
        ("author", ["Batta", "Liu", "Siebrecht", "Undated"]),
        ("citations", ["Batta", "Siebrecht", "Liu", "Undated"]),
        ("-citations", ["Liu", "Siebrecht", "Batta", "Undated"]),
        ("type", ["Siebrecht", "Liu", "Batta", "Undated"]),
        ("-title", ["Undated", "Siebrecht", "Liu", "Batta"]),
    ],
)
def test_rows_are_sorted_where_the_text_says_so_and_the_unknown_stands_last(sort, order):
    assert papers_of(f"::papers{{sort={sort}}}", library(), listed()) == order


@pytest.mark.parametrize(
    ("attrs", "shown"),
    [
        ("type=rct", ["Siebrecht", "Liu"]),
        ("type=RCT,review", ["Siebrecht", "Batta", "Liu"]),
        ("since=2015", ["Batta", "Liu"]),
        ("type=rct since=2015", ["Liu"]),
        ("batta2017 liu2021 type=rct", ["Liu"]),
        ("type=meta-analysis", []),
    ],
)
def test_rows_are_chosen_where_the_text_says_so(attrs, shown):
    assert papers_of(f"::papers{{{attrs}}}", library(), listed()) == shown


@pytest.mark.parametrize("attr", ["sort=colour", "type=rct,guess", "since=soon"])
def test_an_attribute_that_means_nothing_is_told(attr):
    document = compile_with(f"::papers{{{attr}}}", *library(), front_matter={"references": listed()})

    assert [found.quote for found in document.findings if found.id == "MD03" and found.quote == attr] == [
        attr
    ]


def test_a_filter_that_leaves_nothing_is_told():
    document = compile_with("::papers{since=2030}", *library(), front_matter={"references": listed()})

    assert "no listed work fits" in next(found for found in document.findings if found.id == "MD03").message


COUNTED = {"count": 1234, "source": "openalex", "on": "2026-10-01 08:00:00"}


def test_the_librarys_own_count_stands_in_where_the_article_says_none():
    html = table("::papers", make_work("siebrecht2013", counted=COUNTED), entries=[entry("siebrecht2013")])

    assert cells(html)[1][-1] == "1,234 (OpenAlex, 2026-10-01)"


def test_what_the_article_says_of_the_count_wins():
    work = make_work("siebrecht2013", counted=COUNTED)

    html = table("::papers", work, entries=[entry("siebrecht2013", citation_count=0)])

    assert cells(html)[1][-1] == "0"
