import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formats import ris
from references.formats.ris_fields import read_name
from tests.references.patience import patient

ARTICLE = """TY  - JOUR
AU  - Veronese, Nicola
AU  - Demurtas, Jacopo
TI  - Magnesium and health outcomes
JF  - European Journal of Nutrition
JA  - Eur J Nutr
PY  - 2020/02/01/
VL  - 59
IS  - 1
SP  - 263
EP  - 272
DO  - https://doi.org/10.1007/S00394-019-01905-W
SN  - 1436-6207
U1  - 30684032[pmid]
UR  - https://example.org/
ER  -
"""


def items(text):
    return [entry.item for entry in ris.read(text).entries]


def item(*lines, kind="JOUR"):
    [found] = items("\n".join([f"TY  - {kind}", *lines, "ER  - "]))
    return found


def test_a_journal_article_has_csls_names():
    [found] = items(ARTICLE)

    assert found == {
        "type": "article-journal",
        "author": [{"family": "Veronese", "given": "Nicola"}, {"family": "Demurtas", "given": "Jacopo"}],
        "title": "Magnesium and health outcomes",
        "container-title": "European Journal of Nutrition",
        "container-title-short": "Eur J Nutr",
        "issued": {"date-parts": [[2020, 2, 1]]},
        "volume": "59",
        "issue": "1",
        "page": "263-272",
        "DOI": "10.1007/s00394-019-01905-w",
        "ISSN": ["1436-6207"],
        "PMID": "30684032",
        "URL": "https://example.org/",
    }


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("ER  - \n", ""),
        lambda text: text.replace("TY  - JOUR\n", ""),
        lambda text: text.replace("  - ", " - "),
        lambda text: text.replace("  - ", "  -  "),
        lambda text: "\n\n" + text.replace("\n", "\n\n"),
        lambda text: " " + text.replace("\n", "\n "),
        lambda text: "Record #1\nProvider: X\n" + text,
        lambda text: text.replace("VL  - 59", "XX  - 1\nVL  - 59\nDC  - Direct Current"),
        lambda text: text.replace("ER  - ", "ER  -"),
    ],
    ids=["no ER", "no TY", "one blank", "blanks", "blank lines", "indented", "preface", "unknown tags", "short ER"],
)  # fmt: skip
def test_damaged_records_are_read_all_the_same(damage):
    [found] = items(damage(ARTICLE))

    assert found["title"] == "Magnesium and health outcomes"
    assert found["DOI"] == "10.1007/s00394-019-01905-w"


def test_a_missing_end_does_not_join_two_works():
    found = items("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \n")

    assert [entry["title"] for entry in found] == ["One", "Two"]


def test_a_second_type_of_the_same_work_is_no_second_work():
    [found] = items("TY  - JOUR\nTY  - BOOK\nTI  - One\nTY  - GEN\nVL  - 3\nER  - \n")

    assert (found["title"], found["volume"], found["type"]) == ("One", "3", "article-journal")


def test_lines_without_a_tag_go_on():
    found = item("TI  - A title", "  in two lines", "AB  - first", "CI - 95 % is no tag", "ER then more")

    assert found["title"] == "A title in two lines"
    assert found["abstract"] == "first CI - 95 % is no tag ER then more"


def test_records_know_their_line_and_empty_ones_are_reported():
    batch = ris.read("\nTY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nER  - \n")

    assert [entry.line for entry in batch.entries] == [2]
    assert [problem.line for problem in batch.problems] == [6]


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2013/04/18", "PY  - 2013/02/15/received"], [2013, 4, 18]),
        (["Y1  - 2012///"], [2012]),
        (["PY  - 2016/12//"], [2016, 12]),
        (["PY  - ///", "PY  - 2001/00/00/"], [2001]),
        (["PY  - 2005", "DA  - 2005/07/15"], [2005, 7, 15]),
        (["PY  - YEAR/MONTH/DAY", "DA  - 15 March 1999"], [1999]),
    ],
)
def test_the_most_exact_date_of_publication_counts(lines, date):
    assert item("TI  - T", *lines)["issued"] == {"date-parts": [date]}


@pytest.mark.parametrize(
    ("lines", "name", "expected"),
    [
        (["M3  - doi: 10.1063/1.4814070"], "DOI", "10.1063/1.4814070"),
        (["UR  - http://dx.doi.org/10.1023/A:1017379030770"], "DOI", "10.1023/a:1017379030770"),
        (["UR  - //www.example.org/x"], "URL", "https://www.example.org/x"),
        (["UR  - http://a.example; http://b.example"], "URL", "http://a.example"),
        (["DB  - PubMed", "AN  - 26957754"], "PMID", "26957754"),
        (["U2  - PMC4756000[pmcid]"], "PMCID", "PMC4756000"),
        (["AN  - PMC3654245"], "PMCID", "PMC3654245"),
        (["SN  - 978-1-4822-5326-9"], "ISBN", "978-1-4822-5326-9"),
        (["SP  - 1-22"], "page", "1-22"),
        (["SP  - e0815"], "page", "e0815"),
        (["SP  - 7", "EP  - 7"], "page", "7"),
        (["ST  - Only short"], "title", "Only short"),
    ],
)
def test_fields_are_found_where_publishers_put_them(lines, name, expected):
    assert item(*lines)[name] == expected


def test_an_accession_number_of_another_database_is_no_pmid():
    assert "PMID" not in item("TI  - T", "DB  - Scopus", "AN  - 26957754")


def test_the_container_of_a_chapter_is_the_book_and_of_a_book_the_series():
    assert item("TI  - C", "T2  - Book", kind="CHAP")["container-title"] == "Book"
    assert item("TI  - B", "T2  - Series", kind="BOOK")["collection-title"] == "Series"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Shannon,Claude E.", {"family": "Shannon", "given": "Claude E."}),
        ("King, Martin Luther, Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("Fanning E.", {"family": "Fanning", "given": "E."}),
        ("van der Berg AB", {"family": "van der Berg", "given": "AB"}),
        ("World Health Organization", {"literal": "World Health Organization"}),
    ],
)
def test_names_are_read_in_every_order(written, name):
    assert read_name(written) == name


@patient
@given(
    st.lists(
        st.sampled_from(
            ["TY  - JOUR", "ER  - ", "TI  - T", "AU  - A, B", "", "words", "PY  - x/y", "SN  - ", "TY -"]
        )
    )
)
def test_nothing_stops_the_reader_and_no_title_is_lost(lines):
    text = "\n".join(lines)
    found = items(text)

    assert len(found) <= len(lines)
    assert len([entry for entry in found if entry.get("title")]) <= lines.count("TI  - T")
    assert bool(lines.count("TI  - T")) == any(entry.get("title") for entry in found)
