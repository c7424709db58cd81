"""Loading the sample site into a database."""

import logging

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError

from affiliates.models import (
    AffiliateLink,
    Attribution,
    Click,
    Conversion,
    Dimension,
    EarningsDay,
    ImportFile,
    NetworkClickDay,
    Tally,
)
from articles.compile import compile_article
from articles.models import Article, AuditEvent, Edition, RelatedEdge
from cms.demo import content

OURS = {"articles", "references", "disclaimers", "affiliates", "claims"}


def rows():
    """Every row of our apps."""
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}


def silence(text):
    pass


@pytest.mark.django_db
def test_everything_is_loaded_live_and_a_second_load_changes_nothing(worker_in_test, tmp_path):
    said = []
    content.load(said.append, tmp_path / "reports")
    before = rows()

    content.load(said.append, tmp_path / "reports")

    files = list((content.FOLDER / "articles").glob("*.md"))
    live = Article.objects.filter(pk__in=Edition.objects.live().values("article"))
    assert live.count() == Article.objects.count() - 1 == len(files)
    assert not live.exclude(pk__in=RelatedEdge.objects.values("source")).exists()
    assert rows() == before
    assert said[: len(said) // 2] == said[len(said) // 2 :]


@pytest.mark.django_db
def test_the_draft_alone_shows_what_the_checks_look_for(worker_in_test, tmp_path):
    content.load(silence, tmp_path / "reports")
    draft = Article.objects.get(slug="ten-reasons-to-love-magnesium")

    found = {finding.id for finding in compile_article(draft).findings}

    wanted = "AFF14 AFF15 CLM01 CLM03 CLM04 CLM06 CLM08 DOS01 DOS02 EVD01 EVD02 EVD03 TRU01"
    assert set(wanted.split()) - found == set()
    assert not draft.editions.exists()
    for article in Article.objects.exclude(pk=draft.pk):
        assert [finding for finding in compile_article(article).findings if finding.blocks] == []
    the_ledger_is_full(tmp_path / "reports")


def the_ledger_is_full(folder):
    """Look at the same load: another one would cost half a minute."""
    reports = {
        dimension for dimension in Dimension.values if Tally.objects.filter(dimension=dimension).exists()
    }
    assert reports == set(Dimension.values)
    assert set(EarningsDay.objects.values_list("currency", flat=True)) == {"EUR", "GBP", "USD"}
    assert set(ImportFile.objects.values_list("state", flat=True)) == {ImportFile.State.DONE}
    assert not ImportFile.objects.filter(rejected_count__gt=0).exists()
    assert {path.name for path in folder.iterdir()} - set(
        ImportFile.objects.values_list("name", flat=True)
    ) == {"awin-to-try.csv"}
    assert set(Conversion.objects.values_list("status", flat=True)) >= {"pending", "approved", "declined"}
    assert Conversion.objects.filter(kind=Conversion.Kind.CORRECTION).exists()
    methods = set(Attribution.objects.values_list("method", flat=True))
    assert methods == {"placement_sub_id", "tag_pool", "referring_url", "unattributed"}
    assert NetworkClickDay.objects.values("network").distinct().count() == 2
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.RECALLED).count() == 1
    ended = AffiliateLink.objects.exclude(status="live").values_list("status", flat=True)
    assert sorted(ended) == ["expired", "recalled"]
    assert "chelatedemo-om3-20" in Edition.objects.live().get(slug="reading-an-omega-3-label").html
    assert Click.objects.filter(is_repeat=True).exists()


@pytest.mark.django_db
def test_a_site_without_affiliate_links_has_no_ledger(monkeypatch, tmp_path):
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "affiliates")
    monkeypatch.setattr(content, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(content, "LEDGER", "nowhere.fill")
    said = []

    content.load(said.append, tmp_path / "reports")

    assert not any("earnings" in line for line in said)


@pytest.mark.parametrize("name", content.QUESTIONS)
@pytest.mark.parametrize(("value", "asks"), [(None, False), ("true", True)])
def test_nobody_is_asked_anything_unless_the_owner_says_so(monkeypatch, name, value, asks):
    monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(settings, name, True)
    if value:
        monkeypatch.setenv(name, value)

    with content.quiet():
        inside = getattr(settings, name)

    assert inside is asks
    assert getattr(settings, name) is True


@pytest.mark.django_db
def test_the_log_speaks_again_after_a_load_that_failed(monkeypatch, tmp_path):
    def fail(*_, **__):
        raise CommandError("no")

    monkeypatch.setattr(content, "call_command", fail)

    with pytest.raises(CommandError):
        content.load(silence, tmp_path / "reports")

    assert logging.root.manager.disable == logging.NOTSET
