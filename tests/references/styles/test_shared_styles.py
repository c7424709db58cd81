"""Every work of the sample files, beside what pandoc makes of it without us."""

import json
import re
import subprocess
from html import unescape

import pytest

from references import formats, markup
from references.styles import find, pandoc, render

pytestmark = pytest.mark.shared

LABEL = re.compile(r", ?(?:eds?\.|editors?)(?=[A-Z])")  # ", eds.Bass L": the label in front of the name


@pytest.fixture(scope="module")
def works(request):
    folder = request.getfixturevalue("shared_dir") / "fixtures" / "citations"
    found = {}
    for path in sorted(folder.rglob("*.*")):
        if path.parent.name in {"bibtex", "ris", "crossref", "pubmed", "openalex", "europepmc"}:
            try:
                batch = formats.read(path.read_bytes())
            except ValueError:  # a list of samples, and a search answer without works
                continue
            for item, _ in formats.cleaned(batch)[0]:
                found[f"w{len(found):03}"] = item
    return found


def alone(style, works, folder):
    """Let pandoc's own command line write the list, as a user would: a text, a style, a bibliography."""
    items = []
    for key, work in works.items():
        item = {
            name: value
            for name, value in work.items()
            if name not in {"custom", "note", "abstract", "keyword"}
        }
        serial = item.get("ISSN")
        item |= {"ISSN": serial[0]} if isinstance(serial, list) and serial else {}
        items.append({**item, "id": key, "title": markup.unescaped(item.get("title", ""))})
    (folder / "items.json").write_text(json.dumps(items))
    (folder / "text.md").write_text("---\nnocite: '@*'\nlang: en-US\n---\n")
    command = [
        pandoc.program(),
        "text.md",
        "--to=html",
        "--wrap=none",
        "--citeproc",
        "--bibliography=items.json",
    ]
    done = subprocess.run(
        [*command, f"--csl={pandoc.style_file(find(style).csl)}"], cwd=folder, capture_output=True, check=True
    )
    parts = re.split(r'<div id="ref-(w\d+)"[^>]*>', done.stdout.decode())
    return {key: plain(html) for key, html in zip(parts[1::2], parts[2::2], strict=True)}


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.parametrize("style", ["apa", "ama", "vancouver"])
def test_every_entry_reads_as_pandoc_writes_it(works, style, tmp_path):
    theirs = alone(style, works, tmp_path)

    ours = {entry.key: plain(f"{entry.number} {entry.html}") for entry in render(style, "en", works).entries}

    assert len(ours) == len(theirs) == len(works) > 150
    different = {key for key in works if ours[key] != theirs[key]}
    # pandoc writes the label of editors before their names where a style leaves `<name/>` out; we do not.
    misplaced = {key for key in works if LABEL.search(theirs[key])}
    assert different == misplaced
    assert not [ours[key] for key in different if LABEL.search(ours[key])]
    assert bool(misplaced) == (style != "apa")
