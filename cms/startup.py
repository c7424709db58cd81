"""Names the plugin that stops Django from starting, and the switch that turns it off.

Hooks are imported under a guard, but a broken `models.py` or `AppConfig` breaks Django itself before any guard runs.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings

from cms.plugins import PluginSpec, discover


@contextmanager
def explained() -> Iterator[None]:
    """Add a note to an error that a plugin raised while the apps were being loaded."""
    try:
        yield
    except Exception as error:
        if not apps.ready and settings.configured and (spec := culprit(error)):
            error.add_note(message(spec, error))
        raise


def message(spec: PluginSpec, error: BaseException) -> str:
    version = f" {spec.version}" if spec.version else ""
    return (
        f"Plugin {spec.name}{version} stops Django: {type(error).__name__}: {error}\n"
        f"Start without it: CHELATE_PLUGINS_OFF={spec.name} (or CHELATE_SAFE_MODE=1 for no third-party plugin)."
    )


def culprit(error: BaseException) -> PluginSpec | None:
    """Return the plugin whose code raised the error, whose file cannot be parsed, or whose package is missing."""
    files = [Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        files.append(Path(error.filename))
    specs = discover(settings.CHELATE_PLUGINS, settings.CHELATE_PLUGINS_OFF, settings.CHELATE_SAFE_MODE)
    folders = {spec: _folders(spec) for spec in specs}
    for file in reversed(files):
        for spec, owned in folders.items():
            if any(file.is_relative_to(folder) for folder in owned):
                return spec
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    return next((spec for spec in specs if missing and f"{spec.app}.".startswith(f"{missing}.")), None)


def _folders(spec: PluginSpec) -> list[Path]:
    package = find_spec(spec.app.split(".")[0])
    return [Path(folder) for folder in package.submodule_search_locations or ()] if package else []
