import pytest
from django.utils import timezone

from affiliates.models import AffiliateLink, Click, ClickDay, DropDay, LinkTarget
from affiliates.subids import decode
from affiliates.sums import add_up
from tests.affiliates.factories import LinkFactory, PlacementFactory, ProgramFactory, network
from tests.affiliates.requests import BROWSER, PHONE, SLACK
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db
Status = AffiliateLink.Status


def sums():
    """The day sums, counted now."""
    add_up()
    return ClickDay.objects.all()


@pytest.fixture
def link():
    return LinkFactory(slug="zinc")


@pytest.fixture
def placement(link):
    return PlacementFactory(link=link, public_id="7k2m9x", last_edition=3)


def judged():
    """The clicks, with what each is to its visitor's others."""
    add_up()
    return Click.objects.order_by("pk")


def visit(client, path, headers=None, **extra):
    return client.get(path, headers={**BROWSER, **(headers or {})}, **extra)


def assert_safe_headers(response):
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_click_is_sent_on_and_counted(client, placement):
    response = visit(client, "/go/zinc/7k2m9x/")

    click = judged().get()
    assert response.status_code == 302
    assert_safe_headers(response)
    assert (click.link, click.placement, click.click_class) == (placement.link, placement, "human")
    assert click.target == LinkTarget.objects.get()
    assert (click.channel, click.device, click.is_first_of_day) == ("redirect", "desktop", True)
    assert click.time == click.time.replace(microsecond=0)


def test_the_sub_id_names_placement_and_edition(client, placement):
    location = visit(client, "/go/zinc/7k2m9x/")["Location"]

    sub_id = decode(location.partition("clickref=")[2].partition("&")[0])
    assert (sub_id.placement, sub_id.revision) == ("7k2m9x", 3)
    assert location.startswith("https://www.awin1.com/cread.php?")


def test_without_a_placement_the_address_is_the_stored_one(client, link):
    response = visit(client, "/go/zinc/")

    assert response["Location"] == link.targets.get().url
    assert Click.objects.get().placement is None


def test_the_body_is_a_plain_escaped_link(client, link):
    body = visit(client, "/go/zinc/").content.decode()

    assert '<a href="https://www.awin1.com/cread.php?awinmid=1&amp;awinaffid=2' in body
    assert len(body) < 600


def test_an_unknown_placement_is_counted_without_one(client, link):
    response = visit(client, "/go/zinc/zzzzzz/")

    assert response["Location"] == link.targets.get().url
    assert (Click.objects.get().placement, Click.objects.get().reason) == (None, "unknown_placement")


def test_another_links_placement_is_not_ours(client, link):
    PlacementFactory(public_id="7k2m9x")

    visit(client, "/go/zinc/7k2m9x/")

    assert Click.objects.get().placement is None


def test_the_preview_placement_is_our_own_click(client, link):
    response = visit(client, "/go/zinc/self/")

    assert response.status_code == 302
    assert (Click.objects.get().click_class, Click.objects.get().day_visitor) == ("self", None)


@pytest.mark.parametrize("method", ["get", "head"])
def test_head_has_the_headers_of_get_and_only_get_counts(client, placement, method):
    response = getattr(client, method)("/go/zinc/7k2m9x/", headers=BROWSER)

    assert response.status_code == 302
    assert "awin1.com" in response["Location"]
    assert_safe_headers(response)
    assert Click.objects.count() == (method == "get")


def test_a_bot_is_sent_to_the_same_place_and_counted_apart(client, placement):
    response = visit(client, "/go/zinc/7k2m9x/", {"user-agent": SLACK})

    click = Click.objects.get()
    assert response["Location"] == visit(client, "/go/zinc/7k2m9x/")["Location"]
    assert (click.click_class, click.reason, click.day_visitor) == ("bot", "link_preview", None)


@pytest.mark.parametrize(
    ("header", "value", "reason"),
    [
        ("sec-purpose", "prefetch", "prefetch"),
        ("sec-purpose", "prefetch;prerender", "prefetch"),
        ("sec-purpose", "prefetch;anonymous-client-ip", "prefetch"),
        ("purpose", "prefetch", "prefetch"),
        ("x-moz", "prefetch", "prefetch"),
        ("x-purpose", "preview", "preview"),
        ("purpose", "preview", "preview"),
    ],
)
def test_a_browser_that_looks_ahead_gets_nothing(client, link, header, value, reason):
    response = visit(client, "/go/zinc/", {header: value})

    assert response.status_code == 503
    assert response.content == b""
    assert "Location" not in response
    assert_safe_headers(response)
    assert not Click.objects.exists()
    assert DropDay.objects.values_list("reason", "link", "count").get() == (reason, link.pk, 1)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_other_methods_are_refused(client, link, method):
    response = getattr(client, method)("/go/zinc/", headers=BROWSER)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert_safe_headers(response)


def test_options_are_named(client, link):
    response = client.options("/go/zinc/")

    assert (response.status_code, response["Allow"], response.content) == (204, "GET, HEAD", b"")
    assert_safe_headers(response)


@pytest.mark.parametrize(
    "path",
    [
        "/go/",
        "/go/zinc",
        "/go/Zinc/",
        "/go/ZINC/",
        "/go/zinc//",
        "/go//zinc/",
        "/go/./zinc/",
        "/go/zinc/../zinc/",
        "/go/zinc.html/",
        "/go/zinc/7K2M9X/",
        "/go/zinc/7k2m9x",
        "/go/zinc/7k2m9/",
        "/go/zinc/SELF/",
        "/go/zinc/7k2m9x/more/",
        "/go/zinc/%0a",
        "/go/zinc%0a/",
        "/go/zinc/%00/",
        "/go/zi%C3%B1c/",
        "/go/z/",
        f"/go/{'z' * 65}/",
        "/go/unknown/",
    ],
)
def test_anything_but_the_exact_spelling_is_not_found(client, placement, path):
    response = visit(client, path)

    assert response.status_code == 404
    assert_safe_headers(response)
    assert b'<a href="/">' in response.content
    assert not Click.objects.exists()


@pytest.mark.parametrize("name", ["RAW_URI", "REQUEST_URI"])
def test_an_encoded_spelling_is_not_found_where_the_server_tells(client, link, name):
    response = visit(client, "/go/zinc/", **{name: "/go/z%69nc/"})

    assert response.status_code == 404


def test_a_percent_sign_in_the_ignored_query_is_harmless(client, link):
    response = visit(client, "/go/zinc/", RAW_URI="/go/zinc/?x=%20")

    assert response.status_code == 302


def test_a_deleted_link_is_gone_not_unknown(client, link):
    link.delete()

    response = visit(client, "/go/zinc/")

    assert response.status_code == 410
    assert_safe_headers(response)


@pytest.mark.parametrize("status", [Status.PAUSED, Status.EXPIRED, Status.RECALLED])
def test_an_ended_offer_names_the_article_to_return_to(client, status):
    edition = EditionFactory()
    link = LinkFactory(slug="zinc", status=status)
    PlacementFactory(link=link, article=edition.article, public_id="7k2m9x")

    response = visit(client, "/go/zinc/7k2m9x/")

    assert response.status_code == 410
    assert_safe_headers(response)
    assert f'<a href="{edition.get_absolute_url()}">'.encode() in response.content
    assert edition.title.encode() in response.content


def test_an_ended_offer_without_a_placement_names_an_article_that_shows_it(client):
    edition = EditionFactory()
    link = LinkFactory(slug="zinc", status=Status.RECALLED)
    PlacementFactory(link=link, article=edition.article)

    assert edition.get_absolute_url().encode() in visit(client, "/go/zinc/").content


def test_an_article_that_is_not_live_is_not_named(client):
    edition = EditionFactory(ended=True)
    link = LinkFactory(slug="zinc", status=Status.RECALLED)
    PlacementFactory(link=link, article=edition.article)

    assert edition.get_absolute_url().encode() not in visit(client, "/go/zinc/").content


def test_a_paused_link_goes_to_its_approved_fallback(client):
    LinkFactory(slug="zinc", status=Status.PAUSED, fallback_url="https://www.awin1.com/other")

    response = visit(client, "/go/zinc/")

    assert (response.status_code, response["Location"]) == (302, "https://www.awin1.com/other")
    assert (Click.objects.get().target, Click.objects.get().reason) == (None, "fallback")


def test_the_fallback_article_wins(client):
    edition = EditionFactory()
    LinkFactory(
        slug="zinc",
        status=Status.PAUSED,
        fallback_url="https://www.awin1.com/other",
        fallback_article=edition.article,
    )

    assert visit(client, "/go/zinc/")["Location"] == edition.get_absolute_url()


def test_a_foreign_fallback_is_never_followed(client):
    LinkFactory(slug="zinc", status=Status.PAUSED, fallback_url="https://evil.example/")

    assert visit(client, "/go/zinc/").status_code == 410


def test_a_draft_is_not_found(client):
    LinkFactory(slug="zinc", status=Status.DRAFT)

    assert visit(client, "/go/zinc/").status_code == 404


@pytest.mark.parametrize("trait", ["amazon", "ebay"])
def test_direct_networks_have_no_redirect(client, trait):
    link = LinkFactory(slug="zinc", **{trait: True})
    PlacementFactory(link=link, public_id="7k2m9x")

    assert visit(client, "/go/zinc/").status_code == 404
    assert visit(client, "/go/zinc/7k2m9x/").status_code == 404


def test_a_merchant_that_forbids_redirects_has_none(client):
    LinkFactory(slug="zinc", program=ProgramFactory(forbids_redirect=True))

    assert visit(client, "/go/zinc/").status_code == 404


def test_a_merchants_own_domain_and_parameter_are_used(client):
    shop = network("direct-merchant")
    program = ProgramFactory(network=shop, domains=["shop.example"], sub_id_parameter="subid")
    link = LinkFactory(slug="zinc", network=shop, program=program, url="https://www.shop.example/zinc")
    PlacementFactory(link=link, public_id="7k2m9x")

    assert visit(client, "/go/zinc/7k2m9x/")["Location"].startswith(
        "https://www.shop.example/zinc?subid=a7k2m9x"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://evil.example/"},
        {"url": "https://www.awin1.com/another"},
        {"url_hash": "0" * 64},
        {"url": "javascript:alert(1)"},
    ],
)
def test_a_target_changed_behind_our_back_is_refused(client, link, change):
    link.targets.update(**change)

    response = visit(client, "/go/zinc/")

    assert response.status_code == 503
    assert "Location" not in response
    assert_safe_headers(response)
    assert not Click.objects.exists()


def test_inactive_targets_are_history(client, link):
    link.targets.update(is_active=False)
    new = LinkTarget.objects.create(link=link, url="https://www.awin1.com/new")

    assert visit(client, "/go/zinc/")["Location"] == new.url


def test_weights_choose_among_several_targets(client, link):
    LinkTarget.objects.create(link=link, url="https://www.awin1.com/never", weight=0)

    locations = {visit(client, "/go/zinc/")["Location"] for _ in range(20)}

    assert locations == {link.targets.get(weight=1).url}


def test_a_link_without_a_target_answers_503(client):
    LinkFactory(slug="zinc", url="")

    assert visit(client, "/go/zinc/").status_code == 503


def test_the_same_visitor_counts_once_a_day(client, placement, frozen_time):
    visit(client, "/go/zinc/7k2m9x/")
    frozen_time.tick(5)
    visit(client, "/go/zinc/7k2m9x/")

    day = sums().get()
    assert (day.raw_count, day.unique_count, day.unmeasured_count) == (2, 1, 0)
    assert list(judged().values_list("is_first_of_day", "is_repeat")) == [
        (True, False),
        (False, True),
    ]


def test_a_second_click_after_ten_seconds_is_no_repeat(client, placement, frozen_time):
    visit(client, "/go/zinc/7k2m9x/")
    frozen_time.tick(11)
    visit(client, "/go/zinc/7k2m9x/")

    assert not judged().filter(is_repeat=True).exists()


def test_the_same_visitor_is_new_the_next_day(client, placement, frozen_time):
    visit(client, "/go/zinc/7k2m9x/")
    frozen_time.move_to("2026-05-02T00:00:01Z")
    visit(client, "/go/zinc/7k2m9x/")

    assert list(sums().values_list("unique_count", flat=True)) == [1, 1]
    assert Click.objects.values("day_visitor").distinct().count() == 2


def test_another_address_or_browser_is_another_visitor(client, placement):
    visit(client, "/go/zinc/7k2m9x/", REMOTE_ADDR="203.0.113.9")
    visit(client, "/go/zinc/7k2m9x/", REMOTE_ADDR="203.0.114.9")
    visit(
        client, "/go/zinc/7k2m9x/", {"user-agent": PHONE, "sec-ch-ua-platform": ""}, REMOTE_ADDR="203.0.113.9"
    )

    assert sums().get().unique_count == 3


def test_one_visitor_and_two_links_are_two_uniques(client, link):
    LinkFactory(slug="iron")

    visit(client, "/go/zinc/")
    visit(client, "/go/iron/")

    assert judged().filter(is_first_of_day=True).count() == 2


@pytest.mark.parametrize("header", ["sec-gpc", "dnt"])
def test_who_objects_is_counted_but_not_recognised(client, placement, header):
    visit(client, "/go/zinc/7k2m9x/", {header: "1"})
    visit(client, "/go/zinc/7k2m9x/", {header: "1"})

    day = sums().get()
    assert (day.raw_count, day.unique_count, day.unmeasured_count) == (2, 0, 2)
    assert not Click.objects.filter(day_visitor__isnull=False).exists()


def test_after_thirty_clicks_an_hour_a_visitor_is_suspect(client, placement, frozen_time):
    for _ in range(31):
        assert visit(client, "/go/zinc/7k2m9x/").status_code == 302

    last = judged().last()
    assert (last.click_class, last.reason) == ("suspect", "rate")
    assert dict(sums().values_list("click_class", "raw_count")) == {"human": 30, "suspect": 1}

    frozen_time.tick(3_601)
    visit(client, "/go/zinc/7k2m9x/")
    assert judged().last().click_class == "human"


def test_a_counted_click_takes_three_statements(client, placement, django_assert_num_queries):
    visit(client, "/go/zinc/7k2m9x/")

    with django_assert_num_queries(3):  # link with targets; network, program, placement; insert
        visit(client, "/go/zinc/7k2m9x/")


def test_day_sums_equal_the_clicks(client, placement):
    for agent in (BROWSER["user-agent"], SLACK, PHONE):
        visit(client, "/go/zinc/7k2m9x/", {"user-agent": agent, "sec-ch-ua-platform": ""})
        visit(client, "/go/zinc/", {"user-agent": agent, "sec-ch-ua-platform": ""})

    for day in sums():
        clicks = Click.objects.filter(link=day.link, placement=day.placement, click_class=day.click_class)
        assert clicks.count() == day.raw_count
        assert clicks.filter(is_first_of_day=True).count() == day.unique_count
        assert day.day == timezone.now().date()
    assert sum(sums().values_list("raw_count", flat=True)) == 6
