"""Text for people, SARIF for code hosts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.color import color_style, no_style

from articles.linting import Result, Said
from articles.linting.sarif import as_sarif
from articles.linting.text import write_text
from tests.support.commands import environ
from tests.support.fixtures import ROOT

BASE = Path("/site")


def said(identifier="MD04", severity="error", file="/site/a.md", line=3, **values):
    values = {
        "critical": False,
        "quote": "art:x",
        "message": "No such article.",
        "fix": "Choose one.",
    } | values
    return Said(identifier, severity, file=Path(file), line=line, **values)


def result(*findings, **values):
    files = list(dict.fromkeys(finding.file for finding in findings))
    return Result(findings, **({"files": files} | values))


def text(*findings, **values):
    return write_text(result(*findings, **values), no_style())


def sarif(*findings, **values):
    return as_sarif(result(*findings, **values), BASE)


def test_text_is_grouped_by_file():
    lines = text(said(), said(line=9), said(file="/site/b.md")).splitlines()

    assert [line for line in lines if line.startswith("/site")] == ["/site/a.md", "/site/b.md"]
    assert "    3  error     MD04   No such article.  “art:x”" in lines
    assert lines[lines.index("/site/a.md") + 2].endswith("→ Choose one.")


def test_a_critical_finding_and_a_note_say_so():
    written = text(said(critical=True), said(severity="info"))

    assert "  critical  MD04" in written
    assert "  note      MD04" in written


def test_a_note_needs_no_advice():
    assert "→" not in text(said(severity="info"))


def test_words_that_the_message_names_are_not_said_twice():
    assert text(said(message="There is no art:x.")).count("art:x") == 1


@pytest.mark.parametrize(
    ("findings", "summary"),
    [
        (
            [said(), said(severity="warning"), said(severity="info"), said(severity="info")],
            "1 file checked: 1 error, 1 warning, 2 notes.",
        ),
        ([said(severity="warning"), said(severity="warning")], "1 file checked: 2 warnings."),
    ],
)
def test_the_last_line_counts(findings, summary):
    assert text(*findings).splitlines()[-1] == summary


def test_the_last_line_counts_files_that_cannot_be_read():
    written = text(said(), files=[Path("/site/a.md"), Path("/site/b.md")], unreadable=[Path("/site/a.md")])

    assert written.splitlines()[-1] == "1 file checked: 1 error, 1 file not readable."


def test_nothing_found_is_said():
    assert text(files=[Path("a.md"), Path("b.md")]) == "2 files checked, nothing found.\n"


def test_colour_is_the_style_s():
    style = color_style(force_color=True)

    assert "\x1b[" in write_text(result(said()), style)
    assert "\x1b[" not in text(said())


@pytest.mark.django_db
def test_colour_only_on_a_terminal(folder, lint, monkeypatch):
    monkeypatch.setattr("django.core.management.color.supports_color", lambda: True)
    (folder / "a.md").write_text("[x](art:nowhere)")

    assert "\x1b[" not in lint("a.md", kind="text").out
    assert "\x1b[" in lint("a.md", kind="text", force_color=True).out


def test_sarif_names_its_version_tool_and_rules():
    log = sarif(said(), said("IMP01", "info"))

    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    assert run["tool"]["driver"]["name"] == "Chelate"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["IMP01", "MD04"]


def test_a_sarif_result_points_at_its_rule_and_place():
    [one] = sarif(said())["runs"][0]["results"]

    assert (one["ruleId"], one["ruleIndex"], one["level"]) == ("MD04", 0, "error")
    assert one["message"] == {"text": "No such article. Choose one."}
    assert one["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a.md"},
                "region": {"startLine": 3, "snippet": {"text": "art:x"}},
            }
        }
    ]


@pytest.mark.parametrize(
    ("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "note")]
)
def test_sarif_levels(severity, level):
    log = sarif(said(severity=severity))

    assert log["runs"][0]["results"][0]["level"] == level
    assert log["runs"][0]["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": level}


def test_a_rule_has_the_level_of_its_check_or_the_worst_found():
    rules = sarif(said("EVD06", "error"), said("X", "info"), said("X", "warning"))["runs"][0]["tool"][
        "driver"
    ]

    assert [rule["defaultConfiguration"]["level"] for rule in rules["rules"]] == ["note", "warning"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("/site/texts/a.md", "texts/a.md"),
        ("/elsewhere/a.md", "../elsewhere/a.md"),
        ("/site/Süße Äpfel #1.md", "S%C3%BC%C3%9Fe%20%C3%84pfel%20%231.md"),
        ("/site/a:b.md", "a%3Ab.md"),
    ],
)
def test_sarif_addresses_are_relative(file, uri):
    [one] = sarif(said(file=file))["runs"][0]["results"]

    assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_finding_without_words_has_no_snippet():
    [one] = sarif(said(quote=""))["runs"][0]["results"]

    assert one["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}


@pytest.mark.parametrize(("unreadable", "is_fine"), [([], True), ([Path("/site/a.md")], False)])
def test_sarif_says_whether_every_file_was_read(unreadable, is_fine):
    [run] = sarif(said(), unreadable=unreadable)["runs"]

    assert run["invocations"] == [{"executionSuccessful": is_fine}]


def test_the_real_command_ends_with_its_code(tmp_path):
    """In a process of its own: the code is what a build server sees."""
    database = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    (tmp_path / "a.md").write_text("[x](art:nowhere)\n")
    variables = environ(DEBUG="true", DATABASE_URL=database, CHELATE_SAFE_MODE="true", LOG_LEVEL="WARNING")
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=variables, check=True, timeout=120)

    done = subprocess.run(
        [*manage, "lint", "a.md", "--format", "sarif"],
        cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert json.loads(done.stdout)["runs"][0]["results"][0]["ruleId"] in {"MD04", "IMP09"}
