from __future__ import annotations

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_delete, post_migrate, post_save


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        from articles import models, purging
        from articles.renditions.system_check import check_renditions
        from articles.roles import grant_roles
        from articles.search.system_check import check_index
        from articles.search.upgrade import refresh_after_migrate

        post_migrate.connect(grant_roles, dispatch_uid="articles.roles")
        post_migrate.connect(refresh_after_migrate, sender=self, dispatch_uid="articles.search")
        checks.register(check_renditions, checks.Tags.database)
        checks.register(check_index, checks.Tags.database)
        checks.register(purging.check_purges, checks.Tags.database)
        # What pages are made of is saved in many places; one that forgot the CDN would leave it with old pages.
        for model in (models.Edition, models.Topic, models.Author, models.Image):
            post_save.connect(purging.row_changed, sender=model, dispatch_uid=f"purge.{model.__name__}")
        for gone in (models.Article, models.Topic, models.Author, models.Image):
            post_delete.connect(purging.row_changed, sender=gone, dispatch_uid=f"purge.{gone.__name__}")
