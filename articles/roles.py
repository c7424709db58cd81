"""The groups Author, Editor, Reviewer and Publisher, with the permissions that they start with.

Plugins' models are named by app label and codename only; what is not installed is left out. Each migration of an app
grants what is missing: a group without any permission on a model gets the ones below. So a new model of an update is
covered, and what an owner took away from a group stays away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import router

AUTHOR, EDITOR, REVIEWER, PUBLISHER = "Author", "Editor", "Reviewer", "Publisher"
ALL, KEEP, READ, NEW = "view add change delete", "view add change", "view", "view add"

# role -> app label -> model -> codename prefixes; a word with a dot in front is a codename as it stands
ROLES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    AUTHOR: {
        "articles": {"article": ALL, "image": NEW, "author": READ, "topic": READ, "tag": NEW},
        "references": {"reference": KEEP},
        "disclaimers": {"disclaimer": READ},
        "affiliates": {"affiliatelink": READ, "product": READ},
        "claims": {"contradiction": READ},
    },
    EDITOR: {
        "articles": {
            "article": f"{ALL} .publish_article .override_checks .change_any_article .review_article",
            "image": ALL, "author": ALL, "topic": ALL, "tag": ALL,
            "articlefinding": READ, "checksetting": ALL, "auditevent": READ,
        },
        "references": {"reference": ALL},
        "disclaimers": {"disclaimer": KEEP},
        "affiliates": {
            "network": KEEP, "program": KEEP, "product": KEEP, "affiliatelink": KEEP, "linktarget": KEEP,
            "keyword": ALL,
            "placement": READ, "click": READ, "clickday": READ, "dropday": READ, "report": READ,
            "linkhealth": f"{READ} change",
            "tagpool": ALL,
        },
        "claims": {"contradiction": READ, "dismissal": ALL, "term": ALL},
    },
    REVIEWER: {
        "articles": {
            "article": f"{READ} .review_article", "image": READ, "author": READ, "topic": READ, "tag": READ,
            "articlefinding": READ, "checksetting": READ, "auditevent": READ,
        },
        "references": {"reference": KEEP},
        "disclaimers": {"disclaimer": READ},
        "affiliates": {"affiliatelink": READ, "product": READ},
        "claims": {"contradiction": READ, "dismissal": ALL},
    },
    PUBLISHER: {  # beside another group: who may see what is earned
        "affiliates": {
            "report": f"{READ} .see_money", "importfile": KEEP, "conversion": READ, "earningsday": READ,
            "earningsmapping": ALL, "networkclickday": READ, "tagpool": ALL,
        },
    },
}  # fmt: skip


def codenames(words: str, model: str) -> Iterator[str]:
    """Expand "view add .publish_article" for one model."""
    for word in words.split():
        yield word[1:] if word.startswith(".") else f"{word}_{model}"


def grant_roles(app_config: AppConfig, using: str = "default", **_: Any) -> None:
    """Give the groups their permissions on the models of one app. Runs after each migration; may run any time."""
    if not router.allow_migrate_model(using, Group):
        return
    if not any(app_config.label in apps for apps in ROLES.values()):
        return
    create_permissions(app_config, verbosity=0, using=using)  # ours may run before Django's own
    known = {
        (permission.content_type.model, permission.codename): permission
        for permission in Permission.objects.using(using)
        .filter(content_type__app_label=app_config.label)
        .select_related("content_type")
    }
    for role, apps in ROLES.items():
        group, _created = Group.objects.using(using).get_or_create(name=role)
        granted = group.permissions.filter(content_type__app_label=app_config.label)
        settled = set(granted.values_list("content_type__model", flat=True))
        group.permissions.add(
            *(
                known[model, codename]
                for model, words in apps.get(app_config.label, {}).items()
                if model not in settled
                for codename in codenames(words, model)
                if (model, codename) in known
            )
        )
