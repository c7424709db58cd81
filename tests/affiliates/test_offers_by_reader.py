"""The counted redirect with several addresses, dates and numbers for clicks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from affiliates import services
from affiliates.carriers import extract
from affiliates.models import AffiliateLink, Click, LinkTarget
from affiliates.subids import decode
from tests.affiliates.factories import LinkFactory, PlacementFactory, ProgramFactory, network
from tests.affiliates.redirects import assert_safe_headers, visit
from tests.affiliates.requests import PHONE, SLACK
from tests.factories import ArticleFactory, EditionFactory

pytestmark = pytest.mark.django_db
US = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&us=1"
OTHER = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&other=1"


@pytest.fixture
def countries(settings):
    settings.TRUSTED_PROXY_COUNT, settings.COUNTRY_HEADER = 1, "X-Country"


def test_readers_of_a_country_are_sent_elsewhere(client, link, countries):
    target = services.add_target(link, url=US, countries="US CA")

    assert "us=1" in visit(client, "/go/zinc/", {"x-country": "US"})["Location"]
    assert "us=1" not in visit(client, "/go/zinc/", {"x-country": "DE"})["Location"]
    assert "us=1" not in visit(client, "/go/zinc/")["Location"]
    assert Click.objects.order_by("pk")[0].target == target


def test_a_visitor_cannot_name_a_country_without_a_trusted_proxy(client, link, settings):
    settings.COUNTRY_HEADER = "X-Country"
    services.add_target(link, url=US, countries="US")

    assert "us=1" not in visit(client, "/go/zinc/", {"x-country": "US"})["Location"]


def test_phones_are_sent_elsewhere(client, link):
    services.add_target(link, url=US, devices="phone")

    on_phone = visit(client, "/go/zinc/", {"user-agent": PHONE, "sec-ch-ua-platform": '"iOS"'})
    assert "us=1" in on_phone["Location"]
    assert "us=1" not in visit(client, "/go/zinc/")["Location"]


def test_a_language_is_sent_elsewhere(client, link):
    services.add_target(link, url=US, languages="de")

    assert "us=1" in visit(client, "/go/zinc/", {"accept-language": "de-AT,en;q=0.5"})["Location"]
    assert "us=1" not in visit(client, "/go/zinc/", {"accept-language": "en,de;q=0.9"})["Location"]


def test_an_address_has_its_time(client, link, frozen_time):
    now = timezone.now()
    services.add_target(link, url=US, starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2))

    seen = []
    for _ in range(3):
        seen.append("us=1" in visit(client, "/go/zinc/")["Location"])
        frozen_time.tick(timedelta(minutes=61))

    assert seen == [False, True, False]


def test_two_addresses_share_the_readers_without_a_cookie(client, link):
    services.add_target(link, url=OTHER, weight=1)

    answers = [visit(client, "/go/zinc/") for _ in range(40)]

    assert len({answer["Location"] for answer in answers}) == 2
    assert not any(answer.cookies for answer in answers)


def test_a_reader_for_whom_no_address_is_meant_is_told(client, link, countries):
    link.targets.all().delete()
    services.add_target(link, url=US, countries="US")

    response = visit(client, "/go/zinc/", {"x-country": "DE"})

    assert response.status_code == 410
    assert_safe_headers(response)


def test_a_hand_changed_condition_row_is_never_followed(client, link):
    target = services.add_target(link, url=US, priority=5)
    LinkTarget.objects.filter(pk=target.pk).update(url="https://evil.example/")

    response = visit(client, "/go/zinc/")

    assert response.status_code == 503


@pytest.mark.parametrize("number", [1, 8])
def test_more_addresses_cost_no_more_queries(client, link, number, django_assert_num_queries):
    for index in range(number):
        services.add_target(link, url=f"{US}&n={index}", devices="phone")

    with django_assert_num_queries(2):  # link with targets; network, program, placement
        client.head("/go/zinc/", headers={"user-agent": PHONE})


@pytest.mark.parametrize("seconds", [-1, 1])
def test_an_offer_ends_on_the_second(client, link, seconds):
    AffiliateLink.objects.filter(pk=link.pk).update(
        expires_at=timezone.now() + timedelta(seconds=seconds * 30)
    )

    assert visit(client, "/go/zinc/").status_code == (410 if seconds < 0 else 302)


def test_a_program_pays_until_its_last_day_is_over(client, frozen_time):
    frozen_time.move_to("2026-05-01T12:00:00Z")
    program = ProgramFactory(ends_on=timezone.now().date())
    LinkFactory(slug="zinc", program=program)

    assert visit(client, "/go/zinc/").status_code == 302
    frozen_time.move_to("2026-05-02T00:00:01Z")
    assert visit(client, "/go/zinc/").status_code == 410


def test_what_has_expired_leads_to_the_fallback(client, link):
    AffiliateLink.objects.filter(pk=link.pk).update(
        expires_at=timezone.now() - timedelta(days=1),
        fallback_url="https://www.awin1.com/cread.php?awinmid=9",
    )

    response = visit(client, "/go/zinc/")

    assert response["Location"] == "https://www.awin1.com/cread.php?awinmid=9"
    assert Click.objects.get().reason == "fallback"


def test_a_recalled_link_names_its_replacement(client, link):
    better = LinkFactory(slug="better", title="Zinc gluconate", store_name="Northmoor")
    AffiliateLink.objects.filter(pk=link.pk).update(
        status="recalled", replacement=better, fallback_url="https://www.awin1.com/cread.php?awinmid=9"
    )

    response = visit(client, "/go/zinc/")

    page = response.content.decode()
    assert response.status_code == 410
    assert 'href="/go/better/" rel="sponsored nofollow noopener">Zinc gluconate at Northmoor</a>' in page
    assert "(paid link)" in page
    assert "We may earn a commission" in page
    assert_safe_headers(response)


def test_a_direct_replacement_stands_with_its_own_address_and_sentence(client, link):
    better = LinkFactory(slug="better", amazon=True)
    AffiliateLink.objects.filter(pk=link.pk).update(status="recalled", replacement=better)

    page = visit(client, "/go/zinc/").content.decode()

    assert 'href="https://www.amazon.com/dp/B0DEMO?tag=chelate-20"' in page
    assert "As an Amazon Associate I earn" in page


def test_a_replacement_that_is_not_live_is_not_named(client, link):
    better = LinkFactory(slug="better", status="paused")
    AffiliateLink.objects.filter(pk=link.pk).update(status="recalled", replacement=better)

    assert "/go/better/" not in visit(client, "/go/zinc/").content.decode()


def test_the_fallback_article_wins_over_the_fallback_address(client, link):
    article = ArticleFactory()
    edition = EditionFactory(article=article)
    AffiliateLink.objects.filter(pk=link.pk).update(
        status="paused", fallback_article=article, fallback_url="https://www.awin1.com/cread.php?awinmid=9"
    )

    assert visit(client, "/go/zinc/")["Location"] == edition.get_absolute_url()


def token_in(response):
    return decode(extract(response["Location"], network().links.first().sub_id_rule)).click_token


def with_tokens(**values):
    row = network()
    for name, value in {"sends_click_token": True, **values}.items():
        setattr(row, name, value)
    row.save()


def test_no_number_of_a_click_is_told_unless_switched_on(client, placement):
    response = visit(client, "/go/zinc/7k2m9x/")

    assert token_in(response) == ""
    assert Click.objects.get().click_token is None


def test_a_sale_can_be_joined_to_its_click(client, placement):
    with_tokens()

    tokens = [token_in(visit(client, "/go/zinc/7k2m9x/")) for _ in range(3)]

    assert len(set(tokens)) == 3
    assert set(Click.objects.values_list("click_token", flat=True)) == set(tokens)
    assert all(len(token) == 8 for token in tokens)


@pytest.mark.parametrize("header", ["sec-gpc", "dnt"])
def test_readers_who_object_are_never_numbered(client, placement, header):
    with_tokens()

    response = visit(client, "/go/zinc/7k2m9x/", {header: "1"})

    assert token_in(response) == ""
    assert Click.objects.get().click_token is None


def test_bots_are_not_numbered(client, placement):
    with_tokens()

    visit(client, "/go/zinc/7k2m9x/", {"user-agent": SLACK})

    assert Click.objects.get().click_token is None


def test_a_network_with_less_room_gets_the_short_one(client, placement):
    with_tokens(sub_id_max_length=19)

    assert token_in(visit(client, "/go/zinc/7k2m9x/")) == ""


def test_without_a_placement_there_is_nothing_to_number(client, link):
    with_tokens()

    assert "clickref" not in visit(client, "/go/zinc/")["Location"]
    assert Click.objects.get().click_token is None


def test_amazon_is_never_told(client):
    amazon = network("amazon")
    amazon.routing, amazon.sends_click_token = "redirect", True
    amazon.save()
    PlacementFactory(link=LinkFactory(slug="mg", amazon=True), public_id="7k2m9x")

    response = visit(client, "/go/mg/7k2m9x/")

    assert response["Location"] == "https://www.amazon.com/dp/B0DEMO?tag=chelate-20"
    assert Click.objects.get().click_token is None
