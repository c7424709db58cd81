"""The plugin socket: registries, built once the apps are ready. `cms/discovery.py` says which plugins there are.

`load` imports `<app>.chelate_hooks` of each plugin under a guard, calls every hook once and freezes the result. What
goes wrong becomes a `Problem`, shown as a system check.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

import pluggy
import structlog

from cms import contracts, hookspecs
from cms.discovery import FIRST_PARTY, PluginSpec, Problem, discover, plugin_apps, shadowed

__all__ = [
    "FIRST_PARTY",
    "HOOK_TYPES",
    "KERNEL",
    "PluginSpec",
    "Problem",
    "Registry",
    "discover",
    "failure",
    "guarded",
    "install",
    "load",
    "plugin_apps",
    "registry",
    "shadowed",
    "use_registry",
]


KERNEL = "articles"

# hook -> the type of the objects that it returns
HOOK_TYPES: Mapping[str, type] = MappingProxyType(
    {
        "markdown": contracts.Syntax,
        "embeds": contracts.Embed,
        "publish_checks": contracts.Check,
        "article_parts": contracts.ArticlePart,
        "slots": contracts.Slot,
        "article_columns": contracts.ArticleColumn,
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


@dataclass(frozen=True, slots=True, eq=False)  # one registry equals itself only, so it can key a cache
class Registry:
    """Everything the plugins registered, by hook and id, in plugin order. Built once, then read only."""

    plugins: tuple[PluginSpec, ...] = ()
    objects: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    hooks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()
    owners: Mapping[tuple[str, str], PluginSpec] = field(default_factory=lambda: MappingProxyType({}))

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
    def article_columns(self) -> tuple[contracts.ArticleColumn, ...]:
        """Return the columns in their order."""
        found = self.of("article_columns").values()
        return tuple(sorted(found, key=lambda column: (column.order, column.id)))

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


def load(
    specs: Sequence[PluginSpec], module_of: Callable[[PluginSpec], str], problems: Sequence[Problem] = ()
) -> Registry:
    """Import the hooks of every plugin and return the frozen registry.

    `module_of` maps a plugin to the dotted name of its app package; `problems` are those known already. Nothing that
    a plugin does wrong raises here.
    """
    loader = _Loader(problems)
    modules = {spec: module for spec in specs if (module := loader.import_hooks(spec, module_of)) is not None}
    for spec, module in modules.items():
        loader.open_hooks(spec, module)
    for spec, module in reversed(modules.items()):  # pluggy calls last-in first
        loader.register(spec, module)
    for spec in modules:
        loader.collect(spec)
    return loader.freeze(specs)


class _Loader:
    def __init__(self, problems: Sequence[Problem]) -> None:
        self.manager = pluggy.PluginManager(hookspecs.PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.types = dict(HOOK_TYPES)
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

    def open_hooks(self, spec: PluginSpec, module: ModuleType) -> None:
        """Take up the hooks that a plugin opens for others: `OPENS` maps each hook that it specifies to its type."""
        opened: Mapping[str, type] = getattr(module, "OPENS", {})
        if not opened:
            return
        if taken := sorted(self.types.keys() & opened):
            self.problems.append(Problem(spec, f"it opens {', '.join(taken)}, which is there already."))
            return
        try:
            self.manager.add_hookspecs(module)
        except ValueError as error:
            self.problems.append(Problem(spec, f"the hooks that it opens are not specified ({error})."))
            return
        self.types.update(opened)
        self.objects.update({hook: {} for hook in opened})

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
        expected = self.types[hook]
        if not issubclass(type(item), expected):
            message = f"{hook}() returned {type(item).__name__} instead of {expected.__name__}."
            self.problems.append(Problem(spec, message))
        elif not isinstance(item.id, str) or not item.id:
            message = f"{hook}() returned an object without a usable id: {item.id!r}."
            self.problems.append(Problem(spec, message))
        elif item.id not in self.objects[hook]:
            self.keep(spec, hook, item)
        else:
            first = self.owner[hook, item.id]
            # Nobody else may take the place of our own checks, whatever the order.
            is_ours = spec.is_first_party and not first.is_first_party
            keeper, loser = (spec, first) if is_ours else (first, spec)
            if is_ours:
                self.keep(spec, hook, item)
            message = f"{hook}() names {item.id!r} again; {keeper.name} has it and keeps it."
            self.problems.append(Problem(loser, message))

    def keep(self, spec: PluginSpec, hook: str, item: Any) -> None:
        self.objects[hook][item.id] = item
        self.owner[hook, item.id] = spec

    def freeze(self, specs: Sequence[PluginSpec]) -> Registry:
        objects = {hook: MappingProxyType(dict(items)) for hook, items in self.objects.items()}
        return Registry(
            plugins=tuple(specs),
            objects=MappingProxyType(objects),
            hooks=MappingProxyType(dict(self.hooks)),
            problems=tuple(self.problems),
            owners=MappingProxyType(dict(self.owner)),
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


def failure(function: Callable[..., object], *args: Any) -> Exception | None:
    """Call a plugin's function and return what it raises, for reports."""
    try:
        function(*args)
    except Exception as error:
        return error
    return None
