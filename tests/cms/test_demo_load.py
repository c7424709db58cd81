"""Loading the sample site into a database."""

import logging

import pytest
from django.apps import apps
from django.core.management import CommandError

from articles.models import Article, Edition, RelatedEdge
from cms.demo import content

OURS = {"articles", "references", "disclaimers", "affiliates", "claims"}


def rows():
    """Every row of our apps."""
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}


@pytest.mark.django_db
def test_everything_is_loaded_live_and_a_second_load_changes_nothing(worker_in_test):
    said = []
    content.load(said.append)
    before = rows()

    content.load(said.append)

    files = list((content.FOLDER / "articles").glob("*.md"))
    assert Edition.objects.live().count() == Article.objects.count() == len(files)
    assert not Article.objects.exclude(pk__in=RelatedEdge.objects.values("source")).exists()
    assert rows() == before
    assert said[: len(said) // 2] == said[len(said) // 2 :]


@pytest.mark.django_db
def test_the_log_speaks_again_after_a_load_that_failed(monkeypatch):
    def fail(*_, **__):
        raise CommandError("no")

    monkeypatch.setattr(content, "call_command", fail)

    with pytest.raises(CommandError):
        content.load(lambda text: None)

    assert logging.root.manager.disable == logging.NOTSET
