"""The side bar: writing first, then what each plugin manages, then the logins. A person sees what they may open."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

WRITING = ("article", "image", "author", "topic", "tag", "articlefinding")
UNLISTED = ("checksetting", "auditevent")  # reached from the compliance page
HIDDEN = ("django_tasks_database", "django_tasks_db")


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Called by Unfold (UNFOLD["SIDEBAR"]["navigation"]). Costs no query: permissions are in memory by then."""
    apps = {
        app["app_label"]: app for app in admin.site.get_app_list(request) if app["app_label"] not in HIDDEN
    }
    writing = [
        model
        for model in apps.pop("articles", {"models": []})["models"]
        if model["object_name"].lower() not in UNLISTED
    ]
    logins = apps.pop("auth", {"models": []})["models"]
    home = {"title": "What needs you", "icon": "home", "link": reverse("admin:index")}
    single = [model for app in apps.values() if len(app["models"]) == 1 for model in app["models"]]
    return [
        {"title": None, "items": [home, *map(_item, sorted(writing, key=_rank))]},
        *(_group("Library", models) for models in [single] if models),
        *(_group(str(app["name"]), app["models"]) for app in apps.values() if len(app["models"]) > 1),
        *(_group("People with a login", models) for models in [logins] if models),
    ]


def _group(title: str, models: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "items": [_item(model) for model in models]}


def _rank(model: dict[str, Any]) -> int:
    name = model["object_name"].lower()
    return WRITING.index(name) if name in WRITING else len(WRITING)


def _item(model: dict[str, Any]) -> dict[str, Any]:
    """An admin class may name its icon (a Material symbol) as `nav_icon`."""
    model_admin = admin.site._registry[model["model"]]
    return {
        "title": str(model["name"]),
        "icon": getattr(model_admin, "nav_icon", "database"),
        "link": str(model["admin_url"] or model["add_url"]),
    }
