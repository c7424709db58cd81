"""The clone itself: locks, Makefile, migrations, sizes."""

import os
import re
import shutil
import subprocess
import tomllib

import pytest
from django.core.management import call_command
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.commands import environ
from tests.support.fixtures import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;]+)(?P<rest>.*)$", re.MULTILINE)
MACHINE = re.compile(
    r"https?://|file:|--(?:extra-)?index-url|--find-links|--trusted-host|(?:^|\s)/(?:home|root|opt)/"
)
LIMIT_LINES = 300


def pins(lock):
    return {match["name"]: match["version"] for match in PIN.finditer((ROOT / lock).read_text())}


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def tracked(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_machine_and_no_index(lock):
    assert MACHINE.findall((ROOT / lock).read_text()) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock):
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())

    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_lock_answers_the_project_file():
    wanted = [Requirement(line) for line in project()["project"]["dependencies"]]

    locked = pins("requirements.txt")

    for requirement in wanted:
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), requirement


def test_development_lock_contains_the_other_with_the_same_versions():
    run, development = pins("requirements.txt"), pins("requirements-dev.txt")

    assert {name: development.get(name) for name in run} == run


def test_development_lock_answers_the_project_file():
    wanted = [Requirement(line) for line in project()["dependency-groups"]["dev"]]

    assert [
        item.name for item in wanted if canonicalize_name(item.name) not in pins("requirements-dev.txt")
    ] == []


@pytest.mark.django_db
def test_no_model_change_lacks_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.fixture
def bare_clone(tmp_path):
    """The Makefile with the locks, and a PATH on which only the given programs are found."""
    for name in ("Makefile", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("make", "sh", "echo", "rm", "touch"):
        (programs / name).symlink_to(shutil.which(name))

    def make(*arguments):
        return subprocess.run(
            ["make", *arguments],
            cwd=tmp_path,
            env=environ(PATH=str(programs)),
            capture_output=True,
            text=True,
            check=False,
        )

    make.folder = tmp_path
    make.programs = programs
    return make


def test_make_says_that_python_is_missing(bare_clone):
    result = bare_clone("demo")

    assert result.returncode != 0
    assert "Python 3.11 or newer is missing" in result.stdout


def test_make_says_that_python_is_too_old(bare_clone):
    old = bare_clone.programs / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    result = bare_clone("test")

    assert "Python 3.11 or newer is missing" in result.stdout


def test_make_says_that_venv_is_missing(bare_clone):
    fake = bare_clone.programs / "python3"
    fake.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n')
    fake.chmod(0o755)

    result = bare_clone("demo")

    assert "venv module is missing" in result.stdout
    assert not (bare_clone.folder / ".venv").exists()


def test_make_without_a_target_explains_itself(bare_clone):
    result = bare_clone()

    assert result.returncode == 0
    assert "make demo" in result.stdout


def test_ci_is_executable_and_allows_no_skip():
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert "CHELATE_NO_SKIP=1" in script.read_text()


def test_a_part_with_a_form_is_given_the_token_of_its_page():
    """`include … only` hands no token on; the form would be refused in every browser, and in no test client."""
    folder = ROOT / "templates"
    with_form = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        if "{% csrf_token %}" in path.read_text()
    }

    wrong = [
        f"{path.relative_to(folder)}: {part}"
        for path in folder.rglob("*.html")
        for part, rest in re.findall(r'{% include "([^"]+)"([^%]*)%}', path.read_text())
        if part in with_form and rest.split()[-1:] == ["only"] and "csrf_token=csrf_token" not in rest
    ]

    assert wrong == []


def test_no_file_is_too_long():
    code = tracked("*.py", "*.html", "*.css", "*.js")
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in code}

    assert {name: length for name, length in lengths.items() if length > LIMIT_LINES} == {}
