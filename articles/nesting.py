"""JSON and YAML of others: deep nesting, aliases and merge keys have a cap and an error in words.

A reader that calls itself ends with a RecursionError, wherever it happens to be; nine lines of YAML unfold to a
thousand million values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from typing import Any, NoReturn

import yaml

MAX_DEPTH = 50  # a record of Crossref has 9 levels, one of PubMed 15
MOST_VALUES = 2_000_000  # an export of 10,000 pictures has 60,000
MOST_MERGED = 100  # mappings that one `<<` may merge
MOST_PAIRS = 2_000  # keys of one mapping after merging
_MERGE = "tag:yaml.org,2002:merge"


class TooDeepError(ValueError):
    """The values are nested deeper than MAX_DEPTH."""

    def __init__(self) -> None:
        super().__init__(f"it is nested deeper than {MAX_DEPTH} levels")


def read_json(text: str) -> Any:
    """Return what a text of JSON says. Raises ValueError, TooDeepError among them."""
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise TooDeepError from error
    refuse_deep(found)
    return found


def refuse_deep(value: Any) -> None:
    """Raise ValueError for lists and mappings without end, or with too many values. Calls itself nowhere."""
    level, left = [value], MOST_VALUES
    for _ in range(MAX_DEPTH + 1):
        level = [one for one in level if isinstance(one, dict | list)]
        if not level:
            return
        level = list(islice((inner for outer in level for inner in _inside(outer)), left + 1))
        left -= len(level)
        if left < 0:
            raise ValueError(f"it unfolds to more than {MOST_VALUES:,} values")
    raise TooDeepError


def _inside(value: Any) -> Any:
    return value.values() if isinstance(value, Mapping) else value


class CarefulLoader(yaml.SafeLoader):
    """Safe YAML that says where it is nested too deep or merges too much."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the library is not typed
            self._refuse(str(TooDeepError()), mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Say in words what PyYAML ends with an error of its own for: `!!bool maybe`, `!!int ""`."""
        try:
            return super().construct_object(node, deep=deep)
        except (AttributeError, IndexError, KeyError):
            self._refuse(f"“{node.value}” is no {node.tag.rpartition(':')[2]}", node.start_mark)

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        merged = [value for key, value in node.value if key.tag == _MERGE]
        many = sum(len(value.value) for value in merged if isinstance(value, yaml.SequenceNode))
        if many > MOST_MERGED:
            self._refuse(f"it merges more than {MOST_MERGED} mappings into one", node.start_mark)
        super().flatten_mapping(node)
        if merged and len(node.value) > MOST_PAIRS:
            self._refuse(f"a mapping has more than {MOST_PAIRS:,} keys after merging", node.start_mark)

    def _refuse(self, problem: str, mark: yaml.Mark) -> NoReturn:
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def read_yaml(text: str) -> Any:
    """Return what a file of records says. Raises ValueError with the line."""
    try:
        found = CarefulLoader(text).get_single_data()
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
    except RecursionError as error:  # a mapping that merges itself
        raise TooDeepError from error
    refuse_deep(found)
    return found
