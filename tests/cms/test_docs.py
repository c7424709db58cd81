"""The documents are true: what they name exists, and what exists is named."""

import re

import pytest
from django.core.management import get_commands

from cms import hookspecs
from cms.contracts import Document, Snapshot, Source
from cms.plugins import HOOK_TYPES
from tests.support.fixtures import ROOT

DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
OURS = ("cms", "articles", "references", "disclaimers", "affiliates", "claims")
READERS = re.compile(r'env_(?:str|bool|int|list|url|choice)\(\s*"([A-Z_]+)"')
DEVELOPMENT = {"CHELATE_TEST_DB", "CHELATE_NO_SKIP"}


def text_of(paths):
    return "\n".join(path.read_text() for path in paths)


def variables_read():
    return set(READERS.findall(text_of((ROOT / "cms").glob("*.py"))))


def anchors(document):
    titles = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def test_readme_lists_every_variable_and_no_other():
    table = (ROOT / "README.md").read_text().split("## Configure it")[1].split("## Operate it")[0]

    assert set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == variables_read()


def test_variables_named_anywhere_exist():
    named = set(re.findall(r"\bCHELATE_[A-Z_]+", text_of(DOCUMENTS)))

    assert named - variables_read() - DEVELOPMENT == set()


def test_operators_page_lists_every_check():
    named = set(re.findall(r"cms\.[WE]\d{3}", (ROOT / "docs" / "operators.md").read_text()))

    assert named == set(re.findall(r'id="(cms\.[WE]\d{3})"', text_of((ROOT / "cms").glob("*.py"))))


def test_commands_named_in_the_documents_exist():
    named = set(re.findall(r"manage\.py ([a-z_]+)", text_of(DOCUMENTS)))

    assert named - set(get_commands()) == set()


def test_operators_page_lists_every_command_of_ours():
    ours = {path.stem for app in OURS for path in (ROOT / app).glob("management/commands/[a-z]*.py")}
    table = (ROOT / "docs" / "operators.md").read_text().split("## Commands")[1].split("\n## ")[0]

    assert set(re.findall(r"^\| `([a-z_]+)", table, re.MULTILINE)) == ours


def test_make_targets_named_in_the_documents_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text_of(DOCUMENTS), re.MULTILINE)) <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#\s:]*)(?:#([\w-]+))?\)", document.read_text())

    for path, anchor in links:
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), f"{path}#{anchor}"


def test_readme_starts_with_the_two_commands():
    first_block = (ROOT / "README.md").read_text().split("```")[1]

    assert re.findall(r"^make \w+", first_block, re.MULTILINE) == ["make demo", "make test"]


def test_plugin_page_lists_every_hook_with_what_it_returns():
    rows = re.findall(
        r"^\| `(\w+)\(\)` \| `(\w+)` \|", (ROOT / "docs" / "plugins.md").read_text(), re.MULTILINE
    )

    assert dict(rows) == {hook: returned.__name__ for hook, returned in HOOK_TYPES.items()}


def test_the_example_plugin_of_the_plugin_page_works():
    blocks = re.findall(r"```python\n(.+?)```", (ROOT / "docs" / "plugins.md").read_text(), re.DOTALL)
    plugin = {}
    exec(blocks[0], plugin)

    [check] = plugin["publish_checks"]()
    found = check.run(Snapshot(Source("Short."), Document("<p>Short.</p>", text="Short.")))

    assert [(finding.id, finding.severity) for finding in found] == [("SHOP01", "warning")]


@pytest.mark.parametrize("hook", HOOK_TYPES)
def test_every_hook_and_its_object_explain_themselves(hook):
    returned = HOOK_TYPES[hook]

    assert getattr(hookspecs, hook).__doc__
    assert not returned.__doc__.startswith(f"{returned.__name__}(")  # what a dataclass gets by itself
