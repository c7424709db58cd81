from pathlib import Path

import pytest

import affiliates
from affiliates.markup.slots import beacon_script
from articles.models import Edition
from cms import plugins
from cms.contracts import SlotContext

SCRIPT = Path(affiliates.__file__).parent / "static" / "affiliates" / "beacon.js"


@pytest.mark.parametrize(
    ("html", "is_loaded"),
    [
        ('<a class="paid" href="https://www.amazon.com/" data-placement="7k2m9x">oil</a>', True),
        ('<a class="paid" href="/go/zinc/7k2m9x/">zinc</a>', False),
        ("<p>No link.</p>", False),
    ],
)
def test_only_pages_with_direct_links_load_the_script(html, is_loaded):
    assert ("<script" in beacon_script(SlotContext(edition=Edition(html=html)))) is is_loaded


def test_pages_without_an_edition_do_not_load_it():
    assert beacon_script(SlotContext()) == ""


def test_the_script_is_tiny_deferred_and_our_own():
    tag = beacon_script(SlotContext(edition=Edition(html="<a data-placement=x>")))

    assert tag.strip() == '<script src="/static/affiliates/beacon.js" defer></script>'
    assert SCRIPT.stat().st_size <= 1_024
    assert "//" not in SCRIPT.read_text().replace("// ", "")


def test_it_stands_in_the_head():
    assert [slot.id for slot in plugins.registry().slots("head")] == ["affiliates.beacon"]
