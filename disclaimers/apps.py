from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DisclaimersConfig(AppConfig):
    name = "disclaimers"
    verbose_name = "Disclaimers"

    def ready(self) -> None:
        from disclaimers.sync import sync_after_migrate

        post_migrate.connect(sync_after_migrate, sender=self)
