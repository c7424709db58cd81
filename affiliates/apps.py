from __future__ import annotations

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class AffiliatesConfig(AppConfig):
    name = "affiliates"
    verbose_name = "Affiliates"

    def ready(self) -> None:
        from affiliates.earnings.system_check import check_imports
        from affiliates.health.settings_check import check_mail
        from affiliates.networks import sync_after_migrate

        post_migrate.connect(sync_after_migrate, dispatch_uid="affiliates.networks")
        checks.register(check_mail)
        checks.register(check_imports, checks.Tags.database)
