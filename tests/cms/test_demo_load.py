"""Loading the sample site into a database."""

import logging

import pytest
from django.apps import apps
from django.core.management import CommandError

from articles.compile import compile_article
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
    live = Article.objects.filter(pk__in=Edition.objects.live().values("article"))
    assert live.count() == Article.objects.count() - 1 == len(files)
    assert not live.exclude(pk__in=RelatedEdge.objects.values("source")).exists()
    assert rows() == before
    assert said[: len(said) // 2] == said[len(said) // 2 :]


@pytest.mark.django_db
def test_the_draft_shows_what_the_checks_look_for(worker_in_test):
    content.load(lambda text: None)
    draft = Article.objects.get(slug="ten-reasons-to-love-magnesium")

    found = {finding.id for finding in compile_article(draft).findings}

    wanted = "AFF14 AFF15 CLM01 CLM03 CLM04 CLM06 CLM08 DOS01 DOS02 EVD01 EVD02 EVD03 TRU01"
    assert set(wanted.split()) - found == set()
    assert not draft.editions.exists()


@pytest.mark.django_db
def test_the_log_speaks_again_after_a_load_that_failed(monkeypatch):
    def fail(*_, **__):
        raise CommandError("no")

    monkeypatch.setattr(content, "call_command", fail)

    with pytest.raises(CommandError):
        content.load(lambda text: None)

    assert logging.root.manager.disable == logging.NOTSET
