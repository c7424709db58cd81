"""Findings from both sides in one list, at the lines of the file."""

import pytest

from articles.intake.findings import at_original_lines, compiled, merged
from cms.contracts import Finding
from tests.articles.intake.helpers import article

pytestmark = pytest.mark.usefixtures("kernel_only")


def finding(identifier="A01", line=None, quote="", message="x"):
    return Finding(identifier, "error", message, line=line, quote=quote)


@pytest.mark.parametrize(("line", "original"), [(1, 7), (3, 9), (None, None), (4, 9), (0, None)])
def test_lines_lead_back_to_the_file(line, original):
    (found,) = at_original_lines([finding(line=line)], (7, 8, 9))

    assert found.line == original


def test_without_a_map_there_are_no_lines():
    assert at_original_lines([finding(line=3)], ())[0].line is None


def test_findings_are_in_reading_order():
    both = merged([finding("B", 5), finding("A", 5)], [finding("C", 2), finding("D")])

    assert [found.id for found in both] == ["D", "C", "A", "B"]


@pytest.mark.parametrize(
    "second",
    [
        finding("EVD06", None, "siebert2013", "Other words."),
        finding("EVD06", 3, "siebert2013"),
    ],
)
def test_the_same_words_are_said_once(second):
    first = finding("EVD06", None, "siebert2013")

    assert merged([first], [second]) == [first]


def test_a_longer_quotation_of_the_same_line_is_the_same():
    first = finding("EVD04", 3, "Jargon, 2022")

    assert merged([first], [finding("EVD04", 3, "(Jargon, 2022)")]) == [first]


@pytest.mark.parametrize(
    "second",
    [
        finding("EVD05", 3, "Jargon, 2022"),
        finding("EVD04", 4, "(Jargon, 2022)"),
        finding("EVD04", 3, "Liu, 2021"),
        finding("EVD04", 3, ""),
    ],
)
def test_other_findings_stay(second):
    first = finding("EVD04", 3, "Jargon, 2022")

    assert len(merged([first], [second])) == 2


@pytest.mark.django_db
def test_a_text_that_is_refused_as_a_whole_is_one_critical_finding():
    (found,) = compiled("x" * 300_000, {}, None)

    assert (found.id, found.severity, found.critical) == ("MD00", "error", True)


@pytest.mark.django_db
def test_the_compilers_findings_name_the_line_of_the_file(write, run):
    write("a.md", article(body="First.\n\nSee [gold](art:gold).", tags="[copper]"))

    (entry,) = run().entries

    assert [(found.id, found.line) for found in entry.errors] == [("MD04", 8)]
