"""Items, answers and records of others that are nested without end: refused in words, never the end of the stack."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from references import csl, formats, part, portable
from references.sources import xml
from references.sources.client import Answer
from references.sources.lookup import _reply
from references.sources.xml import InvalidXml


def deep(depth):
    value = "end"
    for level in range(depth):
        value = [value] if level % 2 else {"x": value}
    return value


@given(st.integers(0, 3_000), st.sampled_from(["title", "custom", "author", "issued", "note"]))
@example(60, "author")
def test_an_item_is_cleaned_or_refused(depth, key):
    item = {"title": "Zinc", "DOI": "10.1234/zinc", key: deep(depth)}
    if depth <= 50:
        assert csl.clean_item(item)["DOI"] == "10.1234/zinc"
        return

    with pytest.raises(csl.InvalidItem, match="nested deeper than 50 levels"):
        csl.clean_item(item)


@pytest.mark.django_db
def test_front_matter_that_slipped_through_is_refused():
    with pytest.raises(csl.InvalidItem, match="nested deeper"):
        part.load({"references": [{"id": "zinc", "title": "Zinc", "custom": deep(1_999)}]})


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        json.dumps([{"title": "Zinc", "author": deep(200)}]),
        '{"message-type": "work", "message": ' + "[" * 100_000,
        '{"resultList": ' + json.dumps(deep(200)) + "}",
        "@article{zinc, title = " + "{" * 5_000 + "Zinc" + "}" * 5_000 + "}",
        "TY  - JOUR\nTI  - " + "(" * 5_000 + "\nER  - \n",
        "<PubmedArticleSet>" + "<PubmedArticle>" * 5_000 + "</PubmedArticle>" * 5_000 + "</PubmedArticleSet>",
    ],
)
def test_a_bibliography_is_read_or_refused(text):
    batch = formats.read(text.encode())

    assert all(problem.message for problem in batch.problems)


@given(st.integers(1, 3_000), st.sampled_from(["i", "msub", "b", "mml:msup"]))
@example(xml.MAX_DEPTH, "i")
@example(100_000, "i")
def test_xml_is_read_or_refused(depth, name):
    text = f"<{name}>" * depth + "zinc" + f"</{name}>" * depth
    if depth <= xml.MAX_DEPTH:
        assert ("zinc" in xml.marked(xml.parse(text))) == ("msu" not in name)
        return

    with pytest.raises(InvalidXml, match="nested deeper than 100 levels"):
        xml.parse(text)


def test_entities_that_unfold_are_refused():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))

    with pytest.raises(InvalidXml, match="declares entities"):
        xml.parse(f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l8;</x>')


@pytest.mark.parametrize("text", ["[" * 100_000, json.dumps(deep(60))])
def test_an_answer_nested_without_end_is_no_verdict(text):
    reply = _reply(
        "crossref", "doi", Answer("answered", text, 200), lambda said: Answer("answered", said).json()
    )

    assert (reply.state, "nested deeper" in reply.why) == ("unreachable", True)


@pytest.mark.django_db
def test_a_library_file_nested_without_end_is_refused(tmp_path):
    (tmp_path / portable.FILE).write_text("[" * 100_000, encoding="utf-8")

    with pytest.raises(ValueError, match="nested deeper"):
        portable.load(tmp_path)
