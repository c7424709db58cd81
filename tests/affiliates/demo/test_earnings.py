"""Sample earnings, imported from files as an editor would import them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from affiliates.demo import earnings, links
from affiliates.demo.places import bare, live_places
from affiliates.demo.traffic import Traffic
from affiliates.models import (
    Attribution,
    Conversion,
    EarningsDay,
    EarningsMapping,
    ImportFile,
    NetworkClickDay,
    Placement,
)
from tests.affiliates.demo.samples import plan
from tests.affiliates.factories import LinkFactory, PlacementFactory, ProgramFactory, network
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db
TAGGED = "reading-an-omega-3-label"


@pytest.fixture
def site():
    """Three links of three networks in one article."""
    edition = EditionFactory(slug=TAGGED, article__slug=TAGGED)
    vitahaus = ProgramFactory(
        slug="vitahaus", network=network("direct-merchant"), domains=["vitahaus.example"]
    )
    own = LinkFactory(
        network=network("direct-merchant"), program=vitahaus, url="https://vitahaus.example/algae"
    )
    for link in (LinkFactory(), own, LinkFactory(amazon=True)):
        PlacementFactory(article=edition.article, link=link, kind=Placement.Kind.PRODUCT)
    LinkFactory(slug=plan().ended.link)
    return edition.article


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "reports"


@pytest.fixture
def busy():
    """A plan by which so many buy that every kind of row is there."""
    return plan(sales={network: replace(selling, rate=0.25) for network, selling in plan().sales.items()})


@pytest.fixture
def filled(site, busy, folder):
    now = timezone.now()
    links.assign_tags(busy)
    days = list(Traffic(busy, live_places(), bare(busy.ended.link), now).days())
    earnings.fill(busy, days, folder, now)
    return days, now


def test_every_file_but_the_last_is_imported(filled, folder):
    written = {path.name for path in folder.iterdir()}

    imported = ImportFile.objects.filter(state=ImportFile.State.DONE)

    assert written - set(imported.values_list("name", flat=True)) == {earnings.TO_TRY}
    assert imported.count() == len(written) - 1
    assert sum(imported.values_list("rejected_count", flat=True)) == 0
    assert all(imported.values_list("read_count", flat=True))


def test_the_second_report_of_a_network_knows_corrects_and_adds(filled):
    second = ImportFile.objects.get(name="sample-awin-2.csv")

    assert second.new_count
    assert second.corrected_count
    assert second.duplicate_count


def test_imports_are_as_old_as_their_reports(filled):
    _, now = filled

    first, second = (ImportFile.objects.get(name=f"sample-awin-{number}.csv") for number in (1, 2))

    assert first.imported_at == first.created_at == now - earnings.EARLIER
    assert second.imported_at == now - earnings.LATELY


def test_each_currency_is_one_networks(filled):
    pairs = set(Conversion.objects.values_list("network__key", "currency"))

    assert pairs == {("awin", "GBP"), ("direct-merchant", "EUR"), ("amazon", "USD")}


def test_commission_is_conserved_to_the_cent(filled):
    for currency in ("GBP", "EUR", "USD"):
        ledger = sum(
            Conversion.objects.filter(currency=currency).values_list("commission", flat=True), Decimal(0)
        )
        shares = Attribution.objects.filter(conversion__currency=currency)
        days = EarningsDay.objects.filter(currency=currency)

        assert sum(shares.values_list("commission", flat=True), Decimal(0)) == ledger
        assert sum(days.values_list("commission", flat=True), Decimal(0)) == ledger > 0


def test_sales_belong_to_the_placements_that_were_clicked(filled):
    placed = Attribution.objects.filter(method="placement_sub_id")

    found = set(placed.values_list("placement__link__network__key", "conversion__network__key"))

    assert found == {("awin", "awin"), ("direct-merchant", "direct-merchant")}


def test_amazons_sales_belong_to_the_article_of_the_tag(filled, site):
    own = Attribution.objects.filter(conversion__tracking_id="chelatedemo-om3-20")
    general = Attribution.objects.filter(conversion__tracking_id="chelatedemo-20")

    assert set(own.values_list("article", flat=True)) == {site.pk}
    assert set(general.values_list("article", flat=True)) == {None}


def test_some_sales_belong_nowhere(filled):
    share = Attribution.objects.filter(method="unattributed").count() / Attribution.objects.count()

    assert 0 < share < 0.3


def test_the_networks_own_clicks_are_those_of_days_that_are_over(filled):
    _, now = filled

    days = NetworkClickDay.objects.values_list("network__key", "day")

    assert {key for key, _ in days} == {"awin", "amazon"}
    assert max(day for _, day in days) == now.date() - timedelta(days=1)


def test_a_second_time_changes_nothing(filled, busy, folder):
    days, now = filled
    models = (Conversion, Attribution, EarningsDay, ImportFile, NetworkClickDay, EarningsMapping)
    before = [sorted(map(repr, model.objects.values_list())) for model in models]

    earnings.fill(busy, days, folder, now)

    assert [sorted(map(repr, model.objects.values_list())) for model in models] == before


def test_the_file_to_try_adds_and_corrects(filled, folder):
    """It is what an editor would download today."""
    call_command("import_earnings", "awin", str(folder / earnings.TO_TRY), stdout=StringIO())

    tried = ImportFile.objects.get(name=earnings.TO_TRY)
    assert tried.rejected_count == 0
    assert tried.new_count
    assert tried.corrected_count
