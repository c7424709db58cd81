import json
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from articles.models import CheckSetting

SENTENCE = "Copper is carried in the blood by a protein that also moves iron from the liver."


@pytest.fixture(autouse=True)
def unsigned(request):
    """Let the files of these tests have no author: what they are about is elsewhere."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        CheckSetting.objects.create(check_id="TRU01", is_on=False, note="Samples have no author.")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working folder of the command."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def write(folder):
    def write(name, body=SENTENCE, **front_matter):
        """Write a file with front matter; `title=None` leaves the front matter out."""
        values = {"title": "Copper and You", "slug": "copper"} | front_matter
        lines = [f"{key}: {value}\n" for key, value in values.items() if value is not None]
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\n" + "".join(lines) + f"---\n{body}\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def lint():
    """Run the command; the answer has `code`, `out` and `err`, and `found` if it wrote JSON."""

    def lint(*paths, kind="json", **options):
        out, err, code = StringIO(), StringIO(), 0
        try:
            call_command("lint", *map(str, paths), format=kind, stdout=out, stderr=err, **options)
        except SystemExit as end:
            code = end.code
        found = json.loads(out.getvalue()) if kind == "json" else None
        return SimpleNamespace(code=code, out=out.getvalue(), err=err.getvalue(), found=found)

    return lint
