"""The front matter at the top of a file: YAML between `---` lines, TOML between `+++` lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from articles.importers.lines import Line
from articles.importers.reading import UnreadableFileError
from articles.nesting import CarefulLoader

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_KEY = re.compile(r"^\s*[\"']?[A-Za-z_][\w .-]*[\"']?\s*[:=]")
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Header:
    """The raw front matter; `body` begins on line `body_line` of the file."""

    fence: str
    raw: str
    body: str
    body_line: int

    @property
    def comments(self) -> list[Line]:
        """The lines of the file that are comments; neither YAML nor TOML hands them on."""
        lines = enumerate(self.raw.split("\n"), start=2)
        return [Line(line, number) for number, line in lines if line.lstrip().startswith("#")]


def find_header(text: str) -> Header | None:
    """Return the front matter of a text, or None if it has none. Raises ValueError if it never ends."""
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in _FENCES:
        return None
    for position, line in enumerate(lines[1:], start=1):
        if line.rstrip() in _FENCES[fence]:
            between = lines[1:position]
            if fence == "---" and any(map(str.strip, between)) and not any(map(_KEY.match, between)):
                return None  # two rules with text between them
            return Header(fence, "\n".join(between), "\n".join(lines[position + 1 :]), position + 2)
    if len(lines) > 1 and _KEY.match(lines[1]):
        raise ValueError(f"the front matter that begins here is never closed by a line {fence}.")
    return None


class _Loader(CarefulLoader):
    """Safe YAML in which a key given twice is noted and a wrong date stays the text it is."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[int, str, str]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(getattr(key, "value", ""))
            if name in seen and name != "<<":
                self.repeated.append((key.start_mark.line, name, _source(seen[name])))
            seen[name] = value
        return super().construct_mapping(node, deep=deep)

    def construct_date(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return self.construct_scalar(node)


def _source(node: yaml.Node) -> str:
    """Return the characters that a value was written with."""
    buffer = node.start_mark.buffer or ""
    return buffer[node.start_mark.pointer : node.end_mark.pointer].strip("\0 \n")


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)


def parse(header: Header, path: Path) -> tuple[Mapping[str, Any], list[str]]:
    """Return the keys and values, and what was not understood. Raises UnreadableFileError with file and line."""
    if header.fence == "+++":
        return _parse_toml(header, path), []
    try:
        loader = _Loader(header.raw + "\n")
        found = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        advice = (
            " Put the value in quotation marks if it holds a colon."
            if "mapping values" in str(error.problem)
            else ""
        )
        raise UnreadableFileError(
            path, f"the front matter is not valid YAML ({error.problem}).{advice}", line
        ) from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise UnreadableFileError(path, f"the front matter is not valid YAML ({_say(error)}).", 1) from error
    if found is None:
        return {}, []
    if not isinstance(found, dict):
        raise UnreadableFileError(path, "the front matter must consist of “key: value” lines.", 2)
    notes = [
        f"Line {line + 2}: “{name}” stands twice in the front matter; the last value counts, “{lost}” does not."
        for line, name, lost in loader.repeated
    ]
    return {str(key): value for key, value in found.items()}, notes


def _parse_toml(header: Header, path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(header.raw)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place.group(1)) + 1 if place else header.body_line - 2
        problem = _TOML_PLACE.sub("", str(error)).strip()
        raise UnreadableFileError(path, f"the front matter is not valid TOML ({problem}).", line) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(path, f"the front matter is not valid TOML ({_say(error)}).", 1) from error


def _say(error: Exception) -> str:
    return "it is nested too deep" if isinstance(error, RecursionError) else " ".join(str(error).split())
