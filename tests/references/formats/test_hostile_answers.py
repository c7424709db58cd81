"""Saved answers of the sources that are broken, deep or of another shape: a word to the editor, never an error."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import formats
from tests.references.patience import patient
from tests.references.sources import payloads

DEEP = "[" * 100_000
SUMMARY = {"uid": "1", "title": "Zinc", "pubdate": "2010 Feb 6", "authors": [{"name": "Smith JB"}]}


def esummary(*works):
    found = {str(number): work for number, work in enumerate(works, 1)}
    return json.dumps({"header": {"type": "esummary"}, "result": {"uids": list(found), **found}})


def crossref(*works):
    return json.dumps({"message-type": "work-list", "message": {"items": list(works)}})


def openalex(*works):
    return json.dumps({"meta": {}, "id": "https://openalex.org/W", "results": list(works)})


WORKS = {  # a source, how its answer holds works, one of them
    "crossref": (crossref, json.loads(payloads.crossref())["message"]),
    "openalex": (openalex, json.loads(payloads.openalex())),
    "europepmc": (payloads.europepmc, payloads.europepmc_result()),
    "esummary": (esummary, SUMMARY),
}
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def replaced(value, path, junk):
    """Return the value with junk where the path leads; a path that is too long ends earlier."""
    if not path or not isinstance(value, dict | list) or not value:
        return junk
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[path[0] % len(keys)]
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = replaced(value[key], path[1:], junk)
    return copy


@pytest.mark.parametrize(
    "text",
    [
        '{"resultList": ',
        '{"header": {"type": "esummary"}, "result": ',
        '{"message-type": "work", "message": ',
        '{"id": "https://openalex.org/W1", "a": ',
        '{"title": ',
    ],
)
def test_brackets_without_end_are_a_problem_and_no_error(text):
    batch = formats.read((text + DEEP).encode())

    assert not batch.entries
    assert [problem.line for problem in batch.problems] == [1]


@pytest.mark.parametrize("source", WORKS)
@pytest.mark.parametrize("bad", [None, 7, "words", [], [1]])
def test_a_work_of_another_shape_takes_no_other_with_it(source, bad):
    answer, work = WORKS[source]

    batch = formats.read(answer(work, bad, work).encode())

    titles = [entry.item["title"] for entry in batch.entries if entry.item.get("title")]
    assert len(titles) == 2
    assert len(batch.entries) + len(batch.problems) <= 3


@pytest.mark.parametrize("source", WORKS)
@patient
@given(path=st.lists(st.integers(0, 20), min_size=1, max_size=5), junk=JUNK)
def test_no_value_stops_the_reader(source, path, junk):
    answer, work = WORKS[source]

    batch = formats.read(answer(replaced(work, path, junk), work).encode())
    items, _ = formats.cleaned(batch)

    assert any(item.get("title", "").startswith("Zinc") for item, _ in items)


@pytest.mark.parametrize("result", [None, [], {}, 3, "x", {"uids": None}, {"uids": 3}, {"uids": ["1"]}])
def test_pubmeds_short_answer_without_works_is_empty(result):
    text = json.dumps({"header": {"type": "esummary"}, "result": result})

    assert not formats.read(text.encode()).entries[1:]


@pytest.mark.parametrize(
    ("work", "name", "expected"),
    [
        ({"articleids": [{"idtype": "pmc", "value": "PMC12.2"}]}, "PMCID", "PMC12"),
        ({"articleids": [{"idtype": "doi", "value": "10.1234/A"}]}, "DOI", "10.1234/a"),
        ({"pubdate": "2010 Feb 6"}, "issued", {"date-parts": [[2010, 2, 6]]}),
        ({"pubdate": "2010 Nov-Dec"}, "issued", {"date-parts": [[2010, 11]]}),
        ({"pubdate": "2010 Spring"}, "issued", {"date-parts": [[2010]]}),
        ({"title": "[Zink und Schlaf]."}, "title", "Zink und Schlaf"),
        ({"authors": [{"name": "van den Berg AB"}]}, "author", [{"family": "van den Berg", "given": "AB"}]),
        ({"fulljournalname": "Lancet (London, England)", "source": "Lancet"}, "container-title-short", "Lancet"),
    ],
)  # fmt: skip
def test_pubmeds_short_answer_has_csls_names(work, name, expected):
    batch = formats.read(esummary({"uid": "1", "title": "Zinc", **work}).encode())

    [(item, _)], _ = formats.cleaned(batch)

    assert item[name] == expected
