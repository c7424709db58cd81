import re

import pytest

from affiliates.markup import lookup
from affiliates.models import AffiliateLink
from articles.publishing import publish
from cms.contracts import Dependency
from tests.affiliates.compiling import compiled, findings
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.factories import ArticleFactory, ImageFactory

pytestmark = pytest.mark.django_db
Status = AffiliateLink.Status


def test_a_product_box_shows_label_facts_and_shop():
    product = ProductFactory(slug="tablets", link=LinkFactory(slug="zinc"))

    document = compiled("::product{tablets}")

    assert document.html == (
        '<div class="product"><p class="product__name">Zinc Citrate 10</p>'
        '<p class="product__brand">Northmoor</p>'
        '<ul class="product__facts"><li>Tablets</li><li>10 mg of zinc</li><li>Below the daily limit</li></ul>'
        '<p class="product__action"><a class="paid paid--button" href="/go/zinc/self/"'
        ' rel="sponsored nofollow noopener">See it at Northmoor</a>'
        ' <span class="paid__label">(paid link)</span></p></div>\n'
    )
    assert Dependency(f"product:{product.pk}", "1") in document.dependencies
    assert Dependency(f"link:{product.link.pk}", "1") in document.dependencies
    assert [use.kind for use in document.placements] == ["product"]


def test_a_product_without_a_link_is_information_only():
    ProductFactory(slug="tablets", link=None, facts=[], brand="", form="", amount_per_serving="")

    document = compiled("::product{tablets}")

    assert document.html == '<div class="product"><p class="product__name">Zinc Citrate 10</p></div>\n'
    assert not document.placements


def test_a_recalled_product_is_gone_from_the_article():
    ProductFactory(slug="tablets", link=LinkFactory(status=Status.RECALLED))

    document = compiled("Before.\n\n::product{tablets}\n\nAfter.")

    assert "Zinc Citrate" not in document.html
    assert [finding.id for finding in findings(document)] == ["LNK01"]


def test_a_paused_product_stays_without_its_link():
    ProductFactory(slug="tablets", link=LinkFactory(status=Status.PAUSED))

    document = compiled("::product{tablets}")

    assert "Zinc Citrate 10" in document.html
    assert "product__action" not in document.html
    assert [finding.id for finding in findings(document)] == ["LNK01"]


def test_an_unknown_product_is_an_error():
    document = compiled("Before.\n\n::product{nothing}")

    (finding,) = findings(document)
    assert (finding.id, finding.severity, finding.line) == ("PRD01", "error", 3)
    assert Dependency("product-slug:nothing", "") in document.dependencies
    assert "::product" not in document.html


def test_a_comparison_keeps_the_editors_order():
    ProductFactory(slug="b", name="B tablets", link=LinkFactory(slug="link-b"))
    ProductFactory(slug="a", name="A drops", form="Drops", link=LinkFactory(amazon=True))

    document = compiled("::compare{b a}")

    html = document.html
    assert html.startswith('<div class="compare" role="region" aria-label="Comparison"><table>')
    assert html.index("B tablets") < html.index("A drops")
    assert (
        '<span class="compare__name">A drops</span><span class="compare__brand">Northmoor</span></th>' in html
    )
    assert '<td data-label="Form">Drops</td>' in html
    assert ">See it at Amazon</a>" in html
    assert [(use.kind, use.ordinal) for use in document.placements] == [("comparison", 1), ("comparison", 1)]


def test_every_cell_of_a_comparison_knows_its_column():
    ProductFactory(slug="a")
    ProductFactory(slug="b", form="", facts=[])

    html = compiled("::compare{a b}").html

    heads = re.findall(r'<th scope="col">([^<]+)</th>', html)
    labels = re.findall(r'<td data-label="([^"]+)">', html)
    assert labels == heads[1:] * 2
    assert html.count('<td data-label="Form"></td>') == 1


def test_a_comparison_leaves_out_what_is_recalled():
    ProductFactory(slug="a", name="A drops")
    ProductFactory(slug="b", name="B tablets", link=LinkFactory(status=Status.RECALLED))

    document = compiled("::compare{a b}")

    assert "A drops" in document.html
    assert "B tablets" not in document.html


def test_what_a_recall_leaves_of_a_comparison_is_no_table_of_one_row():
    ProductFactory(slug="a", name="A drops")
    ProductFactory(slug="b", name="B tablets", is_recalled=True)

    document = compiled("::compare{a b}")

    assert "<table>" not in document.html
    assert document.html == compiled("::product{a}").html
    assert [use.kind for use in document.placements] == ["product"]
    assert [finding.id for finding in findings(document)] == ["PRD03"]


def test_a_comparison_of_the_two_that_a_recall_leaves_stays_a_table():
    for slug in "abc":
        ProductFactory(slug=slug, is_recalled=slug == "b")

    html = compiled("::compare{a b c}").html

    assert html.count('<tr><th scope="row">') == 2


@pytest.mark.parametrize("words", ["a", "a a a a a a a"])
def test_a_comparison_needs_two_to_six_products(words):
    ProductFactory(slug="a")

    document = compiled(f"::compare{{{words}}}")

    assert [finding.id for finding in findings(document)] == ["PRD02"]
    assert "<table>" not in document.html


def test_an_empty_comparison_shows_nothing():
    document = compiled("::compare{a b}")

    assert [finding.id for finding in findings(document)] == ["PRD01", "PRD01"]
    assert document.html == ""


def test_everything_from_the_database_is_escaped():
    evil = "<script>alert(1)</script>"
    ProductFactory(slug="a", name=evil, brand=evil, form=evil, amount_per_serving=evil, facts=[evil])

    for text in ("::product{a}", "::compare{a a}"):
        html = compiled(text).html
        assert "<script" not in html
        assert html.count("&lt;script&gt;") >= 5


@pytest.mark.parametrize("count", [2, 6])
def test_products_take_one_query(count, django_assert_num_queries):
    for number in range(count):
        ProductFactory(slug=f"p{number}")

    with django_assert_num_queries(1):  # products with link, network, program, target
        found = lookup.resolve_products([f"p{number}" for number in range(count)])

    assert len(found) == count
    assert all(product.link.url for product in found.values())


def test_the_words_of_a_table_are_in_the_articles_language():
    ProductFactory(slug="a")
    ProductFactory(slug="b")

    html = compiled("::compare{a b}", language="de", jurisdictions=["DE"]).html

    assert "Menge pro Portion" in html
    assert "Bei Northmoor ansehen" in html


def test_a_product_shows_its_picture_and_follows_it():
    image = ImageFactory(alt="A brown jar")
    ProductFactory(slug="tablets", image=image)

    document = compiled("::product{tablets}")

    assert '<div class="product product--pictured"><div class="product__image"><img src="' in document.html
    assert 'alt="A brown jar"' in document.html
    assert any(dependency.key == f"image:{image.pk}" for dependency in document.dependencies)
    assert "A brown jar" in compiled("::compare{tablets tablets}").html


@pytest.mark.parametrize(
    ("text", "widest"), [("::product{tablets}", 540), ("::compare{tablets tablets}", 360)]
)
def test_a_product_names_the_files_that_its_box_needs(text, widest):
    image = ImageFactory()
    image.renditions = {
        "stem": "r/1/abcdefgh", "master_bytes": 500_000, "kinds": {"avif": {"360": 1, "540": 2, "840": 3}}
    }  # fmt: skip
    image.save()
    ProductFactory(slug="tablets", image=image)

    html = compiled(text).html

    assert f"abcdefgh-{widest}.avif" in html
    assert "abcdefgh-840" not in html
    assert 'loading="lazy"' in html


def test_a_product_whose_picture_is_gone_stands_without_it():
    image = ImageFactory()
    product = ProductFactory(slug="tablets", image=image)
    image.delete()
    product.refresh_from_db()

    assert product.image_id is None
    assert "<img" not in compiled("::product{tablets}").html


def test_a_recalled_product_is_gone_whatever_its_link_says():
    ProductFactory(slug="tablets", is_recalled=True)
    ProductFactory(slug="drops", name="Zinc drops")

    document = compiled("::product{tablets}\n\n::compare{tablets drops}")

    assert "Zinc Citrate" not in document.html
    assert "Zinc drops" in document.html
    assert [(finding.id, finding.severity) for finding in findings(document)] == [("PRD03", "error")] * 2


def test_a_button_names_the_shop():
    LinkFactory(slug="oil", amazon=True)

    document = compiled("Before.\n\n::button{oil}")

    assert (
        '<p class="paid-action"><a class="paid paid--button" href="https://www.amazon.com/dp/B0DEMO?tag=chelate-20"'
        in document.html
    )
    assert ">See it at Amazon</a>" in document.html
    assert '<span class="paid__label">(paid link)</span>' in document.html
    assert [(use.kind, use.link_slug) for use in document.placements] == [("button", "oil")]


@pytest.mark.parametrize(("slug", "found"), [("nothing", "LNK01"), ("gone", "LNK01")])
def test_a_button_that_leads_nowhere_is_an_error_and_shows_nothing(slug, found):
    LinkFactory(slug="gone", status=Status.RECALLED)

    document = compiled(f"::button{{{slug}}}")

    assert [finding.id for finding in findings(document)] == [found]
    assert document.html == ""
    assert not document.placements


@pytest.mark.parametrize("text", ["::product{a}", "::compare{a b}", "::button{zinc}"])
def test_nobody_is_shown_a_price(text):
    for slug in "ab":
        ProductFactory(slug=slug, link=LinkFactory(amazon=True))
    LinkFactory(slug="zinc", amazon=True)

    html = compiled(text).html

    assert not re.search(r"[$€£]|price|USD|EUR", html, re.IGNORECASE)


@pytest.mark.parametrize("text", ["::button{a b}", "::button"])
def test_a_button_takes_one_link(text):
    LinkFactory(slug="a")

    assert "paid-action" not in compiled(text).html


def test_search_engines_are_told_no_product_rating_or_offer():
    ProductFactory(slug="tablets", link=LinkFactory(slug="zinc"))

    edition = publish(ArticleFactory(text="Words.\n\n::product{tablets}\n\n::button{zinc}"), override="test")

    assert not re.search(r"Product|Rating|Review|Offer|price", str(edition.structured_data))
