"""Importing a report in a browser: pick columns, look, write, undo; each page with axe, in both schemes."""

import pytest
from playwright.sync_api import expect

from affiliates.models import Conversion
from tests.affiliates.earnings.reports import AWIN, awin, sub_id, text_of
from tests.affiliates.factories import PlacementFactory, network
from tests.factories import UserFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OWN = "Datum;Provision;Wert;Ref;Stand\n05.03.2026;1,50;10,00;abc;offen\n06.03.2026;2,25;20,00;;offen\n"


@pytest.fixture
def upload(live_server, page, log_in, tmp_path):
    log_in(UserFactory(superuser=True))

    def send(text, key):
        path = tmp_path / "march.csv"
        path.write_text(text)
        page.goto(f"{live_server.url}/admin/affiliates/importfile/add/")
        page.get_by_label("Network").select_option(str(network(key).pk))
        page.locator("#id_report").set_input_files(path)
        page.get_by_role("button", name="Read the file").click()

    return send


@pytest.fixture
def look(page, axe_serious, complaints):
    """Check the page that is open in the light and in the dark scheme."""

    def check(name):
        for is_dark in (False, True):
            page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", is_dark)
            axe_serious(page)
        page.evaluate("document.documentElement.classList.remove('dark')")
        assert complaints == [], name

    return check


def test_a_known_report_is_looked_at_written_and_undone(page, upload, look):
    placement = PlacementFactory()
    rows = [awin(number, sub_id=sub_id(placement) if number % 2 else "") for number in range(8)]

    upload(text_of(AWIN, [*rows, awin(9, "ten")]), "awin")
    expect(page.get_by_role("heading", name="Write it to the ledger?")).to_be_visible()
    look("preview")
    page.get_by_role("button", name="Write to the ledger").click()
    expect(page.get_by_text("Written to the ledger.")).to_be_visible()
    look("done")
    page.get_by_role("link", name="Show its rows").click()
    expect(page.get_by_text("8 ledger rows")).to_be_visible()
    look("ledger")
    page.go_back()
    page.get_by_role("link", name="Undo…").click()
    look("undo")
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()

    assert Conversion.objects.count() == 16


def test_unknown_columns_are_picked_and_tried(page, upload, look):
    upload(OWN, "direct-merchant")
    expect(page.get_by_role("heading", name="What the columns mean")).to_be_visible()
    look("columns")
    for label, column in {"Date of the sale": "Datum", "Commission": "Provision", "Sub-ID": "Ref"}.items():
        page.get_by_label(label, exact=True).select_option(column)
    page.get_by_label("Dates look like").select_option("%d.%m.%Y")
    page.get_by_label("Amounts look like").select_option(",")
    page.get_by_label("Currency", exact=True).nth(1).fill("EUR")
    page.get_by_label("Remember as").fill("Shop")
    page.get_by_role("button", name="Try the first lines").click()
    expect(page.get_by_text("1.50 EUR")).to_be_visible()
    look("tried")
    page.get_by_role("button", name="Check the whole file").click()

    expect(page.get_by_text("2 rows, sold from 5 March 2026 to 6 March 2026.")).to_be_visible()
