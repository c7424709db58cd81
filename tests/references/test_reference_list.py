"""The list at the end of the page."""

import re

import pytest

from references import checks
from references.reference_list import letters
from tests.references.works import compile_with, make_work

A, B, C = make_work("siebrecht2013"), make_work("batta2017"), make_work("liu2021")


def entries_of(html):
    """Return (id, words, back links) of every entry."""
    found = re.findall(r'<li id="c-ref-([^"]+)">(.*?)</li>', html)
    return [
        (
            key,
            re.sub(r"<[^>]+>", "", body.split("<span")[0]).strip(),
            re.findall(r'href="#(c-cite-[^"]+)"', body),
        )
        for key, body in found
    ]


def listed(*keys):
    return {"references": [{"id": key} for key in keys]}


def test_no_references_no_section():
    assert "references" not in compile_with("Zinc.").html


def test_entries_stand_in_the_order_of_their_numbers_with_back_links():
    html = compile_with("[@batta2017] [@siebrecht2013; @batta2017]", A, B, C).html

    assert entries_of(html) == [
        (
            "batta2017",
            "Batta A. On Batta. 2013. doi:10.1234/batta2017",
            ["c-cite-batta2017-1", "c-cite-batta2017-2"],
        ),
        (
            "siebrecht2013",
            "Siebrecht A. On Siebrecht. 2013. doi:10.1234/siebrecht2013",
            ["c-cite-siebrecht2013-1"],
        ),
    ]


def test_back_links_are_lettered_and_say_where_they_lead():
    html = compile_with("[@batta2017] [@batta2017]", B).html

    assert (
        '<span class="references__back">'
        '<a href="#c-cite-batta2017-1" aria-label="Back to text, use 1">a</a> '
        '<a href="#c-cite-batta2017-2" aria-label="Back to text, use 2">b</a></span></li>'
    ) in html


def test_every_back_link_and_every_citation_leads_somewhere():
    html = compile_with("@batta2017 [p. 1; @siebrecht2013] [@batta2017]\n\n## References\n", A, B).html

    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_a_work_that_is_listed_but_not_cited_follows_as_further_reading():
    html = compile_with("[@liu2021]", A, C, front_matter=listed("siebrecht2013", "liu2021")).html

    assert [key for key, _, _ in entries_of(html)] == ["liu2021", "siebrecht2013"]
    assert '<h3>Further reading</h3><ol start="2">' in html


def test_a_page_that_cites_nothing_still_shows_its_references():
    html = compile_with("Zinc.", A, B, front_matter=listed("batta2017", "siebrecht2013")).html

    assert [key for key, _, _ in entries_of(html)] == ["batta2017", "siebrecht2013"]
    assert "Further reading" not in html


@pytest.mark.parametrize("ending", ["## References", "# references\n\n", "### References ##\n"])
def test_an_own_heading_at_the_end_is_not_doubled(ending):
    html = compile_with(f"Zinc [@liu2021].\n\n{ending}", C).html

    assert len(re.findall(r"<h\d[^>]*>References</h\d>", html, re.IGNORECASE)) == 1


def test_an_own_heading_elsewhere_is_another_matter():
    html = compile_with("## References\n\nZinc [@liu2021].", C).html

    assert html.count("References</h2>") == 2


def test_a_retracted_work_is_marked_for_readers():
    html = compile_with("[@liu2021]", make_work("liu2021", editorial_status="retracted")).html

    assert '<li id="c-ref-liu2021"><strong class="references__flag">Retracted</strong> Liu A.' in html


@pytest.mark.parametrize("status", ["current", "corrected", "superseded"])
def test_other_works_are_not_marked(status):
    assert (
        "references__flag"
        not in compile_with("[@liu2021]", make_work("liu2021", editorial_status=status)).html
    )


def test_marks_of_a_title_stay_and_the_rest_is_text():
    work = make_work("x2000", csl={"title": "<i>E. coli</i> & <script>CO<sub>2</sub>"})

    html = compile_with("[@x2000]", work).html

    assert "<i>E. coli</i> &amp; &lt;script&gt;CO<sub>2</sub>." in html


def test_a_listed_key_without_a_work_is_an_error():
    findings = compile_with("Zinc.", front_matter=listed("gone2020")).findings

    assert [(finding.id, finding.severity, finding.quote) for finding in findings] == [
        ("EVD04", "error", "@gone2020")
    ]


def test_an_article_may_call_a_work_by_another_key():
    front_matter = {"references": [{"id": "Liu2021", "citekey": "liu2021b"}]}
    work = make_work("liu2021b")

    document = compile_with("[@Liu2021]", front_matter=front_matter, lookup_as={"liu2021": work})

    assert "#c-ref-liu2021b" in document.html
    assert [entry.key for entry in document.records[checks.LISTED]] == ["Liu2021"]


@pytest.mark.parametrize(
    "front_matter", [{"references": "x"}, {"references": [1, None]}, {"references": {}}, {}]
)
def test_strange_front_matter_breaks_nothing(front_matter):
    assert compile_with("[@liu2021]", C, front_matter=front_matter).html.count("<li") == 1


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (703, "aaa")]
)
def test_letters_go_on_after_z(number, expected):
    assert letters(number) == expected
