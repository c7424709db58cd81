import pytest

from references import formats
from references.formats import medline

RECORD = """PMID- 30684032
OWN - NLM
IS  - 1436-6215 (Electronic)
VI  - 59
IP  - 1
DP  - 2020 Feb 3
TI  - Magnesium and health outcomes: an umbrella review of systematic reviews and
      meta-analyses.
PG  - 263-72
LID - 10.1007/s00394-019-01905-w [doi]
AB  - PURPOSE: To map evidence.
FAU - Veronese, Nicola
AU  - Veronese N
FAU - King, Martin Luther, Jr
CN  - Zinc Study Group
LA  - eng
PT  - Journal Article
PT  - Systematic Review
TA  - Eur J Nutr
JT  - European journal of nutrition
PMC - PMC7000000
"""


def items(text):
    return [entry.item for entry in medline.read(text).entries]


def test_a_record_has_csls_names():
    [found] = items(RECORD)

    assert found == {
        "id": "pmid30684032",
        "type": "article-journal",
        "title": "Magnesium and health outcomes: an umbrella review of systematic reviews and meta-analyses",
        "container-title": "European journal of nutrition",
        "container-title-short": "Eur J Nutr",
        "author": [
            {"family": "Veronese", "given": "Nicola"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr"},
            {"literal": "Zinc Study Group"},
        ],
        "issued": {"date-parts": [[2020, 2, 3]]},
        "volume": "59",
        "issue": "1",
        "page": "263-272",
        "language": "en",
        "abstract": "PURPOSE: To map evidence.",
        "ISSN": ["1436-6215"],
        "PMID": "30684032",
        "PMCID": "PMC7000000",
        "DOI": "10.1007/s00394-019-01905-w",
        "custom": {"editorial_status": "current", "source": "nbib", "study_type": "meta_analysis"},
    }


def test_records_part_at_the_next_pmid_with_or_without_a_blank_line():
    batch = medline.read(f"{RECORD}{RECORD.replace('30684032', '1')}\n{RECORD}")

    assert [entry.line for entry in batch.entries] == [1, 22, 44]


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("RIN - Lancet. 2010;375:445", "retracted"),
        ("PT  - Retracted Publication", "retracted"),
        ("ROF - Lancet. 1998;351:637", "notice"),
        ("ECI - Lancet. 2010;375:445", "concern"),
        ("EIN - Lancet. 2010;375:445", "corrected"),
        ("CIN - Lancet. 2010;375:445", "current"),
    ],
)
def test_what_was_published_about_the_work_is_its_status(lines, status):
    [found] = items(f"PMID- 1\nTI  - T\n{lines}\n")

    assert found["custom"]["editorial_status"] == status


@pytest.mark.parametrize(
    ("written", "parts"),
    [("2013 Apr 18", [2013, 4, 18]), ("2013 Jan-Feb", [2013, 1]), ("2013 Winter", [2013]), ("2013", [2013])],
)
def test_dates_are_as_exact_as_pubmed(written, parts):
    [found] = items(f"PMID- 1\nDP  - {written}\n")

    assert found["issued"] == {"date-parts": [parts]}


@pytest.mark.parametrize(
    ("written", "page"),
    [("447S-63S", "447S-63S"), ("1045-9", "1045-1049"), ("e12", "e12"), ("1-5, 9", "1-5")],
)
def test_short_pages_are_written_out(written, page):
    [found] = items(f"PMID- 1\nPG  - {written}\n")

    assert found["page"] == page


def test_a_book_of_the_bookshelf_is_a_chapter_with_its_book():
    [found] = items("PMID- 1\nTI  - Magnesium\nBTI - StatPearls\nPB  - StatPearls Publishing\n")

    assert (found["type"], found["title"], found["container-title"]) == ("chapter", "Magnesium", "StatPearls")


def test_a_record_that_says_nothing_is_reported():
    batch = medline.read("OWN - NLM\nSTAT- MEDLINE\n")

    assert (len(batch.entries), [problem.line for problem in batch.problems]) == (0, [1])


def test_what_is_written_is_read_back():
    [(item, _)], _ = formats.cleaned(medline.read(RECORD))

    [(again, _)], _ = formats.cleaned(medline.read(medline.write([item])))

    assert {**again, "custom": {}, "language": ""} == {**item, "custom": {}, "language": ""}
