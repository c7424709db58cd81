"""The three sample documents beside the clone, imported, published and read."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from articles.models import Edition, Revision
from articles.related.engine import rebuild
from tests.acceptance.page import Page

pytestmark = [pytest.mark.shared, pytest.mark.django_db]

NUMBERS = ("000", "001", "003")
REASON = "The samples are published as they are."
LEFT_OVER = re.compile(r":::|::[a-z]|\[-?@|\b(?:aff|art|img):[a-z]")


def bring_in(shared_dir, *arguments):
    out = StringIO()
    call_command(
        "import_content", str(shared_dir / "seeds"), "--json", *arguments, stdout=out, stderr=StringIO()
    )
    return json.loads(out.getvalue())


@pytest.fixture(scope="module")
def online(shared_dir, django_db_setup, django_db_blocker):
    """Import and publish once for all tests here: the report, the reading pages by number, and the home page."""
    with django_db_blocker.unblock(), transaction.atomic():
        report = bring_in(shared_dir, "--publish", "--override", REASON)
        rebuild()
        pages = {number: read(address(number)) for number in NUMBERS}
        home = read("/")
        transaction.set_rollback(True)
    return report, pages, home


@pytest.fixture
def sample(online):
    """Return a function that gives the page of one sample."""
    return online[1].__getitem__


def address(number):
    return Edition.objects.live().get(article__source_id__startswith=f"file:{number}_").get_absolute_url()


def read(path):
    response = Client().get(path)
    assert response.status_code == 200
    return Page(response.text)


def test_all_three_are_online(online):
    report, _, home = online

    assert [row["publication"] for row in report["articles"] if row["publication"].startswith("not")] == []
    assert len(report["articles"]) == len(home.all(css="card__title")) == 3


def test_importing_and_publishing_again_changes_nothing(shared_dir):
    bring_in(shared_dir, "--publish", "--override", REASON)
    before = [Revision.objects.count(), Edition.objects.count()]

    again = bring_in(shared_dir, "--publish", "--override", REASON)

    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 3)
    assert [Revision.objects.count(), Edition.objects.count()] == before


@pytest.mark.parametrize(
    "text", [":::", "a :::note", "::papers", "see [@lim2013]", "[x](aff:shop)", "![x](img:y)", "art:zinc"]
)
def test_left_over_mark_up_would_be_seen(text):
    assert LEFT_OVER.search(text)
    assert not LEFT_OVER.search("Ratio 2::1, start: now, at 10:30, “part:” and @home.")


@pytest.mark.parametrize("number", NUMBERS)
def test_nothing_of_the_mark_up_is_left_over(sample, number):
    text = sample(number).text

    assert LEFT_OVER.findall(text) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_page_has_one_first_heading(sample, number):
    assert sample(number).one("h1").text.strip()


@pytest.mark.parametrize("number", NUMBERS)
def test_ids_are_unique_and_every_fragment_leads_somewhere(sample, number):
    found = sample(number)
    names = [element.attributes["id"] for element in found.elements if "id" in element.attributes]
    wanted = [
        link.attributes["href"][1:]
        for link in found.all("a")
        if link.attributes.get("href", "").startswith("#")
    ]

    assert len(names) == len(set(names))
    assert sorted(set(wanted) - set(names)) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_health_notice_is_present(sample, number):
    assert sample(number).all("div", "notice--health")


@pytest.mark.parametrize("number", NUMBERS)
def test_paid_links_are_disclosed_before_the_first(sample, number):
    found = sample(number)

    for paid in found.paid_links[:1]:
        assert any(told.position < paid.position for told in found.all("aside", "disclosure"))


def test_the_short_link_goes_straight_to_amazon_with_the_sentence_it_prescribes(sample):
    found = sample("003")

    assert [link.attributes["href"] for link in found.paid_links] == ["https://amzn.to/4bchO3u"]
    assert "As an Amazon Associate" in found.one("aside", "disclosure").text


def test_the_long_article_shows_what_it_brought(sample):
    found = sample("000")

    assert sum("callout--" in element.attributes.get("class", "") for element in found.all("aside")) == 7
    assert len(found.all("section", "references")) == 1
    assert [element.has_class("notice") for element in found.all("div", "notice")].count(True) >= 2


def test_the_papers_are_a_table_and_their_citations_lead_to_the_list(sample):
    found = sample("003")

    assert len(found.one("div", "papers").text.split()) > 20
    assert found.all("sup", "cite")


def test_every_article_recommends_the_others(sample):
    assert [len(sample(number).all("h3", "card__title")) for number in NUMBERS] == [2, 2, 2]
