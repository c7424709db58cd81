import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.packages import write_package
from tests.plugins.sites import copy_of, new_site

SAMPLE = Path(__file__).with_name("sample")
OFFLINE = ("--offline", "--no-index")


def uv(*arguments):
    result = subprocess.run(
        [sys.executable, "-m", "uv", *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="session")
def glossary(tmp_path_factory):
    """Build the sample plugin's wheel without any index, install it into a folder of its own, and return that."""
    folder = tmp_path_factory.mktemp("glossary")
    uv("build", "--wheel", *OFFLINE, "--out-dir", str(folder / "dist"), str(SAMPLE))
    [wheel] = (folder / "dist").glob("*.whl")
    target = folder / "site-packages"
    uv(
        *("pip", "install", *OFFLINE, "--no-deps", "--python", sys.executable),
        *("--target", str(target), str(wheel)),
    )
    return target


@pytest.fixture
def third_party(tmp_path):
    """Return a function that installs a package with these modules as a plugin, and the folder it is in."""

    def add(name, *, version="1.0", folder="site-packages", **modules):
        write_package(tmp_path / folder, name, version, **modules)
        return tmp_path / folder

    return add


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory):
    """A site with all first-party plugins and an empty, migrated database. Copy it before use."""
    site = new_site(tmp_path_factory.mktemp("empty") / "site")
    assert site.travel("migrate") == {"migrate": "ok"}
    return site


@pytest.fixture(scope="session")
def filled_site(tmp_path_factory, empty_site):
    """The same with an article that uses every plugin. Copy it before use."""
    site = copy_of(empty_site, tmp_path_factory.mktemp("filled") / "site")
    answers = site.travel("fill", "read", "preview")
    assert set(answers["read"].values()) == {200}, answers
    assert answers["preview"] == [], answers
    return site
