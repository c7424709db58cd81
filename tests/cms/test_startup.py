"""Starting up: fast, and a plugin that breaks Django is named with the switch that turns it off."""

import textwrap

import pytest

from tests.support.commands import manage, python

LAZY = ("sklearn", "scipy", "numpy", "PIL.AvifImagePlugin", "pypandoc", "playwright")


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """Return a function that puts a third-party plugin named "broken" on the path of started processes."""

    def install(name="broken", **files):
        package = tmp_path / name
        package.mkdir()
        for module, text in {"__init__": "", **files}.items():
            (package / f"{module}.py").write_text(textwrap.dedent(text))
        info = tmp_path / f"{name}-2.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.1\n")
        (info / "entry_points.txt").write_text(f"[chelate.plugins]\n{name} = {name}\n")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return install


def test_start_up_imports_nothing_that_only_the_worker_needs():
    code = (
        f"import django, sys; django.setup(); import cms.urls; print([m for m in {LAZY} if m in sys.modules])"
    )

    result = python("-c", code, DEBUG="true", DJANGO_SETTINGS_MODULE="cms.settings", CHELATE_SAFE_MODE="1")

    assert result.stdout.splitlines()[-1:] == ["[]"], result.stdout + result.stderr


@pytest.mark.parametrize(
    ("models", "words"),
    [
        ("raise ValueError('no such table')", "ValueError: no such table"),
        (
            "import a_module_that_is_missing",
            "ModuleNotFoundError: No module named 'a_module_that_is_missing'",
        ),
        ("def (:", "SyntaxError: invalid syntax"),
    ],
)
def test_broken_models_name_the_plugin_and_its_switch(plugin, models, words):
    plugin(models=models)

    result = manage("check", DEBUG="true")

    assert result.returncode == 1
    assert f"Plugin broken 2.1 stops Django: {words}" in result.stderr
    assert "CHELATE_PLUGINS_OFF=broken (or CHELATE_SAFE_MODE=1" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_switch_named_in_the_message_works(plugin):
    plugin(models="raise ValueError('broken')")

    assert manage("check", DEBUG="true", CHELATE_PLUGINS_OFF="broken").returncode == 0
    assert manage("check", DEBUG="true", CHELATE_SAFE_MODE="1").returncode == 0


def test_a_plugin_whose_package_is_gone_is_named(plugin, tmp_path):
    plugin()
    (tmp_path / "broken" / "__init__.py").unlink()
    (tmp_path / "broken").rmdir()

    result = manage("check", DEBUG="true")

    assert "Plugin broken 2.1 stops Django" in result.stderr


def test_the_traceback_is_there_for_who_asks(plugin):
    plugin(models="raise ValueError('broken')")

    result = manage("check", "--traceback", DEBUG="true")

    assert "Traceback" in result.stderr
    assert "CHELATE_PLUGINS_OFF=broken" in result.stderr


def test_the_web_server_shows_the_switch_too(plugin):
    plugin(models="raise ValueError('broken')")

    result = python("-c", "import cms.wsgi", DEBUG="true")

    assert result.returncode == 1
    assert "CHELATE_PLUGINS_OFF=broken" in result.stderr


def test_an_error_of_our_own_is_not_blamed_on_a_plugin(plugin):
    plugin()

    result = manage("check", DEBUG="true", DATABASE_URL="postgresql://localhost:1/none?bad=option")

    assert "stops Django" not in result.stderr


def test_a_command_of_a_plugin_that_fails_is_shown_as_it_is(plugin, tmp_path):
    plugin()
    folder = tmp_path / "broken" / "management" / "commands"
    folder.mkdir(parents=True)
    (folder / "stumble.py").write_text(
        "from django.core.management.base import BaseCommand\n"
        "class Command(BaseCommand):\n"
        "    def handle(self, **options): raise ValueError('stumbled')\n"
    )

    result = manage("stumble", DEBUG="true")

    assert "ValueError: stumbled" in result.stderr
    assert "stops Django" not in result.stderr


def test_importing_the_settings_imports_no_plugin(plugin):
    plugin(__init__="raise ValueError('imported')")

    result = python("-c", "import cms.settings", DEBUG="true")

    assert result.returncode == 0, result.stderr


def test_a_plugin_replaces_a_template_of_the_core(plugin, tmp_path):
    plugin()
    (tmp_path / "broken" / "templates").mkdir()
    (tmp_path / "broken" / "templates" / "404.html").write_text("replaced")
    code = (
        "import django; django.setup(); from django.template.loader import get_template as g; "
        "print(g('404.html').render()); print(g('500.html').origin.name)"
    )

    result = python("-c", code, DEBUG="true", DJANGO_SETTINGS_MODULE="cms.settings")

    lines = result.stdout.splitlines()
    assert lines[-2:-1] == ["replaced"], result.stderr
    assert lines[-1].endswith("/templates/500.html")
    assert str(tmp_path) not in lines[-1]
