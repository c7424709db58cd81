"""What editors and readers do on a site, step by step, in a process of its own.

`main` reads a folder and step names from the command line and prints the answers as one line of JSON. `page` is a
step, `get:/glossary/` one with an argument.
"""

import json
import sys
from pathlib import Path

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from articles.compile import compile_article
from articles.models import Article, Edition
from articles.publishing import publish, unpublish
from articles.revisions import save_revision
from cms import plugins

SLUG = "zinc-and-sleep"
REASON = "a test of plugins"
TEXT = """---
title: Zinc and sleep
slug: zinc-and-sleep
date: 2026-01-15
topic: minerals
tags: [zinc]
authors: [ana]
affiliate_link: https://shop.example/zinc
disclaimers:
  - "Important Note: for informational purposes only, this is no medical advice."
references:
  - id: wessels2017
    type: article-journal
    title: Zinc as a gatekeeper of immune function
    author: [{family: Wessels, given: Inga}]
    issued: {date-parts: [[2017]]}
    DOI: 10.3390/nu9121286
---
Zinc supplements support sleep [@wessels2017].

:::statistic
Half of adults get too little zinc [@wessels2017].
:::

::papers
"""


def migrate():
    call_command("migrate", verbosity=0)
    return "ok"


def check():
    """Return what the system checks say about plugins."""
    return [str(message.msg) for message in run_checks() if message.id == "cms.W100"]


def fill():
    """Import and publish an article that uses every plugin, in the name of an editor who also touches each record."""
    editor = get_user_model().objects.create_superuser("editor", "editor@example.org", "pw")
    path = Path(sys.argv[1]) / "zinc.md"
    path.write_text(TEXT)
    call_command("import_content", str(path), verbosity=0)
    publish(Article.objects.get(slug=SLUG), by=editor, override=REASON)
    touched = []
    for model in apps.get_models():
        if hasattr(model, "history") and (record := model._default_manager.first()):
            record._history_user = editor
            record.save()
            touched.append(model._meta.label)
    return touched


def read():
    """Return the status of every kind of page that readers and machines ask for."""
    client = Client(raise_request_exception=True)
    paths = [
        "/",
        f"/articles/{SLUG}/",
        "/topics/minerals/",
        "/authors/ana/",
        "/feeds/rss.xml",
        "/sitemap.xml",
    ]
    return {path: client.get(path).status_code for path in paths}


def page():
    return Client().get(f"/articles/{SLUG}/").content.decode()


def administer():
    """Return the status of every list, every empty form and every change form in the admin."""
    client = Client(raise_request_exception=True)
    client.force_login(_editor())
    answers = {"/admin/": client.get("/admin/").status_code}
    for model in admin.site._registry:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        answers[path] = client.get(path).status_code
        record = model._default_manager.first()
        if record is not None:
            answers[f"{path}change/"] = client.get(f"{path}{record.pk}/change/").status_code
    return answers


def preview():
    document = compile_article(Article.objects.get(slug=SLUG))
    return [finding.id for finding in document.findings if finding.severity == "error"]


def edit():
    article = Article.objects.select_related("head").get(slug=SLUG)
    front_matter = article.head.front_matter
    save_revision(article, text=f"{article.head.text}\nOne more sentence.\n", front_matter=front_matter)
    return article.revisions.count()


def publish_again():
    edition = publish(Article.objects.get(slug=SLUG), by=_editor(), override=REASON)
    return "One more sentence." in edition.html


def withdraw():
    unpublish(Article.objects.get(slug=SLUG), by=_editor())
    return Client().get(f"/articles/{SLUG}/").status_code


def write():
    """Write, publish and read an article from scratch."""
    article = Article.objects.create(title="Iron", slug="iron")
    save_revision(article, text="Iron.\n", front_matter={"title": "Iron", "slug": "iron"})
    publish(article, override=REASON)
    return Client().get("/articles/iron/").status_code


def read_iron():
    return Client().get("/articles/iron/").status_code


def delete():
    """Delete the article and the editor; the database checks what still points at them when the transaction ends."""
    with transaction.atomic():
        Article.objects.filter(slug=SLUG).delete()
    with transaction.atomic():
        get_user_model().objects.filter(username="editor").delete()
    connection.check_constraints()
    return [Edition.objects.filter(slug=SLUG).count(), get_user_model().objects.count()]


def delete_articles():
    with transaction.atomic():
        Article.objects.all().delete()
    connection.check_constraints()
    return Article.objects.count()


def get(path):
    response = Client(raise_request_exception=True).get(path)
    return [response.status_code, response.content.decode()]


def create(argument):
    """Create a record: `create:app.Model {"field": "value"}`."""
    label, _, fields = argument.partition(" ")
    return apps.get_model(label).objects.create(**json.loads(fields)).pk


def count(label):
    return apps.get_model(label).objects.count()


def post(text):
    """Publish a new article with this text; return what readers get and what its editor is told."""
    article = Article.objects.create(title="Post", slug=f"post-{Article.objects.count()}")
    save_revision(article, text=text, front_matter={"title": "Post", "slug": article.slug})
    edition = publish(article, by=_editor(), override=REASON)
    findings = [[finding["id"], finding["severity"], finding["message"]] for finding in edition.findings]
    return {
        "status": Client().get(edition.get_absolute_url()).status_code,
        "html": edition.html,
        "findings": findings,
    }


def registered():
    """Return what the plugins registered, by hook, and what went wrong."""
    registry = plugins.registry()
    objects = {hook: list(found) for hook, found in registry.objects.items() if found}
    return {
        "plugins": [spec.name for spec in registry.plugins],
        "objects": objects,
        "problems": list(map(str, registry.problems)),
    }


def _editor():
    user, _ = get_user_model().objects.get_or_create(
        username="editor", defaults={"is_staff": True, "is_superuser": True}
    )
    return user


def main():
    answers = {}
    for step in sys.argv[2:]:
        name, colon, argument = step.partition(":")
        answers[step] = globals()[name](*([argument] if colon else []))
    sys.stdout.write(f"\n{json.dumps(answers)}\n")
