"""AFF06 and AFF07: links that earn unmarked, and links to Amazon in disguise."""

import pytest

from affiliates.models import LinkTarget
from tests.affiliates.compiling import compiled, findings
from tests.affiliates.factories import LinkFactory

pytestmark = pytest.mark.django_db
AWIN = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued="
SHOP = f"{AWIN}https%3A%2F%2Fshop.example%2Fzinc"


def found(text, check_id, **front_matter):
    return [
        (finding.severity, finding.line, finding.quote)
        for finding in findings(compiled(text, **front_matter), check_id)
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.amazon.com/dp/B0DEMO?tag=me-20",
        "https://amzn.to/x",
        f"{AWIN}https%3A%2F%2Fshop.example%2F",
    ],
)
def test_an_affiliate_link_in_plain_markdown_is_unmarked(address):
    text = f"Zinc.\n\nSee [the *zinc*]({address}) here."

    assert found(text, "AFF06") == [("error", 3, "the *zinc")]


@pytest.mark.parametrize(
    "text",
    [
        "See [zinc](https://www.amazon.com/dp/B0DEMO), without a tag.",
        "See [zinc](https://doi.org/10.1000/182).",
        "See [zinc](mailto:zinc@example.org) and [zinc](/articles/zinc/).",
        "`[zinc](https://www.amazon.com/dp/B0DEMO?tag=me-20)`",
    ],
)
def test_other_links_are_not(text):
    assert found(text, "AFF06") == []


@pytest.mark.parametrize(
    "link",
    [
        "[Amazon](https://bit.ly/3zinc)",
        "[zinc at amazon](https://www.tinyurl.com/zinc)",
        "[Buy on Amazon](/go/zinc-tablets/)",
        "[Amazon](https://site.example/go/zinc-tablets)",
        f"[zinc]({AWIN}https%3A%2F%2Fwww.amazon.com%2Fdp%2FB0)",
        f"[zinc]({AWIN}https%3A%2F%2Famzn.to%2Fx)",
    ],
)
def test_a_disguised_link_to_amazon_is_an_error(link):
    assert [severity for severity, _, _ in found(f"See {link}.", "AFF07")] == ["error"]


@pytest.mark.parametrize(
    "link",
    [
        "[our shop](https://bit.ly/3zinc)",
        "[Amazon](https://www.amazon.com/dp/B0DEMO?tag=me-20)",
        "[Amazon](https://amzn.to/x)",
        f"[zinc at Northmoor]({AWIN}https%3A%2F%2Fnorthmoor.example%2Fzinc)",
        "[the Amazon rainforest](https://example.org/amazon)",
        "[Northmoor](/go/zinc-tablets/)",
    ],
)
def test_an_open_link_is_not(link):
    assert found(f"See {link}.", "AFF07") == []


def test_a_hidden_referrer_is_an_error():
    text = 'Zinc.\n\n<a href="https://www.amazon.com/dp/B0" rel="noreferrer">Amazon</a>'

    assert found(text, "AFF07") == [("error", 3, "noreferrer")]


def test_a_policy_that_keeps_the_origin_is_fine():
    text = "Amazon sees us with `no-referrer-when-downgrade`."

    assert found(text, "AFF07") == []


def test_a_text_without_links_takes_no_query(django_assert_num_queries):
    from affiliates.checks import CHECKS
    from articles.compile import compile_markdown
    from cms.contracts import Snapshot, Source

    snapshot = Snapshot(Source("Zinc."), compile_markdown("Zinc."))

    with django_assert_num_queries(0):
        for check in CHECKS:
            list(check.run(snapshot))


def offered(text):
    return [(finding.quote, finding.replacement) for finding in findings(compiled(text), "AFF09")]


def test_the_managed_link_of_an_address_is_offered_for_it():
    LinkFactory(slug="zinc-glycinate", url=SHOP)

    ((quote, replacement),) = offered(f"Some [zinc]({SHOP}) here.")

    assert f"Some [zinc]({SHOP}) here.".replace(quote, replacement) == "Some [zinc](aff:zinc-glycinate) here."


@pytest.mark.parametrize("text", [f"Some <{SHOP}> here.", f"Some {SHOP}", f"[1]: {SHOP}\n\n[zinc][1]"])
def test_an_address_that_is_no_inline_link_is_only_told_of(text):
    LinkFactory(slug="zinc-glycinate", url=SHOP)

    assert offered(text) == [(SHOP, None)]


@pytest.mark.parametrize("status", ["draft", "paused", "expired", "recalled"])
def test_a_link_that_readers_cannot_follow_is_not_offered(status):
    LinkFactory(url=SHOP, status=status)

    assert offered(f"[zinc]({SHOP})") == [(SHOP, None)]


def test_of_two_links_to_one_address_none_is_chosen():
    LinkFactory.create_batch(2, url=SHOP)

    assert offered(f"[zinc]({SHOP})") == [(SHOP, None)]


def test_a_link_that_leads_there_for_one_country_only_is_not_offered():
    link = LinkFactory(url=f"{SHOP}-else")
    LinkTarget.objects.create(link=link, url=SHOP, countries="US")

    assert offered(f"[zinc]({SHOP})") == [(SHOP, None)]
