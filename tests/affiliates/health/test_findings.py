"""What the editor of an article hears about broken links."""

import pytest

from affiliates.models import LinkHealth
from affiliates.models.health import State
from tests.affiliates.compiling import compiled
from tests.affiliates.factories import LinkFactory, ProductFactory

pytestmark = pytest.mark.django_db


def broken(**values):
    link = LinkFactory(slug="zinc", title="Zinc")
    values = {"state": State.GONE, "detail": "No such page (404).", "trouble_count": 2, **values}
    LinkHealth.objects.create(target=link.targets.get(), **values)
    return link


def warnings(text, **front_matter):
    return [found for found in compiled(text, **front_matter).findings if found.id == "LNK10"]


def test_a_broken_link_is_a_warning_at_its_words():
    broken()

    (found,) = warnings("One.\n\nTake [it](aff:zinc).\n")

    assert (found.severity, found.critical, found.line, found.quote) == ("warning", False, 3, "aff:zinc")
    assert "No such page (404)." in found.message


def test_boxes_and_the_end_call_are_heard_too():
    ProductFactory(link=broken(), slug="tablets")

    assert len(warnings("::product{tablets}\n")) == 1
    assert len(warnings("Text.\n", affiliate_link="zinc")) == 1


@pytest.mark.parametrize(
    "values",
    [{"trouble_count": 1}, {"state": State.BLOCKED}, {"state": State.UNREACHABLE}, {"state": State.OK}],
)
def test_what_is_no_alert_is_no_warning(values):
    broken(**values)

    assert warnings("Take [it](aff:zinc).\n") == []


def test_a_recalled_link_stays_an_error_of_its_own():
    link = broken()
    link.status = "recalled"
    link.save()

    found = compiled("Take [it](aff:zinc).\n").findings

    assert "LNK10" not in {finding.id for finding in found}
    assert {finding.severity for finding in found if finding.id == "LNK01"} == {"error"}


@pytest.mark.parametrize("links", [0, 1, 8])
def test_one_query_however_many_links(links, django_assert_num_queries):
    from affiliates.health.findings import broken_links
    from cms.contracts import Snapshot

    for number in range(links):
        LinkFactory(slug=f"link-{number}")
    text = "\n\n".join(f"[a](aff:link-{number})" for number in range(links))
    document = compiled(text or "Text.")
    snapshot = Snapshot(source=document_source(text), document=document)

    with django_assert_num_queries(1 if links else 0):
        assert list(broken_links(snapshot)) == []


def document_source(text):
    from articles.compile import make_source

    return make_source(text, {}, None)
