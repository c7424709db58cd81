"""Headings: what one costs does not grow with the text around it."""

from types import SimpleNamespace

import pytest
from markdown_it.token import Token

from articles.compile.headings import number_headings


class Source:
    """A text that counts how often somebody walks through all of it."""

    def __init__(self, text):
        self.text = text
        self.walks = 0

    def split(self, mark):
        self.walks += 1
        return self.text.split(mark)


def state_of(count):
    tokens = []
    for line in range(count):
        opening = Token("heading_open", "h1", 1, map=[line, line + 1])
        text = Token("inline", "", 0, children=[Token("text", "", 0, content="Zinc")])
        tokens += [opening, text, Token("heading_close", "h1", -1)]
    return SimpleNamespace(src=Source("# Zinc\n" * count), tokens=tokens, env={"findings": []})


@pytest.mark.parametrize("count", [1, 500])
def test_many_first_level_headings_are_reported_in_one_walk_through_the_text(count):
    state = state_of(count)

    number_headings(state)

    assert state.src.walks == 1
    assert [finding.line for finding in state.env["findings"]] == list(range(1, count + 1))
    assert {finding.replacement for finding in state.env["findings"]} == {"## Zinc"}
