import pytest

from affiliates.markup import lookup
from affiliates.models import Layout, LinkTarget, Placement
from affiliates.subids import decode
from articles.publishing import publish, unpublish
from articles.revisions import save_revision
from tests.affiliates.compiling import compiled, findings
from tests.affiliates.factories import LinkFactory, PlacementFactory, ProductFactory
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
TEXT = "Zinc is a metal.\n\nTry [zinc](aff:zinc) once.\n\nIt is sold in shops."


@pytest.fixture
def link():
    return LinkFactory(slug="zinc")


@pytest.fixture
def article(link):
    return ArticleFactory(text=TEXT)


def go_live(article, text=None, **front_matter):
    if text is not None:
        save_revision(article, text=text, front_matter={**article.head.front_matter, **front_matter})
    return publish(article, override="the test is about placements")


def ids(article, **filters):
    return list(Placement.objects.filter(article=article, **filters).values_list("public_id", flat=True))


def test_publishing_writes_the_placement_that_the_page_links_to(article, link):
    edition = go_live(article)

    placement = Placement.objects.get()
    assert f'href="/go/zinc/{placement.public_id}/"' in edition.html
    assert (placement.article, placement.link, placement.kind) == (article, link, "inline")
    assert (placement.block_index, placement.ordinal, placement.is_active) == (1, 1, True)
    assert (placement.first_edition, placement.last_edition) == (1, 1)
    assert len(Layout.objects.get().block_keys) == 3


def test_a_preview_writes_nothing(article):
    document = compiled(TEXT, article_id=article.pk)

    assert [use.public_id for use in document.placements] == ["self"]
    assert not Placement.objects.exists()


def test_publishing_again_keeps_the_placement(article):
    first = go_live(article)
    second = go_live(article)

    placement = Placement.objects.get()
    assert first.html == second.html
    assert (placement.first_edition, placement.last_edition) == (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        f"A new beginning.\n\n{TEXT}",
        "Try [zinc](aff:zinc) once.\n\nZinc is a metal.",
        "Zinc is a metal.\n\nPeople try [zinc citrate](aff:zinc) every single day.\n\nIt is sold in shops.",
        "Zinc is a metal.\n\nTry  [**zinc**](aff:zinc)\nonce.\n\nIt is sold in shops.",
    ],
    ids=["text before", "moved", "rewritten in its place", "set differently"],
)
def test_a_placement_survives_editing(article, text):
    go_live(article)
    before = ids(article)

    go_live(article, text)

    assert ids(article, is_active=True) == before


def test_a_rewritten_block_is_remembered_under_its_new_words(article):
    go_live(article)
    before = ids(article)

    go_live(article, TEXT.replace("Try", "Do try"))
    go_live(article, TEXT.replace("Try", "Please do try"))

    assert ids(article) == before


def test_another_link_in_the_same_block_is_another_placement(article):
    LinkFactory(slug="iron")
    go_live(article)
    before = ids(article)

    go_live(article, TEXT.replace("aff:zinc", "aff:iron"))

    assert ids(article, is_active=False) == before
    assert len(ids(article, is_active=True)) == 1


def test_a_placement_that_comes_back_is_the_old_one(article):
    go_live(article)
    before = ids(article)
    go_live(article, "Zinc is a metal.")
    assert ids(article, is_active=False) == before

    go_live(article, TEXT)

    assert ids(article, is_active=True) == before


def test_two_uses_in_two_blocks_never_share_an_id(article):
    go_live(article, "[a](aff:zinc) [b](aff:zinc)\n\n[a](aff:zinc) [b](aff:zinc)")

    assert len(set(ids(article, is_active=True))) == 4


def test_every_kind_has_its_placement(article, link):
    ProductFactory(slug="p", link=link)
    ProductFactory(slug="q", link=link)
    text = "[a](aff:zinc)\n\n::product{p}\n\n::compare{p q}"

    go_live(article, text, affiliate_link="zinc")

    rows = Placement.objects.order_by("block_index", "ordinal").values_list("kind", "block_index", "ordinal")
    assert list(rows) == [
        ("inline", 0, 1),
        ("product", 1, 1),
        ("comparison", 2, 1),
        ("comparison", 2, 2),
        ("end_call", 3, 1),
    ]


def test_the_end_call_keeps_its_placement_when_the_text_grows(article):
    go_live(article, "One.", affiliate_link="zinc")
    before = ids(article, is_active=True)

    go_live(article, "One.\n\nTwo.\n\nThree.", affiliate_link="zinc")

    assert ids(article, is_active=True) == before


def test_unpublishing_retires_the_placements_and_keeps_them(article):
    go_live(article)

    unpublish(article)

    assert len(ids(article, is_active=False)) == 1


def test_an_article_that_is_deleted_leaves_its_placements(article):
    go_live(article)

    article.delete()

    assert Placement.objects.get().article is None
    assert not Layout.objects.exists()


def test_an_article_without_paid_links_leaves_no_rows():
    go_live(ArticleFactory())

    assert not Placement.objects.exists()
    assert not Layout.objects.exists()


def test_a_direct_link_carries_the_placement_and_its_sub_id(article):
    LinkFactory(slug="coins", ebay=True)

    edition = go_live(article, "[coins](aff:coins)")

    public_id = Placement.objects.get(link__slug="coins").public_id
    assert f'data-placement="{public_id}"' in edition.html
    assert decode(edition.html.partition("customid=")[2][:12]).placement == public_id


def test_amazon_gets_no_sub_id(article):
    link = LinkFactory(slug="oil", amazon=True)

    edition = go_live(article, "[oil](aff:oil)")

    assert f'href="{LinkTarget.objects.get(link=link).url}"' in edition.html


def test_another_articles_placements_are_not_taken(article, link):
    other = PlacementFactory(link=link, block_key="x")

    go_live(article)

    assert ids(article) != [other.public_id]


def test_fresh_ids_are_known_to_be_free(monkeypatch, link):
    PlacementFactory(public_id="000000")
    drawn = iter(["000000", "000001"] * lookup.POOL_SIZE)
    monkeypatch.setattr(lookup, "new_public_id", lambda: next(drawn))

    document = compiled("[a](aff:zinc)", "publish")

    assert [use.public_id for use in document.placements] == ["000001"]


def test_too_many_new_links_are_refused_not_doubled(monkeypatch, link):
    monkeypatch.setattr(lookup, "POOL_SIZE", 2)

    document = compiled("[a](aff:zinc) [b](aff:zinc) [c](aff:zinc)", "publish")

    assert [finding.id for finding in findings(document)] == ["LNK03"]
    assert len({use.public_id for use in document.placements}) == 2
    assert document.html.count("<a ") == 2


@pytest.mark.parametrize(
    ("text", "front_matter", "expected"),
    [
        ("Zinc is a metal.", {}, False),
        ("[a](aff:zinc)", {}, True),
        ("[a](&#97;ff:zinc)", {}, True),
        ("::product{p}", {}, True),
        ("::compare{p q}", {}, True),
        ("Zinc.", {"affiliate_link": "zinc"}, True),
    ],
)
def test_unpaid_articles_spare_the_placement_queries(text, front_matter, expected):
    from articles.compile import make_source
    from articles.compile.parser import parse
    from articles.compile.pipeline import DEFAULT_CAPS

    keys = parse(make_source(text, front_matter), DEFAULT_CAPS).keys_for("publish")

    assert lookup.may_be_paid(keys) is expected


@pytest.mark.parametrize("count", [1, 20])
def test_placements_take_a_fixed_number_of_queries(article, count, django_assert_num_queries):
    from affiliates.publishing import published
    from cms.contracts import PublishEvent

    text = "\n\n".join(f"{number} [z](aff:zinc)" for number in range(count))
    edition = go_live(article, text)
    document = compiled(text, "publish", article_id=article.pk)

    with django_assert_num_queries(7):  # known, edition, update; layout: savepoint, read, write, release
        published(PublishEvent(article.pk, edition.pk, document))

    assert len(ids(article, is_active=True)) == count


def test_a_use_says_what_is_sold():
    LinkFactory(slug="zinc", title="Zinc citrate tablets")

    (use,) = compiled("[some](aff:zinc)").placements

    assert use.title == "Zinc citrate tablets"
