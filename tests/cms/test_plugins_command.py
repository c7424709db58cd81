"""`manage.py plugins`: what is installed, what is wrong with it, and what is left of what is gone."""

import io
import json
from dataclasses import replace
from subprocess import CompletedProcess, TimeoutExpired

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cms import orphans, plugins
from cms.discovery import PluginSpec, Problem
from cms.management.commands import plugins as command

SHOP = PluginSpec("shop", "chelate_shop", "2.1")


def run(*arguments, **options):
    out = io.StringIO()
    call_command("plugins", *arguments, stdout=out, no_color=True, **options)
    return out.getvalue()


@pytest.fixture
def shop():
    """A third-party plugin that is on and has a problem."""
    now = plugins.registry()
    with_shop = replace(
        now,
        plugins=(*now.plugins, SHOP),
        hooks={**now.hooks, "shop": ("embeds", "slots")},
        problems=(Problem(SHOP, "there is no hook named embed."),),
    )
    with plugins.use_registry(with_shop):
        yield


@pytest.fixture
def gone(transactional_db):
    """The tables of a plugin that is not installed any more, and one whose name starts like it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ghost_term (id integer PRIMARY KEY)")
        cursor.execute(
            "CREATE TABLE ghost_use (id integer PRIMARY KEY, term_id integer REFERENCES ghost_term (id))"
        )
        cursor.execute("CREATE TABLE ghost_extra_thing (id integer PRIMARY KEY)")
        cursor.execute("INSERT INTO ghost_term VALUES (1), (2)")
        cursor.execute("INSERT INTO ghost_use VALUES (1, 2)")
    recorder = MigrationRecorder(connection)
    recorder.record_applied("ghost", "0001_initial")
    recorder.record_applied("ghost_extra", "0001_initial")
    ContentType.objects.create(app_label="ghost", model="term")
    yield
    recorder.migration_qs.filter(app__startswith="ghost").delete()
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("ghost_"):
                cursor.execute(f"DROP TABLE {table}{cascade}")


def tables():
    return {table for table in connection.introspection.table_names() if table.startswith("ghost_")}


@pytest.mark.django_db
def test_every_plugin_is_listed_with_its_hooks():
    lines = run().splitlines()

    assert "disclaimers (part of Chelate): on" in lines
    assert "  hooks: article_parts, markdown, portables, publish_checks, slots" in lines
    assert not [line for line in lines if "articles (" in line]


@pytest.mark.django_db
def test_version_and_problems_are_listed(shop):
    lines = run().splitlines()

    start = lines.index("shop (2.1): on")
    assert lines[start + 1 : start + 3] == [
        "  hooks: embeds, slots",
        "  problem: there is no hook named embed.",
    ]


@pytest.mark.django_db
def test_a_plugin_that_is_off_is_listed():
    now = plugins.registry()
    with plugins.use_registry(
        replace(now, plugins=tuple(spec for spec in now.plugins if spec.name != "claims"))
    ):
        lines = run().splitlines()

    assert "claims (part of Chelate): off" in lines


def test_the_list_is_there_as_json(shop):
    rows = {row["name"]: row for row in json.loads(run(json=True))}

    assert rows["shop"] == {
        "name": "shop",
        "version": "2.1",
        "app": "chelate_shop",
        "is_first_party": False,
        "state": "on",
        "hooks": ["embeds", "slots"],
        "problems": ["there is no hook named embed."],
    }
    assert set(rows) == {"shop", *plugins.FIRST_PARTY}


def test_each_plugin_is_tried_alone(monkeypatch):
    monkeypatch.setattr(plugins, "discover", lambda order=(): (SHOP, PluginSpec("other", "chelate_other")))
    monkeypatch.setattr(command, "try_alone", lambda spec: [] if spec == SHOP else ["it does not start"])

    with pytest.raises(CommandError, match="CHELATE_PLUGINS_OFF=other starts without them"):
        run("--check")


def test_plugins_that_work_are_no_error(monkeypatch):
    monkeypatch.setattr(command, "try_alone", lambda spec: [])

    assert run("--check").splitlines() == [f"{name}: works" for name in sorted(plugins.FIRST_PARTY)]


@pytest.mark.parametrize(
    ("answer", "problems"),
    [
        (CompletedProcess([], 1, "", "Plugin shop 2.1 stops Django\nmore"), ["Plugin shop 2.1 stops Django"]),
        (CompletedProcess([], -9, "", ""), ["it does not start"]),
        (CompletedProcess([], 0, '[{"name": "shop", "problems": ["x"]}]', ""), ["x"]),
        (CompletedProcess([], 0, '[{"name": "shop", "problems": []}]', "noise"), []),
    ],
)
def test_what_the_other_process_says_is_reported(monkeypatch, answer, problems):
    seen = {}
    monkeypatch.setattr(command.subprocess, "run", lambda line, env, **_: seen.update(env) or answer)
    monkeypatch.setattr(plugins, "discover", lambda: (SHOP, PluginSpec("other", "chelate_other")))

    assert command.try_alone(SHOP) == problems
    assert (seen["CHELATE_PLUGINS_OFF"], seen["CHELATE_SAFE_MODE"]) == ("other", "false")


def test_a_plugin_that_hangs_is_reported(monkeypatch):
    def hang(*args, **kwargs):
        raise TimeoutExpired("manage.py", 120)

    monkeypatch.setattr(command.subprocess, "run", hang)

    assert command.try_alone(SHOP) == ["it does not start within 120 seconds"]


def test_what_is_left_is_listed(gone):
    assert "ghost: gone, but its tables are still there; manage.py plugins purge ghost removes them." in run()


def test_only_tables_of_the_label_itself_are_left_over(gone):
    assert orphans.leftovers_of("ghost").tables == ("ghost_term", "ghost_use")


def test_purging_drops_the_tables_and_forgets_the_app(gone):
    out = run("purge", "ghost", yes=True)

    assert out.splitlines() == ["ghost_term: 2 rows", "ghost_use: 1 rows", "ghost: 2 tables deleted."]
    assert tables() == {"ghost_extra_thing"}
    assert not ContentType.objects.filter(app_label="ghost").exists()
    assert orphans.orphaned_labels() == ["ghost_extra"]


@pytest.mark.parametrize("answer", ["ghost", " ghost "])
def test_purging_goes_on_when_the_name_is_typed(gone, monkeypatch, answer):
    monkeypatch.setattr("builtins.input", lambda question: answer)

    run("purge", "ghost")

    assert tables() == {"ghost_extra_thing"}


@pytest.mark.parametrize("answer", ["yes", "", "ghosts"])
def test_purging_stops_at_any_other_answer(gone, monkeypatch, answer):
    monkeypatch.setattr("builtins.input", lambda question: answer)

    with pytest.raises(CommandError, match=r"Nothing was deleted\."):
        run("purge", "ghost")

    assert len(tables()) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("name", plugins.FIRST_PARTY)
def test_a_plugin_that_is_on_cannot_be_purged(name):
    with pytest.raises(CommandError, match=f"{name} is on. Take it out first: CHELATE_PLUGINS_OFF={name}."):
        run("purge", name, yes=True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["articles", "auth", "django", "nothing", "cms"])
def test_the_core_cannot_be_purged(name):
    before = connection.introspection.table_names()

    with pytest.raises(CommandError):
        run("purge", name, yes=True)

    assert connection.introspection.table_names() == before


def test_purging_needs_a_name(gone):
    with pytest.raises(CommandError, match=r"Name the plugin to purge\. Left over: ghost, ghost_extra"):
        run("purge")


@pytest.mark.parametrize("app", ["ghost", "ghost.apps.GhostConfig", "vendor.ghost"])
def test_a_plugin_that_is_installed_but_off_is_purged_by_its_name(gone, monkeypatch, app):
    monkeypatch.setattr(plugins, "discover", lambda *_: (PluginSpec("spirits", app),))

    run("purge", "spirits", yes=True)

    assert tables() == {"ghost_extra_thing"}
