from __future__ import annotations

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    name = "chelate_glossary"
    verbose_name = "Glossary"
    default_auto_field = "django.db.models.BigAutoField"
