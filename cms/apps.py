from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.urls import include

from cms import plugins
from cms.checks import register_checks


def package_of(spec: plugins.PluginSpec) -> str:
    """Return the package of a plugin's app: entry points may name the package or its AppConfig class."""
    for config in apps.get_app_configs():
        path = f"{type(config).__module__}.{type(config).__qualname__}"
        if spec.app in (config.name, path):
            return config.name
    raise LookupError(f"its app {spec.app} is not in INSTALLED_APPS")


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Site"

    def ready(self) -> None:
        kernel = plugins.PluginSpec(plugins.KERNEL, plugins.KERNEL, is_first_party=True)
        found = plugins.discover(
            settings.CHELATE_PLUGINS, settings.CHELATE_PLUGINS_OFF, settings.CHELATE_SAFE_MODE
        )
        shadowed = () if settings.CHELATE_SAFE_MODE else plugins.shadowed()
        plugins.install(plugins.load((kernel, *found), package_of, shadowed))
        checks.register(check_plugins)
        register_checks()


def check_plugins(**_: object) -> list[checks.CheckMessage]:
    """Report every plugin problem with the switch that turns the plugin off."""
    problems = (*plugins.registry().problems, *url_problems())
    return [checks.Warning(str(problem), hint=problem.hint, id="cms.W100") for problem in problems]


def url_problems() -> Iterator[plugins.Problem]:
    """Yield the plugins whose addresses cannot be imported; cms/urls.py leaves them out."""
    registry = plugins.registry()
    for mount in registry.urls:
        error = plugins.failure(include, mount.urlconf)
        if error is not None:
            message = f"its addresses in {mount.urlconf} cannot be used ({type(error).__name__}: {error})."
            yield plugins.Problem(registry.owners["urls", mount.id], message)
