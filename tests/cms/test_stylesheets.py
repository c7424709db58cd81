"""The rules of the style guide for CSS, read from the files themselves."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "cms/static/cms/css"
FILES = sorted(
    path for path in FOLDER.glob("*.css") if path.name not in {"site.css", "tokens.css", "print.css"}
)
TEXT_COLOURS = [
    "ink", "ink-soft", "link", "bond", "statistic", "clinical", "research", "insight", "plain", "warning",
]  # fmt: skip
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|color-mix)\(", re.IGNORECASE)
SIZE = re.compile(r"(?<![\w-])\d*\.?\d+(?:px|rem|pt|cm)\b")


def rules(path):
    """The file without comments and without the conditions of @media and @container, which take no variables."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    return re.sub(r"@(?:media|container)[^{]*", "", text)


def tokens(scheme):
    light, dark = (FOLDER / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else {**found, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))}


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_component_takes_its_colours_from_the_tokens(path):
    assert COLOUR.findall(rules(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_component_takes_its_sizes_from_the_tokens(path):
    assert SIZE.findall(rules(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_component_uses_only_names_that_exist(path):
    text = path.read_text()
    known = set(re.findall(r"(--[\w-]+):", (FOLDER / "tokens.css").read_text() + text))

    assert set(re.findall(r"var\((--[\w-]+)", text)) - known == set()


def test_no_token_is_idle():
    used = "".join(path.read_text() for path in FOLDER.glob("*.css"))
    declared = re.findall(r"^  (--[\w-]+):", (FOLDER / "tokens.css").read_text(), re.MULTILINE)

    assert [name for name in declared if f"var({name})" not in used] == []


def test_stylesheet_imports_every_file():
    imported = re.findall(r'@import "([\w.-]+)";', (FOLDER / "site.css").read_text())

    assert sorted(imported) == sorted(path.name for path in FOLDER.glob("*.css") if path.name != "site.css")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash", "mark"])
@pytest.mark.parametrize("name", TEXT_COLOURS)
def test_text_has_enough_contrast(scheme, ground, name):
    colours = tokens(scheme)

    assert contrast(colours[name], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_of_cells_have_enough_contrast(scheme):
    colours = tokens(scheme)

    assert contrast(colours["line-strong"], colours["paper"]) >= 3
