import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from affiliates import networks
from affiliates.clicks.record import Drop, Hit, count
from affiliates.models import AffiliateLink, Click, ClickDay, DropDay, LinkTarget, Network, Product, Program
from affiliates.sums import add_up
from tests.affiliates.factories import (
    AMAZON_TAG,
    LinkFactory,
    PlacementFactory,
    ProductFactory,
    ProgramFactory,
    network,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MAX_QUERIES = 15
MODELS = ["affiliatelink", "product", "network", "program", "placement", "click", "clickday", "dropday"]
READ_ONLY = ["placement", "click", "clickday", "dropday"]
AWIN = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(superuser=True))
    return client


def list_url(model):
    return reverse(f"admin:affiliates_{model}_changelist")


def change_url(record):
    return reverse(f"admin:affiliates_{record._meta.model_name}_change", args=[record.pk])


def form_data(**values):
    empty = {"targets-TOTAL_FORMS": 0, "targets-INITIAL_FORMS": 0}
    return {**empty, "title": "Zinc citrate", "status": "live", "target_url": AWIN, **values}


def add(client, **values):
    return client.post(reverse("admin:affiliates_affiliatelink_add"), form_data(**values))


def errors(response):
    return {name: " ".join(found) for name, found in response.context["adminform"].form.errors.items()}


def click(placement, click_class="human", visitor=1):
    moment = timezone.now().replace(microsecond=0)
    count(
        Hit(
            moment, placement.link_id, None, placement.pk, click_class, "", "redirect", visitor, "", "desktop", ""
        )
    )  # fmt: skip


def fill(number):
    for _ in range(number):
        placement = PlacementFactory(link=LinkFactory(program=ProgramFactory()))
        ProductFactory(link=placement.link)
        click(placement)
        count(Drop(timezone.now().date(), "prefetch", placement.link_id))
    add_up()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("number", [1, 12])
def test_every_list_takes_few_queries_at_any_size(staff, model, number, django_assert_max_num_queries):
    fill(number)

    with django_assert_max_num_queries(MAX_QUERIES):
        response = staff.get(list_url(model))

    assert response.status_code == 200
    assert response.context["cl"].result_count >= min(number, len(networks.shipped()))


@pytest.mark.parametrize("model", [AffiliateLink, Product, Program, ClickDay, Click, DropDay])
def test_every_record_page_takes_few_queries(staff, model, django_assert_max_num_queries):
    fill(12)

    with django_assert_max_num_queries(MAX_QUERIES):
        assert staff.get(change_url(model.objects.first())).status_code == 200


@pytest.mark.parametrize("uses", [1, 20])
def test_a_link_page_takes_few_queries_however_often_it_is_used(staff, uses, django_assert_max_num_queries):
    link = LinkFactory()
    for _ in range(uses):
        click(PlacementFactory(link=link))
    add_up()

    with django_assert_max_num_queries(MAX_QUERIES):
        response = staff.get(change_url(link))

    assert response.content.decode().count("In the text, block 3") == uses


@pytest.mark.parametrize("model", [name for name in MODELS if name != "network"])
def test_an_empty_list_says_what_it_is_for(staff, model):
    response = staff.get(list_url(model))

    hint = response.context["cl"].model_admin.empty_hint
    assert len(hint) > 40
    assert hint[:30] in response.content.decode()


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_the_site_writes_cannot_be_changed(staff, model):
    assert staff.get(reverse(f"admin:affiliates_{model}_add")).status_code == 403
    assert b"addlink" not in staff.get(list_url(model)).content


@pytest.mark.parametrize("model", MODELS)
def test_the_admin_asks_for_a_login(client, model):
    response = client.get(list_url(model))

    assert response.status_code == 302
    assert reverse("admin:login") in response["Location"]


@pytest.mark.parametrize("model", MODELS)
def test_staff_without_rights_sees_nothing(client, model):
    client.force_login(UserFactory())

    assert client.get(list_url(model)).status_code == 403


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


@pytest.mark.parametrize(
    ("action", "status"), [("recall", "recalled"), ("pause", "paused"), ("set_live", "live")]
)
def test_a_status_is_set_in_one_go_and_signed(staff, action, status):
    links = [LinkFactory(status="draft"), LinkFactory(status="draft")]

    staff.post(list_url("affiliatelink"), {"action": action, "_selected_action": [link.pk for link in links]})

    assert set(AffiliateLink.objects.values_list("status", "version")) == {(status, 2)}
    assert links[0].history.first().history_user.is_superuser


def test_the_list_shows_people_uniques_and_bots(staff):
    placement = PlacementFactory(link=LinkFactory(slug="zinc"))
    for visitor in (1, 1, 2, None):
        click(placement, visitor=visitor)
    click(placement, "bot", None)
    add_up()

    page = staff.get(list_url("affiliatelink")).content.decode()

    assert "4 (2 unique)" in page
    assert "uniqueness of 1 not measured, 1 by bots" in page


def test_direct_links_are_a_lower_bound(staff):
    click(PlacementFactory(link=LinkFactory(amazon=True)))
    add_up()

    assert "at least 1 (1 unique)" in staff.get(list_url("affiliatelink")).content.decode()


def test_old_clicks_are_not_among_the_last_thirty_days(staff, frozen_time):
    placement = PlacementFactory()
    click(placement)
    add_up()

    frozen_time.move_to("2026-05-30T23:00:00Z")
    assert "1 (1 unique)" in staff.get(list_url("affiliatelink")).content.decode()
    frozen_time.move_to("2026-05-31T01:00:00Z")
    assert "0 (0 unique)" in staff.get(list_url("affiliatelink")).content.decode()


def test_a_link_says_where_it_is_used(staff):
    placement = PlacementFactory(block_index=4, ordinal=2)

    page = staff.get(change_url(placement.link)).content.decode()

    assert placement.article.title in page
    assert reverse("admin:articles_article_change", args=[placement.article_id]) in page
    assert "In the text, block 5, use 2" in page


def test_clicks_are_filtered_by_class(staff):
    placement = PlacementFactory()
    click(placement)
    click(placement, "bot", None)

    response = staff.get(list_url("click"), {"click_class__exact": "bot"})

    assert [found.click_class for found in response.context["cl"].result_list] == ["bot"]


def test_a_click_says_what_is_known_of_its_visitor(staff):
    placement = PlacementFactory()
    for visitor in (1, 1, None):
        click(placement, visitor=visitor)
    click(placement, "bot", None)
    add_up()

    page = staff.get(list_url("click")).content.decode()

    assert page.count("first today") == page.count("not recognised") == 1
    assert "again today" not in page


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
