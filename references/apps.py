from __future__ import annotations

from django.apps import AppConfig


class ReferencesConfig(AppConfig):
    name = "references"
    verbose_name = "References"

    def ready(self) -> None:
        from references import system_checks  # noqa: F401  registers them
