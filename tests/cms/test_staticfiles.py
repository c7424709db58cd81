import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from cms.staticfiles import STYLESHEET


@pytest.fixture
def collect(settings, tmp_path):
    """Return a function that collects the static files; `overrides` win over the files of the apps."""
    overrides = tmp_path / "overrides"
    (overrides / "cms/css").mkdir(parents=True)
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [overrides, settings.BASE_DIR / "cms/static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "cms.staticfiles.SiteStaticFilesStorage"},
    }

    def run(**files):
        for name, text in files.items():
            (overrides / f"cms/css/{name}.css").write_text(text)
        call_command("collectstatic", interactive=False, verbosity=0)
        return (settings.STATIC_ROOT / staticfiles_storage.stored_name(STYLESHEET)).read_text()

    return run


def test_stylesheet_is_one_file(collect):
    css = collect()

    assert "@import" not in css
    assert ".callout--statistic" in css
    assert css.index("--paper:") < css.index(".masthead")


def test_pictures_of_the_stylesheet_are_the_hashed_ones(collect):
    css = collect()

    assert 'url("../plates/0.' in css
    assert 'url("../plates/0.svg")' not in css


def test_changed_part_changes_the_stylesheet(collect):
    collect(pager=".pager { gap: 1em; }")

    css = collect(pager=".pager { gap: 2em; }")

    assert ".pager { gap: 2em; }" in css
    assert "gap: 1em" not in css
