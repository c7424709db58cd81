"""The socket: hooks loaded under a guard, registries frozen."""

import sys
from dataclasses import dataclass, replace
from types import ModuleType

import pytest

from cms import plugins
from cms.contracts import Check, Embed, Slot, Syntax, Urls
from cms.hookspecs import hookimpl
from cms.plugins import PluginSpec

FIRST_PARTY = ["affiliates", "claims", "disclaimers", "references"]


@pytest.fixture
def module(monkeypatch):
    """Return a function that puts a `chelate_hooks` module with these hooks into a package, and its spec."""

    def add(name, **hooks):
        package, hooked = ModuleType(f"pkg_{name}"), ModuleType(f"pkg_{name}.chelate_hooks")
        for hook, function in hooks.items():
            setattr(hooked, hook, hookimpl(function))
        monkeypatch.setitem(sys.modules, package.__name__, package)
        monkeypatch.setitem(sys.modules, hooked.__name__, hooked)
        return PluginSpec(name, package.__name__, "1.0")

    return add


def load(*specs):
    return plugins.load(specs, lambda spec: spec.app)


def names(specs):
    return [spec.name for spec in specs]


def check(identifier):
    return Check(identifier, "warning", lambda snapshot: ())


def problem(registry):
    [found] = registry.problems
    return str(found)


def test_objects_are_registered_by_hook_and_id(module):
    registry = load(module("shop", publish_checks=lambda: [check("SHOP01"), check("SHOP02")]))

    assert list(registry.checks) == ["SHOP01", "SHOP02"]
    assert registry.hooks == {"shop": ("publish_checks",)}
    assert registry.problems == ()


def test_plugins_are_called_in_their_order(module):
    specs = [
        module(name, publish_checks=lambda name=name: [check(name)]) for name in ("zebra", "apple", "mango")
    ]

    assert list(load(*specs).checks) == ["zebra", "apple", "mango"]


def test_a_registry_is_frozen(module):
    registry = load(module("shop", publish_checks=lambda: [check("SHOP01")]))

    with pytest.raises(TypeError):
        registry.checks["SHOP02"] = check("SHOP02")
    with pytest.raises(TypeError):
        registry.objects["publish_checks"] = {}


def test_a_failing_import_is_named_and_costs_only_that_plugin(module, monkeypatch, tmp_path):
    (tmp_path / "pkg_bad").mkdir()
    (tmp_path / "pkg_bad" / "__init__.py").touch()
    (tmp_path / "pkg_bad" / "chelate_hooks.py").write_text("import a_lost_module")
    monkeypatch.syspath_prepend(tmp_path)

    registry = load(
        PluginSpec("bad", "pkg_bad", "2.1"), module("shop", publish_checks=lambda: [check("SHOP01")])
    )

    assert problem(registry) == (
        "Plugin bad 2.1: its hooks cannot be imported (ModuleNotFoundError: No module named 'a_lost_module')."
    )
    assert list(registry.checks) == ["SHOP01"]


def test_a_plugin_that_exits_at_import_does_not_end_the_process(monkeypatch, tmp_path):
    (tmp_path / "pkg_exit").mkdir()
    (tmp_path / "pkg_exit" / "__init__.py").touch()
    (tmp_path / "pkg_exit" / "chelate_hooks.py").write_text("raise SystemExit(3)")
    monkeypatch.syspath_prepend(tmp_path)

    assert "SystemExit: 3" in problem(load(PluginSpec("exit", "pkg_exit")))


def test_a_plugin_without_hooks_is_named():
    registry = load(PluginSpec("empty", "xml"))

    assert problem(registry) == "Plugin empty: it has no module xml.chelate_hooks."


def test_an_app_that_is_not_installed_is_named():
    def nowhere(spec):
        raise LookupError(f"its app {spec.app} is not in INSTALLED_APPS")

    registry = plugins.load([PluginSpec("lost", "pkg_lost")], nowhere)

    assert "its app pkg_lost is not in INSTALLED_APPS" in problem(registry)


def test_a_problem_names_the_switch(module):
    registry = load(PluginSpec("empty", "xml"))

    assert registry.problems[0].hint == (
        "Turn it off with CHELATE_PLUGINS_OFF=empty, or start with CHELATE_SAFE_MODE=1."
    )


def test_a_misspelt_hook_is_named(module):
    registry = load(module("shop", publish_check=lambda: None, embeds=lambda: None))

    assert problem(registry) == "Plugin shop 1.0: there is no hook named publish_check."
    assert registry.hooks["shop"] == ("embeds",)


def test_a_hook_with_an_unknown_argument_is_named(module):
    registry = load(
        module("shop", embeds=lambda request: []), module("other", publish_checks=lambda: [check("A")])
    )

    assert "Plugin shop 1.0: a hook does not fit its specification" in problem(registry)
    assert list(registry.checks) == ["A"]


def test_a_failing_hook_costs_only_itself(module):
    registry = load(module("shop", embeds=lambda: 1 / 0, publish_checks=lambda: [check("A")]))

    assert problem(registry) == "Plugin shop 1.0: embeds() failed (ZeroDivisionError: division by zero)."
    assert list(registry.checks) == ["A"]


def test_one_failing_plugin_does_not_stop_the_others(module):
    registry = load(
        module("first", publish_checks=lambda: [check("A")]),
        module("second", publish_checks=lambda: 1 / 0),
        module("third", publish_checks=lambda: [check("C")]),
    )

    assert list(registry.checks) == ["A", "C"]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([Slot("a", "head", str)], "publish_checks() returned Slot instead of Check."),
        (["SHOP01"], "publish_checks() returned str instead of Check."),
        (check("A"), "publish_checks() failed (TypeError: 'Check' object is not iterable)."),
        (7, "publish_checks() failed (TypeError: 'int' object is not iterable)."),
    ],
)
def test_a_wrong_type_is_named(module, answer, message):
    assert problem(load(module("shop", publish_checks=lambda: answer))) == f"Plugin shop 1.0: {message}"


def test_an_object_with_an_unusable_id_is_named(module):
    registry = load(module("shop", embeds=lambda: [Embed(["a"], dict, str, str)]))

    assert problem(registry) == "Plugin shop 1.0: embeds() returned an object without a usable id: ['a']."


@pytest.mark.parametrize("answer", [None, [], ()])
def test_a_hook_may_answer_nothing(module, answer):
    assert load(module("shop", embeds=lambda: answer)).problems == ()


def test_the_first_plugin_keeps_an_id_that_is_used_twice(module):
    first, second = check("SAME"), check("SAME")
    registry = load(
        module("first", publish_checks=lambda: [first]), module("second", publish_checks=lambda: [second])
    )

    assert (
        problem(registry)
        == "Plugin second 1.0: publish_checks() names 'SAME' again; first has it and keeps it."
    )
    assert registry.checks["SAME"] is first


def test_nobody_takes_the_place_of_a_first_party_check(module):
    impostor, ours = check("AFF01"), check("AFF01")
    shop = module("shop", publish_checks=lambda: [impostor])
    first_party = replace(module("disclaimers", publish_checks=lambda: [ours]), is_first_party=True)

    registry = load(shop, first_party)

    assert registry.checks["AFF01"] is ours
    assert problem(registry).startswith(
        "Plugin shop 1.0: publish_checks() names 'AFF01' again; disclaimers has it"
    )


def test_one_plugin_may_not_use_an_id_twice_either(module):
    registry = load(module("shop", publish_checks=lambda: [check("SAME"), check("SAME")]))

    assert "shop has it and keeps it" in problem(registry)


def test_the_same_id_under_two_hooks_is_fine(module):
    registry = load(
        module(
            "shop",
            markdown=lambda: [Syntax("thing", install=print)],
            publish_checks=lambda: [check("thing")],
        )
    )

    assert registry.problems == ()


def test_slots_are_sorted_by_order_then_id(module):
    slots = [
        Slot("b", "head", str),
        Slot("a", "head", str),
        Slot("z", "head", str, order=-1),
        Slot("x", "footer", str),
    ]

    registry = load(module("shop", slots=lambda: slots))

    assert [slot.id for slot in registry.slots("head")] == ["z", "a", "b"]


def test_two_urlconfs_may_share_a_prefix(module):
    registry = load(module("shop", urls=lambda: [Urls("", "one.urls"), Urls("", "two.urls")]))

    assert [mount.urlconf for mount in registry.urls] == ["one.urls", "two.urls"]


def test_use_registry_puts_the_old_one_back():
    before = plugins.registry()

    with pytest.raises(ZeroDivisionError), plugins.use_registry(plugins.Registry()):
        raise ZeroDivisionError

    assert plugins.registry() is before


def test_an_empty_registry_answers_everything():
    empty = plugins.Registry()

    parts = (
        empty.syntaxes,
        empty.embeds,
        empty.checks,
        empty.article_parts,
        empty.listeners,
        empty.schedules,
    )
    assert [len(part) for part in parts] == [0] * 6
    assert (empty.slots("head"), empty.urls, dict(empty.portables), dict(empty.importers)) == ((), (), {}, {})
    assert empty.article_columns == ()


def test_a_guarded_call_gives_the_answer_or_the_default():
    assert plugins.guarded("sum", lambda a, b: a + b, 1, 2, default=0) == 3
    assert plugins.guarded("division", lambda: 1 / 0, default=7) == 7


def test_the_tests_run_with_the_first_party_plugins_only():
    assert names(plugins.registry().plugins) == ["articles", *FIRST_PARTY]


def test_no_first_party_plugin_has_a_problem():
    assert plugins.registry().problems == ()


def test_problems_become_system_checks(module):
    from cms.apps import check_plugins

    with plugins.use_registry(load(PluginSpec("empty", "xml", "2.1"))):
        [message] = check_plugins()

    assert (message.id, message.msg) == ("cms.W100", "Plugin empty 2.1: it has no module xml.chelate_hooks.")
    assert "CHELATE_PLUGINS_OFF=empty" in message.hint


@dataclass(frozen=True)
class OwnCheck(Check):
    """A plugin may subclass what a hook returns."""


def test_a_subclass_is_accepted(module):
    registry = load(module("shop", publish_checks=lambda: [OwnCheck("A", "warning", lambda snapshot: ())]))

    assert list(registry.checks) == ["A"]
