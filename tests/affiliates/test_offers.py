"""Where a link leads when its offer has ended, moved or was tampered with."""

import pytest

from affiliates.models import AffiliateLink, Click, LinkTarget
from tests.affiliates.factories import LinkFactory, PlacementFactory, ProgramFactory, network
from tests.affiliates.redirects import assert_safe_headers, visit
from tests.factories import EditionFactory

pytestmark = pytest.mark.django_db
Status = AffiliateLink.Status


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
