import pytest

from affiliates import services
from affiliates.models import AffiliateLink
from cms import plugins
from tests.affiliates.compiling import compiled, findings
from tests.affiliates.factories import LinkFactory

pytestmark = pytest.mark.django_db
SEED = "https://amzn.to/4bchO3u"


@pytest.fixture
def part():
    return plugins.registry().article_parts["affiliate_link"]


def test_a_url_becomes_a_managed_link(part):
    loaded = part.load({"affiliate_link": SEED, "slug": "magnesium-glycinate"})

    link = AffiliateLink.objects.get()
    assert loaded == {"affiliate_link": link.slug} == {"affiliate_link": "amazon-magnesium-glycinate"}
    assert (link.network.key, link.store_name, link.is_opaque) == ("amazon", "Amazon", True)


def test_loading_again_makes_no_second_link(part):
    assert part.load({"affiliate_link": SEED}) == part.load({"affiliate_link": SEED})
    assert AffiliateLink.objects.count() == 1


def test_export_gives_the_url_back(part):
    loaded = part.load({"affiliate_link": SEED})

    assert part.export(loaded) == {"affiliate_link": SEED}
    assert part.load(part.export(loaded)) == loaded


def test_a_slug_stays_a_slug(part):
    LinkFactory(slug="zinc")

    assert part.load({"affiliate_link": "zinc"}) == {"affiliate_link": "zinc"}


@pytest.mark.parametrize("value", ["http://shop.example/", "javascript://x", "https://127.0.0.1/"])
def test_an_unusable_address_is_kept_and_reported(part, value):
    loaded = part.load({"affiliate_link": value})

    assert loaded == {"affiliate_link": value} == part.export(loaded)
    assert [finding.id for finding in findings(compiled("Text.", **loaded), "LNK")] == ["LNK01"]


@pytest.mark.parametrize("value", [None, "", "  "])
def test_no_link_is_no_link(part, value):
    assert part.load({"affiliate_link": value}) == {}
    assert part.export({"affiliate_link": value}) == (
        {} if not value else part.export({"affiliate_link": value})
    )


def test_export_follows_a_changed_target(part):
    link = services.link_for_url(SEED)
    services.set_target(link, "https://www.amazon.com/dp/B0?tag=x-20")

    assert part.export({"affiliate_link": link.slug}) == {
        "affiliate_link": "https://www.amazon.com/dp/B0?tag=x-20"
    }


def test_the_short_link_of_an_import_is_rendered_direct_and_flagged(part):
    document = compiled("Magnesium.", **part.load({"affiliate_link": SEED}))

    assert f'href="{SEED}"' in document.html
    assert [finding.id for finding in findings(document, "LNK")] == ["LNK02"]


def test_a_raw_affiliate_address_is_a_warning_at_its_line():
    text = "See https://doi.org/10.1/x.\n\nBuy [here](https://www.amazon.com/dp/B0?tag=x-20) or <https://amzn.to/x>."

    found = findings(compiled(text), "AFF09")

    assert [(finding.severity, finding.line) for finding in found] == [("warning", 3), ("warning", 3)]
    assert found[0].quote == "https://www.amazon.com/dp/B0?tag=x-20"


def test_a_raw_affiliate_address_in_the_front_matter_is_a_warning():
    found = findings(compiled("Text.", affiliate_link="https://amzn.to/x"), "AFF09")

    assert [finding.line for finding in found] == [None]


def test_an_ordinary_address_is_none_of_our_business(django_assert_num_queries):
    assert not findings(compiled("See https://www.amazon.com/ and https://doi.org/10.1/x#frag."), "AFF09")
