import json

import pytest

from references.formats import csl_json

ITEM = {"id": "a", "title": "Zinc"}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ITEM),
        json.dumps([ITEM]),
        json.dumps({"items": [ITEM]}),
        f"\n{json.dumps([ITEM], indent=2)}\n",
    ],
    ids=["one", "list", "items", "indented"],
)
def test_items_are_read_from_every_wrapping(text):
    assert [entry.item for entry in csl_json.read(text).entries] == [ITEM]


def test_one_item_a_line_is_read_and_bad_lines_are_named():
    batch = csl_json.read(f'{json.dumps(ITEM)}\n{{"title": \n\n{json.dumps(ITEM)}\n')

    assert [entry.line for entry in batch.entries] == [1, 4]
    assert [problem.line for problem in batch.problems] == [2]


def test_broken_json_is_reported_at_its_line():
    batch = csl_json.read('[\n{"title": "a"},\n{"title": b"}\n]')

    assert not batch.entries
    assert batch.problems[0].line == 3


@pytest.mark.parametrize("odd", ["text", 3, None, ["x"], {}, {"header": {"type": "esearch"}}])
def test_what_is_no_item_is_reported(odd):
    batch = csl_json.read(json.dumps([ITEM, odd]))

    assert (len(batch.entries), len(batch.problems)) == (1, 1)


def test_deep_nesting_does_not_stop_the_reader():
    assert csl_json.read("[" * 100_000).problems


def test_what_is_written_is_read_back():
    assert [entry.item for entry in csl_json.read(csl_json.write([ITEM])).entries] == [ITEM]
