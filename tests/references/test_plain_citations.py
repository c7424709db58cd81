"""EVD04: a citation in plain words has no entry to lead to."""

import pytest

from articles.compile import compile_markdown
from articles.importers.citations import linked, written_out
from cms.contracts import Snapshot, Source
from references.checks import plain
from tests.references.works import compile_with, make_work


def findings(text):
    snapshot = Snapshot(Source(text), compile_markdown(text))
    return [(finding.quote, finding.line) for finding in plain(snapshot)]


@pytest.mark.parametrize(
    "words",
    ["Jargin, 2022", "Liu et al., 2021", "Barbagallo & Dominguez, 2019", "van der Berg and Smith, 2001a"],
)
def test_authors_with_a_year_are_a_citation(words):
    assert list(written_out(f"As was shown ({words}).")) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "It was sold (since 2019).",
        "Updated (May 2021).",
        "The limit (45 mg, set in 2001) stands.",
        "Trials (2013) were small.",
        "In town (Boston 1999) it rained.",
        "It was set later (in March, 2020).",
    ],
)
def test_other_brackets_with_a_year_are_left_alone(text):
    assert list(written_out(text)) == []


def test_each_citation_of_a_group_is_named_at_its_line():
    found = findings("First.\n\nShown twice\n(Jargin, 2022; Liu et al., 2021).")

    assert found == [("Jargin, 2022", 4), ("Liu et al., 2021", 4)]


def test_a_citation_in_code_is_an_example():
    assert findings("```\n(Jargin, 2022)\n```") == []


def test_the_finding_is_an_error_that_says_what_to_do():
    text = "Shown (Jargin, 2022)."

    (finding,) = plain(Snapshot(Source(text), compile_markdown(text)))

    assert (finding.id, finding.severity) == ("EVD04", "error")
    assert "[@key]" in finding.fix


@pytest.mark.parametrize(
    ("bracket", "replacement"),
    [
        ("(Siebrecht, 2013)", "[@siebrecht2013]"),
        ("(see Siebrecht et al., 2013)", "[see @siebrecht2013]"),
        ("(Siebrecht, 2013, p. 4)", "[@siebrecht2013, p. 4]"),
        ("(Siebrecht, 2014)", None),  # another year is another work
        ("(Jargin, 2013)", None),
        ("(Siebrecht, 2013; Jargin, 2013)", None),  # half an answer is none
        ("(Siebrecht, 2013", None),
    ],
)
def test_a_listed_work_is_linked_where_only_it_fits(bracket, replacement):
    works = [make_work("siebrecht2013").csl | {"id": "siebrecht2013"}]

    assert linked(bracket, works) == replacement


def test_two_works_that_fit_are_not_chosen_from():
    works = [make_work("siebrecht2013").csl | {"id": key} for key in ("siebrecht2013a", "siebrecht2013b")]

    assert linked("(Siebrecht, 2013)", works) is None
    assert linked("(Siebrecht, 2013b)", works) == "[@siebrecht2013b]"


def test_the_citation_that_is_listed_is_offered_and_ends_the_finding():
    text = "Zinc is bound\nwell (Siebrecht, 2013)."
    listed = {"references": [{"id": "siebrecht2013"}]}

    (finding,) = found_in(text, listed)
    mended = text.replace(finding.quote, finding.replacement)

    assert (finding.line, finding.quote) == (2, "(Siebrecht, 2013)")
    assert mended == "Zinc is bound\nwell [@siebrecht2013]."
    assert found_in(mended, listed) == []


def test_a_citation_broken_over_two_lines_is_told_without_an_offer():
    (finding,) = found_in("Well (Siebrecht,\n2013).", {"references": [{"id": "siebrecht2013"}]})

    assert "The work is listed" in finding.fix
    assert finding.replacement is None


def found_in(text, front_matter):
    document = compile_with(text, make_work("siebrecht2013"), front_matter=front_matter)
    return list(plain(Snapshot(Source(text, front_matter=front_matter), document)))


@pytest.mark.django_db
def test_publishing_refuses_it():
    from articles import publishing
    from tests.factories import ArticleFactory

    with pytest.raises(publishing.PublishRefused, match="Jargin, 2022"):
        publishing.publish(ArticleFactory(text="Shown (Jargin, 2022)."))
