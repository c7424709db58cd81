import importlib
from functools import cache

import pytest

from articles.intake import Options, import_paths
from cms import plugins
from cms.apps import package_of


@cache
def kernel_alone():
    importlib.import_module("cms.urls")  # it mounts what the full registry names, once and for all
    specs = [spec for spec in plugins.registry().plugins if spec.name == plugins.KERNEL]
    return plugins.load(specs, package_of)


@pytest.fixture
def kernel_only():
    """The plugins add records, findings and checks of their own; most tests look at the kernel's part."""
    with plugins.use_registry(kernel_alone()) as registry:
        yield registry


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


@pytest.fixture
def write(folder):
    def write(name, text):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(folder):
    """Import the whole folder; keyword arguments are options."""

    def run(*paths, **options):
        return import_paths(paths or [folder], Options(**options))

    return run
