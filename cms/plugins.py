"""The plugin socket: discovery while settings load, registries once the apps are ready.

`discover` reads entry-point names and imports nothing. `load` imports `<app>.chelate_hooks` of each plugin under a
guard, calls every hook once and freezes the result. What goes wrong becomes a `Problem`, shown as a system check.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

import pluggy
import structlog

from cms import contracts, hookspecs

GROUP = "chelate.plugins"
FIRST_PARTY = ("references", "disclaimers", "affiliates", "claims")
KERNEL = "articles"

# hook -> the type of the objects that it returns
HOOK_TYPES: Mapping[str, type] = MappingProxyType(
    {
        "markdown": contracts.Syntax,
        "embeds": contracts.Embed,
        "publish_checks": contracts.Check,
        "article_parts": contracts.ArticlePart,
        "slots": contracts.Slot,
        "recommenders": contracts.Signal,
        "importers": contracts.Importer,
        "portables": contracts.Portable,
        "events": contracts.Listener,
        "schedules": contracts.Schedule,
        "urls": contracts.Urls,
    }
)

log = structlog.get_logger("chelate.plugins")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PluginSpec:
    """A plugin before anything of it is imported: `app` goes into INSTALLED_APPS."""

    name: str
    app: str
    version: str = ""
    is_first_party: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a plugin, for the system checks and `manage.py plugins`."""

    plugin: PluginSpec
    message: str
    advice: str = ""

    def __str__(self) -> str:
        version = f" {self.plugin.version}" if self.plugin.version else ""
        return f"Plugin {self.plugin.name}{version}: {self.message}"

    @property
    def hint(self) -> str:
        switch = (
            f"Turn it off with CHELATE_PLUGINS_OFF={self.plugin.name}, or start with CHELATE_SAFE_MODE=1."
        )
        return self.advice or switch


@dataclass(frozen=True, slots=True, eq=False)  # one registry equals itself only, so it can key a cache
class Registry:
    """Everything the plugins registered, by hook and id, in plugin order. Built once, then read only."""

    plugins: tuple[PluginSpec, ...] = ()
    objects: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    hooks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()

    def of(self, hook: str) -> Mapping[str, Any]:
        return self.objects.get(hook, MappingProxyType({}))

    @property
    def syntaxes(self) -> Mapping[str, contracts.Syntax]:
        return self.of("markdown")

    @property
    def embeds(self) -> Mapping[str, contracts.Embed]:
        return self.of("embeds")

    @property
    def checks(self) -> Mapping[str, contracts.Check]:
        return self.of("publish_checks")

    @property
    def article_parts(self) -> Mapping[str, contracts.ArticlePart]:
        return self.of("article_parts")

    @property
    def recommenders(self) -> Mapping[str, contracts.Signal]:
        return self.of("recommenders")

    @property
    def importers(self) -> Mapping[str, contracts.Importer]:
        return self.of("importers")

    @property
    def portables(self) -> Mapping[str, contracts.Portable]:
        return self.of("portables")

    @property
    def listeners(self) -> Mapping[str, contracts.Listener]:
        return self.of("events")

    @property
    def schedules(self) -> Mapping[str, contracts.Schedule]:
        return self.of("schedules")

    @property
    def urls(self) -> Sequence[contracts.Urls]:
        return tuple(self.of("urls").values())

    def slots(self, name: str) -> tuple[contracts.Slot, ...]:
        """Return the items of one slot in their order."""
        items = [slot for slot in self.of("slots").values() if slot.name == name]
        return tuple(sorted(items, key=lambda slot: (slot.order, slot.id)))


def discover(
    order: Sequence[str] = (), off: Sequence[str] = (), safe_mode: bool = False
) -> tuple[PluginSpec, ...]:
    """Return the plugins that are switched on, in call order, without importing any of them.

    First-party plugins need no installed metadata. `order` names plugins that go first, in that order; the rest
    follows by name, so the order of files on disk never matters.
    """
    specs = {name: PluginSpec(name, name, is_first_party=True) for name in FIRST_PARTY}
    for spec in () if safe_mode else _third_parties():
        specs.setdefault(spec.name, spec)
    rank = {name: position for position, name in enumerate(order)}
    wanted = (spec for spec in specs.values() if spec.name not in off)
    return tuple(sorted(wanted, key=lambda spec: (rank.get(spec.name, len(rank)), spec.name)))


def _third_parties() -> list[PluginSpec]:
    entries = sorted(metadata.entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))
    return [
        PluginSpec(entry.name, entry.value, entry.dist.version if entry.dist else "") for entry in entries
    ]


def shadowed() -> tuple[Problem, ...]:
    """Return the installed plugins that are never loaded, because another one has their name."""
    taken = set(FIRST_PARTY)
    problems = []
    for spec in _third_parties():
        if spec.name in taken:
            message = f"another plugin has that name; {spec.app} is not loaded."
            problems.append(Problem(spec, message, "Uninstall one of the two packages."))
        taken.add(spec.name)
    return tuple(problems)


def plugin_apps(order: Sequence[str] = (), off: Sequence[str] = (), safe_mode: bool = False) -> list[str]:
    """Return the dotted app names of the plugins that are on, for INSTALLED_APPS."""
    return list(dict.fromkeys(spec.app for spec in discover(order, off, safe_mode)))


def load(
    specs: Sequence[PluginSpec], module_of: Callable[[PluginSpec], str], problems: Sequence[Problem] = ()
) -> Registry:
    """Import the hooks of every plugin and return the frozen registry.

    `module_of` maps a plugin to the dotted name of its app package; `problems` are those known already. Nothing that
    a plugin does wrong raises here.
    """
    loader = _Loader(problems)
    modules = {spec: module for spec in specs if (module := loader.import_hooks(spec, module_of)) is not None}
    for spec, module in reversed(modules.items()):  # pluggy calls last-in first
        loader.register(spec, module)
    for spec in modules:
        loader.collect(spec)
    return loader.freeze(specs)


class _Loader:
    def __init__(self, problems: Sequence[Problem]) -> None:
        self.manager = pluggy.PluginManager(hookspecs.PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.objects: dict[str, dict[str, Any]] = {hook: {} for hook in HOOK_TYPES}
        self.owner: dict[tuple[str, str], PluginSpec] = {}
        self.hooks: dict[str, tuple[str, ...]] = {}
        self.problems = list(problems)

    def import_hooks(self, spec: PluginSpec, module_of: Callable[[PluginSpec], str]) -> ModuleType | None:
        name = ""
        try:
            name = f"{module_of(spec)}.chelate_hooks"
            return importlib.import_module(name)
        except (Exception, SystemExit) as error:  # a script that exits when imported is no reason to exit
            if isinstance(error, ModuleNotFoundError) and error.name == name:
                self.problems.append(Problem(spec, f"it has no module {name}."))
            else:
                log.exception("plugin_import_failed", plugin=spec.name)
                self.problems.append(
                    Problem(spec, f"its hooks cannot be imported ({type(error).__name__}: {error}).")
                )
            return None

    def register(self, spec: PluginSpec, module: ModuleType) -> None:
        try:
            self.manager.register(module, name=spec.name)
        except (pluggy.PluginValidationError, ValueError) as error:
            self.problems.append(Problem(spec, f"a hook does not fit its specification ({error})."))
            if self.manager.has_plugin(spec.name):
                self.manager.unregister(name=spec.name)
            return
        callers = self.manager.get_hookcallers(module) or []
        for caller in callers:
            if not caller.has_spec():
                self.problems.append(Problem(spec, f"there is no hook named {caller.name}."))
        self.hooks[spec.name] = tuple(sorted(caller.name for caller in callers if caller.has_spec()))

    def collect(self, spec: PluginSpec) -> None:
        others = [plugin for name, plugin in self.manager.list_name_plugin() if name != spec.name and plugin]
        for hook in self.hooks.get(spec.name, ()):
            try:
                answers = self.manager.subset_hook_caller(hook, remove_plugins=others)()
                found = [item for answer in answers for item in answer]
            except Exception as error:
                log.exception("plugin_hook_failed", plugin=spec.name, hook=hook)
                self.problems.append(Problem(spec, f"{hook}() failed ({type(error).__name__}: {error})."))
                continue
            for item in found:
                self.add(spec, hook, item)

    def add(self, spec: PluginSpec, hook: str, item: Any) -> None:
        expected = HOOK_TYPES[hook]
        if not issubclass(type(item), expected):
            message = f"{hook}() returned a {type(item).__name__}, not a {expected.__name__}."
            self.problems.append(Problem(spec, message))
        elif not isinstance(item.id, str) or not item.id:
            message = f"{hook}() returned an object without a usable id: {item.id!r}."
            self.problems.append(Problem(spec, message))
        elif item.id in self.objects[hook]:
            first = self.owner[hook, item.id]
            message = f"{hook}() names {item.id!r} again; {first.name} has it and keeps it."
            self.problems.append(Problem(spec, message))
        else:
            self.objects[hook][item.id] = item
            self.owner[hook, item.id] = spec

    def freeze(self, specs: Sequence[PluginSpec]) -> Registry:
        objects = {hook: MappingProxyType(dict(items)) for hook, items in self.objects.items()}
        return Registry(
            tuple(specs), MappingProxyType(objects), MappingProxyType(dict(self.hooks)), tuple(self.problems)
        )


_current = Registry()


def registry() -> Registry:
    """Return the registry of this process; empty until the apps are ready."""
    return _current


def install(new: Registry) -> None:
    """Make `new` the registry of this process. Called once by CmsConfig.ready."""
    global _current
    _current = new


@contextmanager
def use_registry(new: Registry) -> Iterator[Registry]:
    """Swap the registry for a while (tests)."""
    before = _current
    install(new)
    try:
        yield new
    finally:
        install(before)


def guarded(what: str, function: Callable[..., T], *args: Any, default: T, **extra: Any) -> T:
    """Call a plugin's function; log a failure and return `default`. For readers' pages only."""
    try:
        return function(*args)
    except Exception:
        log.exception("plugin_call_failed", what=what, **extra)
        return default
