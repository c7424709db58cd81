"""Writing links, products and networks in the admin."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from affiliates.models import AffiliateLink, LinkTarget, Network, Product, Program
from tests.affiliates.desk import (
    AWIN,
    add,
    change_url,
    errors,
    form_data,
    list_url,
)
from tests.affiliates.factories import (
    AMAZON_TAG,
    LinkFactory,
    ProductFactory,
    ProgramFactory,
    network,
)

pytestmark = pytest.mark.django_db


def test_an_address_says_by_itself_whose_it_is(staff):
    ProgramFactory(network=network("amazon"), account=AMAZON_TAG, merchant="Amazon")

    response = add(staff, target_url=f"https://www.amazon.com/dp/B0?tag={AMAZON_TAG}")

    link = AffiliateLink.objects.get()
    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert (link.network.key, link.store_name, link.slug) == ("amazon", "Amazon", "amazon-zinc-citrate")
    assert link.program.account == AMAZON_TAG
    assert any("Recognised as Amazon Associates, direct" in message for message in messages)
    assert LinkTarget.objects.get().created_by.is_superuser


def test_a_short_link_is_saved_with_a_warning(staff):
    response = add(staff, target_url="https://amzn.to/x")

    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert AffiliateLink.objects.get().is_opaque
    assert any("full product URL with your tag" in message for message in messages)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"target_url": "http://www.awin1.com/"}, "target_url", "must begin with https"),
        ({"target_url": "https://127.0.0.1/"}, "target_url", "not a public name"),
        ({"target_url": "https://münchen.example/"}, "target_url", "xn--mnchen-3ya.example"),
        ({"target_url": ""}, "target_url", "required"),
        ({"target_url": "https://shop.example/zinc"}, "network", "No network is known to use shop.example"),
        ({"slug": "Zinc 1"}, "slug", "lower-case"),
        ({"slug": "beacon"}, "slug", "belongs to Chelate"),
        ({"title": ""}, "title", "required"),
        ({"fallback_url": "https://evil.example/"}, "fallback_url", "not a host of this network"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(staff, values, field, words):
    response = add(staff, **values)

    assert response.status_code == 200
    assert words in errors(response)[field]
    assert not AffiliateLink.objects.exists()


def test_somebody_elses_tag_is_refused(staff):
    ProgramFactory(network=network("amazon"), account=AMAZON_TAG)

    response = add(staff, target_url="https://www.amazon.com/dp/B0?tag=thief-20")

    assert "thief-20, which is not your own" in errors(response)["target_url"]


def test_a_shop_of_its_own_is_found_by_its_program(staff):
    program = ProgramFactory(
        network=network("direct-merchant"), domains=["shop.example"], store_name="The Shop"
    )

    add(staff, target_url="https://www.shop.example/zinc")

    link = AffiliateLink.objects.get()
    assert (link.program, link.store_name) == (program, "The Shop")


def test_changing_the_address_keeps_the_old_one(staff):
    link = LinkFactory(url=AWIN, program=None)

    staff.post(
        change_url(link), form_data(network=link.network_id, store_name="N", target_url=f"{AWIN}&ued=x")
    )

    assert set(link.targets.values_list("url", "is_active")) == {(AWIN, False), (f"{AWIN}&ued=x", True)}


def test_a_shown_change_counts_a_version_and_an_unseen_one_does_not(staff):
    link = LinkFactory(url=AWIN)
    values = {"network": link.network_id, "title": link.title, "store_name": link.store_name}

    staff.post(change_url(link), form_data(**values, notes="Ask for a better rate."))
    link.refresh_from_db()
    assert link.version == 1

    staff.post(change_url(link), form_data(**{**values, "store_name": "New name"}))
    link.refresh_from_db()
    assert link.version == 2


def test_the_slug_of_a_link_stays(staff):
    link = LinkFactory(slug="zinc", url=AWIN)

    staff.post(change_url(link), form_data(network=link.network_id, store_name="N", slug="other"))

    link.refresh_from_db()
    assert link.slug == "zinc"


@pytest.mark.parametrize(("action", "status"), [("pause", "paused"), ("set_live", "live")])
def test_a_status_is_set_in_one_go_and_signed(staff, action, status):
    links = [LinkFactory(status="draft"), LinkFactory(status="draft")]

    staff.post(list_url("affiliatelink"), {"action": action, "_selected_action": [link.pk for link in links]})

    assert set(AffiliateLink.objects.values_list("status", "version")) == {(status, 2)}
    assert links[0].history.first().history_user.is_superuser


def test_a_network_that_was_edited_is_marked_as_such(staff):
    awin = network()
    data = {
        "name": "Awin", "routing": "redirect", "hosts": "awin1.com\n zenaps.com ", "short_hosts": "",
        "sub_id_carrier": "query", "sub_id_parameter": "clickref", "is_open": "on",
    }  # fmt: skip

    response = staff.post(change_url(awin), data)

    awin.refresh_from_db()
    assert response.status_code == 302
    assert (awin.is_customised, awin.hosts) == (True, ["awin1.com", "zenaps.com"])


def test_a_host_that_is_none_is_refused(staff):
    data = {
        "network": network("direct-merchant").pk,
        "merchant": "Shop",
        "slug": "shop",
        "domains": "https://shop/",
    }

    response = staff.post(reverse("admin:affiliates_program_add"), data)

    assert "is not a host" in errors(response)["domains"]


def test_a_product_takes_its_facts_line_by_line(staff):
    data = {"name": "Zinc 10", "slug": "zinc-10", "facts": "One\n\n Two "}

    staff.post(reverse("admin:affiliates_product_add"), data)

    assert Product.objects.get().facts == ["One", "Two"]


def test_an_edited_product_counts_a_version(staff):
    product = ProductFactory(facts=["One"])
    data = {"name": product.name, "facts": "One\nTwo", "link": product.link_id}

    staff.post(change_url(product), data)

    product.refresh_from_db()
    assert (product.version, product.facts) == (2, ["One", "Two"])


def test_editing_a_network_reaches_the_pages_of_its_links(staff, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    link = LinkFactory()
    data = {
        "name": "Awin",
        "routing": "direct",
        "hosts": "awin1.com",
        "sub_id_carrier": "none",
        "is_open": "on",
    }

    with django_capture_on_commit_callbacks(execute=True):
        staff.post(change_url(link.network), data)

    assert any(f"link:{link.pk}" in str(task.args_kwargs) for task in DBTaskResult.objects.all())


def test_networks_are_kept_while_links_need_them(staff):
    link = LinkFactory()

    staff.post(reverse("admin:affiliates_network_delete", args=[link.network_id]), {"post": "yes"})

    assert Network.objects.filter(pk=link.network_id).exists()
    assert Program.objects.count() == 0


def test_a_plain_address_of_a_shop_says_which_networks_pay_for_it(staff):
    response = add(staff, target_url="https://www.iherb.com/pr/zinc")

    assert "iHerb earns nothing" in errors(response)["network"]
    assert "Partnerize" in errors(response)["network"]


def test_the_shop_behind_a_networks_link_is_named(staff):
    add(staff, target_url="https://prf.hn/click/camref:11l/destination:https://www.iherb.com/pr/zinc")

    assert AffiliateLink.objects.get().store_name == "iHerb"


def test_http_needs_a_tick(staff):
    ProgramFactory(network=network("direct-merchant"), domains=["shop.example"])

    refused = add(staff, target_url="http://shop.example/zinc")
    assert "must begin with https" in errors(refused)["target_url"]

    add(staff, target_url="http://shop.example/zinc", allow_http="on")
    assert LinkTarget.objects.get().allows_http


def test_an_offer_gets_its_end(staff):
    add(staff, expires_at_0="2026-12-24", expires_at_1="18:00")

    assert AffiliateLink.objects.get().expires_at.isoformat().startswith("2026-12-24T")


def test_a_recall_is_no_choice_among_the_states(staff):
    response = add(staff, status="recalled")

    assert "not one of the available choices" in errors(response)["status"]


def test_a_recalled_link_stays_so_when_it_is_saved(staff):
    link = LinkFactory(status="recalled", url=AWIN)

    staff.post(change_url(link), form_data(network=link.network_id, store_name="N", status="live"))

    link.refresh_from_db()
    assert (link.status, link.store_name) == ("recalled", "N")


def test_what_was_recalled_is_not_set_live_in_passing(staff):
    recalled, paused = LinkFactory(status="recalled"), LinkFactory(status="paused")

    rows = {"action": "set_live", "_selected_action": [recalled.pk, paused.pk]}
    response = staff.post(list_url("affiliatelink"), rows, follow=True)

    recalled.refresh_from_db()
    paused.refresh_from_db()
    assert (recalled.status, paused.status) == ("recalled", "live")
    assert "needs a reason to come back" in response.content.decode()


def test_a_network_says_where_each_fact_was_read(staff):
    page = staff.get(change_url(network("partnerize"))).content.decode()

    assert "Public descriptions of pubref, reported" in page
    assert "2026-11-21" in page
