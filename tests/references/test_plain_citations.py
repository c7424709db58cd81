"""EVD04: a citation in plain words has no entry to lead to."""

import pytest

from articles.compile import compile_markdown
from articles.importers.citations import written_out
from cms.contracts import Snapshot, Source
from references.checks import plain


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


@pytest.mark.django_db
def test_publishing_refuses_it():
    from articles import publishing
    from tests.factories import ArticleFactory

    with pytest.raises(publishing.PublishRefused, match="Jargin, 2022"):
        publishing.publish(ArticleFactory(text="Shown (Jargin, 2022)."))
