"""Dates as reference managers, publishers and databases write them, in every format that has its own spelling."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import csl, formats
from tests.references.patience import patient


def issued(data):
    [(item, _)], problems = formats.cleaned(formats.read(data.encode()))
    assert not problems
    return item.get("issued")


def bibtex(said):
    return issued(f"@article{{a, title={{T}}, date={{{said}}}}}")


def ris(said, tag="PY"):
    return issued(f"TY  - JOUR\nTI  - T\n{tag}  - {said}\nER  - \n")


def nbib(said):
    return issued(f"PMID- 1\nTI  - T\nDP  - {said}\n")


def wos(said):
    return issued(f"PT J\nTI T\nPY {said}\nER\n")


def parts(*numbers):
    return {"date-parts": [list(numbers)]}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-02", parts(2020, 2)),
        ("2020-1-5", parts(2020, 1, 5)),
        ("2020-03-04T10:00:00Z", parts(2020, 3, 4)),
        ("1998-12-31/1999-01-02", parts(1998, 12, 31)),
        ("~1998", parts(1998)),
        ("1998?", parts(1998)),
        ("1998~", parts(1998)),
        ("-0044", parts(-44)),
        ("2019/2020", parts(2019)),
        ("2020-13", parts(2020)),
        ("2020-02-40", parts(2020, 2)),
        # What stands in the field though BibLaTeX forbids it: the year is not what comes first.
        ("15 January 2020", parts(2020)),
        ("03/2015", parts(2015)),
        ("12/31/2010", parts(2010)),
        ("1. Mai 1999", parts(1999)),
        ("February 2015", parts(2015)),
        ("May 1, 2010", parts(2010)),
        ("c2003", parts(2003)),
        ("in press", {"raw": "in press"}),
        ("n.d.", {"raw": "n.d."}),
        ("", None),
    ],
)
def test_dates_of_bibtex(written, read):
    assert bibtex(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020", parts(2020)),
        ("2020///", parts(2020)),
        ("2020/02//", parts(2020, 2)),
        ("2020/02/03/", parts(2020, 2, 3)),
        ("2020/2/3/Spring", parts(2020, 2, 3)),
        ("2020-02-03", parts(2020, 2, 3)),
        ("20200203", parts(2020, 2, 3)),  # EBSCO
        (" 19981231", parts(1998, 12, 31)),
        ("20201301", parts(2020)),
        ("20200200", parts(2020, 2)),
        ("2020/13/40", parts(2020)),
        ("2020/00/00", parts(2020)),
        ("2020-2021", parts(2020)),
        ("2020;", parts(2020)),
        ("Feb 2020", parts(2020)),
        ("2020 Feb 3", parts(2020)),
        ("03/02/2020", parts(2020)),
        ("c1998", parts(1998)),
        ("©2004", parts(2004)),
        ("in press", {"raw": "in press"}),
        ("1234567", {"raw": "1234567"}),
        ("---", None),
    ],
)
def test_dates_of_ris(written, read):
    assert ris(written) == read


@pytest.mark.parametrize("tag", ["PY", "Y1", "DA"])
def test_every_tag_of_a_date_counts(tag):
    assert ris("2020/02/03/", tag) == parts(2020, 2, 3)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2013 Apr 18", parts(2013, 4, 18)),
        ("2013 Apr", parts(2013, 4)),
        ("2013 Jan-Feb", parts(2013, 1)),
        ("2013 Dec 30-2014 Jan 5", parts(2013, 12, 30)),
        ("2013 Winter", parts(2013)),
        ("2013 Xyz 5", parts(2013)),
        ("2013-2014", parts(2013)),
        ("Winter 2013", None),
    ],
)
def test_dates_of_pubmed(written, read):
    assert nbib(written) == read


@pytest.mark.parametrize(
    ("written", "read"), [("2013", parts(2013)), ("APR 2013", parts(2013)), ("n.d.", None)]
)
def test_dates_of_the_web_of_science(written, read):
    assert wos(written) == read


@patient
@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_day_is_itself_in_every_format_that_holds_one(day):
    whole = (day.year, day.month, day.day)

    assert csl.date_parts({"issued": bibtex(day.isoformat())}) == whole
    assert csl.date_parts({"issued": ris(f"{day:%Y/%m/%d}/")}) == whole
    assert csl.date_parts({"issued": ris(f"{day:%Y%m%d}")}) == whole
    assert csl.date_parts({"issued": nbib(f"{day:%Y %b} {day.day}")}) == whole


@patient
@given(st.text(max_size=20))
def test_no_text_is_a_date_that_does_not_exist(text):
    words = "".join(letter for letter in text if letter.isprintable() and letter not in '{}\\"$%#@')

    for read in (bibtex(words), ris(words)):
        found = csl.date_parts({"issued": read})
        assert all(1 <= part <= limit for part, limit in zip(found[1:], (12, 31), strict=False))
