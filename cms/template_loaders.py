from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.loaders import filesystem


class PluginLoader(filesystem.Loader):
    """Templates inside plugin packages, in plugin order.

    Comes before the project's own folder, so that a plugin can replace a page or a part of the core.
    """

    def get_dirs(self) -> list[str | Path]:
        wanted = {name: rank for rank, name in enumerate(settings.CHELATE_PLUGIN_APPS)}
        found = []
        for config in apps.get_app_configs():
            path = f"{type(config).__module__}.{type(config).__qualname__}"
            rank = wanted.get(config.name, wanted.get(path))
            folder = Path(config.path) / "templates"
            if rank is not None and folder.is_dir():
                found.append((rank, folder))
        return [folder for _, folder in sorted(found)]
