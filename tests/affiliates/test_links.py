import pytest

from affiliates.models import AffiliateLink
from articles.compile import compile_markdown
from cms import plugins
from cms.contracts import NETWORKS, Dependency
from tests.affiliates.compiling import compiled, findings
from tests.affiliates.factories import LinkFactory, ProductFactory, ProgramFactory

pytestmark = pytest.mark.django_db
Status = AffiliateLink.Status


def test_a_redirect_network_goes_through_our_own_address():
    LinkFactory(slug="zinc")

    html = compiled("Try [zinc citrate](aff:zinc) once.").html

    assert (
        '<a class="paid" href="/go/zinc/self/" rel="sponsored nofollow noopener">zinc citrate</a>'
        ' <span class="paid__label">(paid link)</span> once.'
    ) in html


def test_amazon_is_linked_directly_and_named():
    LinkFactory(slug="oil", amazon=True)

    html = compiled("Try [fish oil](aff:oil).").html

    assert 'href="https://www.amazon.com/dp/B0DEMO?tag=chelate-20"' in html
    assert 'rel="sponsored nofollow noopener" data-placement="self"' in html
    assert '<span class="paid__label">at Amazon (paid link)</span>' in html
    assert "noreferrer" not in html
    assert "/go/" not in html


def test_words_that_name_the_store_need_no_second_naming():
    LinkFactory(slug="oil", amazon=True)

    assert '<span class="paid__label">(paid link)</span>' in compiled("[oil on AMAZON](aff:oil)").html


def test_a_merchant_that_forbids_redirects_is_linked_directly():
    LinkFactory(slug="zinc", program=ProgramFactory(forbids_redirect=True))

    assert 'href="https://www.awin1.com/' in compiled("[zinc](aff:zinc)").html


@pytest.mark.parametrize(
    ("language", "jurisdictions", "label"),
    [
        ("en", ["US"], "(paid link)"),
        ("en", ["US", "UK"], "(Ad)"),
        ("en-GB", ["GB"], "(Ad)"),
        ("de", ["DE"], "(Anzeige)"),
        ("de-AT", ["AT", "UK"], "(Anzeige)"),
        ("fr", ["FR"], "(publicité)"),
        ("nl", ["EU"], "(paid link)"),
    ],
)
def test_the_label_speaks_the_readers_language(language, jurisdictions, label):
    LinkFactory(slug="zinc")

    html = compiled("[zinc](aff:zinc)", language=language, jurisdictions=jurisdictions).html

    assert f'<span class="paid__label">{label}</span>' in html


def test_the_page_says_which_link_and_network_it_shows():
    link = LinkFactory(slug="zinc", version=7)
    LinkFactory(slug="oil", amazon=True)

    document = compiled("[zinc](aff:zinc) and [oil](aff:oil)")

    assert Dependency(f"link:{link.pk}", "7") in document.dependencies
    assert document.records[NETWORKS] == ("awin", "amazon")
    assert [use.link_slug for use in document.placements] == ["zinc", "oil"]
    assert {use.kind for use in document.placements} == {"inline"}


def test_uses_of_one_link_in_one_block_are_counted():
    LinkFactory(slug="zinc")

    uses = compiled("[a](aff:zinc) and [b](aff:zinc)\n\n[c](aff:zinc)").placements

    assert [(use.block_index, use.ordinal) for use in uses] == [(0, 1), (0, 2), (1, 1)]


def test_an_unknown_link_is_an_error_and_its_words_stay():
    document = compiled("First.\n\nTry [zinc](aff:unknown) once.")

    (finding,) = findings(document)
    assert (finding.id, finding.severity, finding.line) == ("LNK01", "error", 3)
    assert finding.quote == "aff:unknown"
    assert ">Try zinc once.</p>" in document.html
    assert Dependency("link-slug:unknown", "") in document.dependencies
    assert not document.placements


@pytest.mark.parametrize("slug", ["Zinc", "../x", "a" * 200, "%22onclick", ""])
def test_what_cannot_be_a_slug_is_an_unknown_link(slug):
    document = compiled(f"[zinc](aff:{slug})")

    assert [finding.id for finding in findings(document)] == ["LNK01"]
    assert not any(dependency.key.startswith("link-slug") for dependency in document.dependencies)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAUSED, Status.EXPIRED, Status.RECALLED])
def test_a_link_that_is_not_live_is_an_error_and_its_words_stay(status):
    LinkFactory(slug="zinc", status=status)

    document = compiled("Try [zinc](aff:zinc).")

    (finding,) = findings(document)
    assert (finding.id, finding.severity) == ("LNK01", "error")
    assert status in finding.message
    assert "<a" not in document.html


def test_a_link_without_an_address_is_an_error():
    LinkFactory(slug="zinc", url="")

    assert "no address" in findings(compiled("[zinc](aff:zinc)"))[0].message


def test_a_short_link_is_shown_and_reported():
    LinkFactory(slug="mg", amazon=True, url="https://amzn.to/4bchO3u", is_opaque=True)

    document = compiled("[magnesium](aff:mg)")

    (finding,) = findings(document)
    assert (finding.id, finding.severity) == ("LNK02", "warning")
    assert "full product URL with your tag" in finding.fix
    assert 'href="https://amzn.to/4bchO3u"' in document.html


def test_a_paid_link_counts_as_paid_and_an_unusable_one_does_not():
    LinkFactory(slug="zinc")

    assert compiled("[zinc](aff:zinc)").placements
    assert NETWORKS not in compiled("[zinc](aff:unknown)").records


def test_everything_from_the_database_is_escaped():
    LinkFactory(
        slug="zinc", amazon=True, store_name='<b onclick="x">&', url="https://www.amazon.com/?a='b'&c=d"
    )

    html = compiled("[zinc](aff:zinc)").html

    assert "<b" not in html
    assert "at &lt;b onclick=" in html
    assert "href=\"https://www.amazon.com/?a='b'&amp;c=d\"" in html


def test_formatting_inside_a_link_stays():
    LinkFactory(slug="zinc")

    html = compiled("[**zinc** `10 mg`](aff:zinc)").html

    assert "<strong>zinc</strong> <code>10 mg</code></a> <span" in html


def test_without_a_database_a_link_is_unknown():
    document = compile_markdown("[zinc](aff:zinc)")

    assert "zinc" in document.text
    assert findings(document)[0].id == "LNK01"


@pytest.mark.parametrize("count", [1, 30])
def test_links_take_one_query(count, django_assert_num_queries):
    for number in range(count):
        LinkFactory(slug=f"zinc-{number}")
    text = " ".join(f"[z](aff:zinc-{number})" for number in range(count))
    syntax = plugins.registry().syntaxes["link"]
    from articles.compile import make_source
    from articles.compile.parser import parse
    from articles.compile.pipeline import DEFAULT_CAPS

    keys = parse(make_source(text, {}), DEFAULT_CAPS).keys_for("preview")

    with django_assert_num_queries(1):  # links with network, program, target
        assert len(syntax.resolve(keys)) == count


def test_the_picker_offers_live_links_and_products():
    link = LinkFactory(slug="zinc", title="Zinc citrate")
    LinkFactory(slug="zinc-old", status=Status.PAUSED)
    ProductFactory(slug="tablets", name="Zinc tablets", link=link)

    choices = plugins.registry().syntaxes["link"].picker("zinc")

    assert [choice.insert for choice in choices] == ["[Zinc citrate](aff:zinc)", "::product{tablets}"]


def test_the_picker_tells_a_box_from_a_link_of_the_same_name():
    link = LinkFactory(slug="zinc", title="Zinc", store_name="Northmoor")
    ProductFactory(slug="tablets", name="Zinc", brand="Northmoor", link=link)
    ProductFactory(slug="drops", name="Zinc drops", brand="", link=link)

    choices = plugins.registry().syntaxes["link"].picker("zinc")

    assert [choice.detail for choice in choices] == ["Northmoor", "Product box, Northmoor", "Product box"]


def test_the_end_call_stands_below_the_text():
    LinkFactory(slug="zinc", title="Zinc citrate")

    document = compiled("Zinc is a metal.", affiliate_link="zinc")

    _, _, after = document.html.partition(">Zinc is a metal.</p>")
    assert '<p class="product__name">Zinc citrate</p>' in after
    assert '<a class="paid paid--button" href="/go/zinc/self/"' in after
    assert ">See it at Northmoor</a>" in after
    assert [use.kind for use in document.placements] == ["end_call"]


def test_the_end_call_of_an_unusable_link_is_an_error():
    document = compiled("Zinc.", affiliate_link="unknown")

    assert [finding.id for finding in findings(document)] == ["LNK01"]
    assert "product__action" not in document.html


@pytest.mark.parametrize("value", [None, "", 7, ["zinc"]])
def test_odd_front_matter_never_breaks_the_page(value):
    document = compiled("Zinc.", affiliate_link=value)

    assert ">Zinc.</p>" in document.html
    assert not any(finding.id == "MD08" for finding in document.findings)
