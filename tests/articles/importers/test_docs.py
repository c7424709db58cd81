"""docs/import.md lists every finding of the import, and no other."""

import re

from tests.support.fixtures import ROOT

SOURCES = [*(ROOT / "articles" / "importers").glob("*.py"), *(ROOT / "articles" / "intake").glob("*.py")]
OF_LINT = {"IMP20"}


def test_every_finding_is_explained():
    table = (ROOT / "docs" / "import.md").read_text()
    used = {name for path in SOURCES for name in re.findall(r"\"(IMP\d\d)\"", path.read_text())}

    assert set(re.findall(r"\| (IMP\d\d) \|", table)) == used | OF_LINT


def test_every_option_is_explained():
    command = (ROOT / "articles" / "management" / "commands" / "import_content.py").read_text()
    options = set(re.findall(r"\"(--[a-z-]+)\"", command))

    assert options == set(re.findall(r"--[a-z-]+", (ROOT / "docs" / "import.md").read_text().split("```")[1]))
