"""Which plugins there are, read from entry-point names while the settings load. Imports nothing of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata

GROUP = "chelate.plugins"
FIRST_PARTY = ("references", "disclaimers", "affiliates", "claims")


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
