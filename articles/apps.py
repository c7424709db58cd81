from __future__ import annotations

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        from articles.renditions.system_check import check_renditions
        from articles.roles import grant_roles
        from articles.search.system_check import check_index

        post_migrate.connect(grant_roles, dispatch_uid="articles.roles")
        checks.register(check_renditions, checks.Tags.database)
        checks.register(check_index, checks.Tags.database)
