from pathlib import Path

import pytest

import affiliates
from affiliates.markup.slots import beacon_script
from articles.models import Edition
from cms import plugins
from cms.contracts import SlotContext
from tests.factories import EditionFactory

SCRIPT = Path(affiliates.__file__).parent / "static" / "affiliates" / "beacon.js"


def test_pages_without_an_edition_do_not_load_it():
    assert beacon_script(SlotContext()) == ""


def test_the_tag_is_deferred_our_own_and_names_the_article():
    tag = beacon_script(SlotContext(edition=Edition(article_id=12)))

    assert tag.strip() == '<script src="/static/affiliates/beacon.js" data-article="12" defer></script>'


def test_the_script_has_two_kilobytes_at_most_and_asks_nobody_else():
    assert SCRIPT.stat().st_size <= 2_048
    assert "//" not in SCRIPT.read_text().replace("// ", "")


def test_it_asks_whether_the_reader_objects_before_anything_else():
    code = SCRIPT.read_text()

    assert (
        code.index("globalPrivacyControl")
        < code.index("addEventListener")
        < code.index("IntersectionObserver")
    )


def test_it_stands_in_the_head():
    assert [slot.id for slot in plugins.registry().slots("head")] == ["affiliates.beacon"]


@pytest.mark.django_db
def test_it_costs_an_article_no_query(client, django_assert_num_queries):
    edition = EditionFactory()

    with django_assert_num_queries(4):  # edition, authors, related, and the text of a page that is made
        response = client.get(edition.get_absolute_url())

    assert f'data-article="{edition.article_id}"' in response.content.decode()
