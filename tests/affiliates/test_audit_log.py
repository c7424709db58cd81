"""The rows that a recall leaves in the audit log, as the page shows them."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from affiliates.recall import recall
from articles.models import AuditEvent
from tests.affiliates.desk import change_url
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LOG = reverse("admin:articles_auditevent_changelist")


def page(client):
    return client.get(LOG).content.decode()


def test_recalled_records_are_named_and_linked(staff):
    link, product = LinkFactory(title="Kelp tablets"), ProductFactory(name="Kelp 300")
    recall([link, product], reason="Lead in a batch")

    shown = page(staff)

    assert f'href="{change_url(link)}">{link}</a>' in shown
    assert f'href="{change_url(product)}">Kelp 300</a>' in shown
    assert "&#x27;key&#x27;" not in shown


def test_a_record_that_is_gone_keeps_its_name(staff):
    product = ProductFactory(name="Kelp 300")
    recall([product], reason="Lead in a batch")
    address = change_url(product)
    product.delete()

    shown = page(staff)

    assert "Kelp 300" in shown
    assert address not in shown


def test_who_may_not_see_links_is_not_led_to_them(client):
    link = LinkFactory(title="Kelp tablets")
    recall([link], reason="Lead in a batch")
    reader = UserFactory(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_auditevent"))
    client.force_login(reader)

    shown = page(client)

    assert "Kelp tablets" in shown
    assert change_url(link) not in shown


@pytest.mark.parametrize(
    "key", ["", "link", "link:x", "link:" + "9" * 40, "page:1", "link:\N{SUPERSCRIPT TWO}"]
)
def test_a_key_that_leads_nowhere_breaks_nothing(staff, key):
    AuditEvent.objects.create(kind="recalled", data={"records": [{"key": key, "name": "Old tablets"}]})

    assert "Old tablets" in page(staff)


@pytest.mark.parametrize("count", [1, 20])
def test_linking_takes_one_query_for_each_kind(staff, count, django_assert_num_queries):
    for _ in range(count):
        recall([LinkFactory(), ProductFactory()], reason="Lead in a batch")

    with django_assert_num_queries(6):  # session, user, count, rows, links, products
        page(staff)
