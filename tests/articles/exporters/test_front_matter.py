"""Front matter as YAML: nothing changes on the way, whoever reads it."""

import re

import pytest
import yaml
from hypothesis import given

from articles.exporters.front_matter import write_front_matter
from tests.articles.exporters.strategies import FRONT_MATTERS, ODD


def lines_of(values):
    return write_front_matter(values).splitlines()


@given(FRONT_MATTERS)
def test_the_same_values_come_back(values):
    assert yaml.safe_load(write_front_matter(values)) == values


@given(FRONT_MATTERS)
def test_no_line_can_be_taken_for_a_fence_or_a_comment(values):
    for line in write_front_matter({"format": "chelate"} | values).split("\n"):
        assert line.rstrip() not in {"---", "...", "+++"}
        assert not line.lstrip().startswith("#")


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_come_back_as_texts(text):
    assert yaml.safe_load(write_front_matter({"title": text})) == {"title": text}


@pytest.mark.parametrize(
    "text",
    ["1e5", "0o17", "1_000", "12:30:00", "y", "N", "on", "2024-01-01", "+1", ".5", "~", "-1", "1.0.2", "Off"],
)
def test_what_another_tool_could_take_for_something_else_is_quoted(text):
    assert lines_of({"title": text}) == [f"title: '{text}'"]


def test_an_ordinary_text_stays_bare():
    assert lines_of({"title": "Zinc and copper", "tags": ["trace minerals"]}) == [
        "title: Zinc and copper",
        "tags:",
        "- trace minerals",
    ]


def test_letters_of_every_script_stay_readable():
    assert lines_of({"title": "Süße 亜鉛 🧪"}) == ["title: Süße 亜鉛 🧪"]


def test_keys_stand_in_the_order_of_the_documents():
    values = dict.fromkeys(["references", "zebra", "slug", "apple", "title", "affiliate_link"], "x")

    assert re.findall(r"^\w+", write_front_matter(values), re.MULTILINE) == [
        "title",
        "slug",
        "affiliate_link",
        "apple",
        "zebra",
        "references",
    ]


def test_the_order_of_inner_keys_does_not_depend_on_the_database():
    one = {"references": [{"volume": "1", "title": "Zinc", "id": "a", "DOI": "10.1/a"}]}
    other = {"references": [{"DOI": "10.1/a", "id": "a", "title": "Zinc", "volume": "1"}]}

    assert write_front_matter(one) == write_front_matter(other)
    assert re.findall(r"(\w+):", write_front_matter(one))[1:] == ["id", "title", "DOI", "volume"]


def test_a_value_that_stands_twice_is_written_twice():
    shared = ["zinc"]

    assert "&" not in write_front_matter({"tags": shared, "more": shared})


@pytest.mark.parametrize("text", [*ODD, "Long " * 200])
def test_a_text_takes_one_line(text):
    assert write_front_matter({"title": text}).count("\n") == 1
