import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates import services
from affiliates.health.replace import exchange, plan, replace_link, replace_target, undo
from affiliates.models import LinkReplacement
from affiliates.targets import TargetError
from articles.models import Edition, Revision
from articles.publishing import publish
from articles.revisions import save_revision
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.factories import ArticleFactory, UserFactory

AWIN = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[Zinc](aff:zinc) here", "[Zinc](aff:iron) here"),
        ('[Zinc](aff:zinc "at the shop")', '[Zinc](aff:iron "at the shop")'),
        ("[Zinc](<aff:zinc>)", "[Zinc](<aff:iron>)"),
        ("[a](aff:zinc)[b](aff:zinc)", "[a](aff:iron)[b](aff:iron)"),
        ("[z]: aff:zinc\n", "[z]: aff:iron\n"),
        ("See [z].\n\n[z]: <aff:zinc>", "See [z].\n\n[z]: <aff:iron>"),
    ],
)
def test_every_kind_of_link_is_exchanged(before, after):
    assert exchange(before, "zinc", "iron") == after


@pytest.mark.parametrize(
    "text",
    [
        "[Z](aff:zinc-forte)",
        "[Z](aff:my-zinc)",
        "[Z](art:zinc)",
        "write aff:zinc here",
        "`aff:zinc`",
        "zinc",
        "",
    ],
)
def test_nothing_else_is_touched(text):
    assert exchange(text, "zinc", "iron") == text


@given(st.text(alphabet="[]()<>:` \naffzincro-", max_size=120))
def test_exchanging_keeps_the_number_of_lines(text):
    assert exchange(text, "zinc", "iron").count("\n") == text.count("\n")


pytestmark = pytest.mark.django_db


@pytest.fixture
def zinc():
    return LinkFactory(slug="zinc", title="Zinc citrate", url=AWIN)


@pytest.fixture
def iron():
    return LinkFactory(slug="iron", title="Iron")


def article(text="Take [zinc](aff:zinc).\n", **values):
    return ArticleFactory(text=text, **values)


def heads(*articles):
    return {article.pk: article.head_id for article in articles}


def do(zinc, iron, *articles, publish_too=True, by=None):
    return replace_link(
        zinc, iron, heads=heads(*articles), by=by, reason="Gone at the shop.", publish_too=publish_too
    )


def test_the_preview_shows_each_changed_line(zinc, iron):
    article("One.\n\nTake [zinc](aff:zinc).\n", title="A")
    article("No link.\n", title="B")
    article("Nothing.\n", title="C", front_matter={"affiliate_link": "zinc"})

    found = plan(zinc, iron)

    assert [(change.article.title, change.lines[0].number, change.lines[0].after) for change in found] == [
        ("A", 3, "Take [zinc](aff:iron)."),
        ("C", None, "affiliate_link: iron"),
    ]


def test_the_preview_changes_nothing(zinc, iron):
    made = article()
    revisions = Revision.objects.count()

    plan(zinc, iron)

    made.refresh_from_db()
    assert (made.head.text, Revision.objects.count()) == ("Take [zinc](aff:zinc).\n", revisions)


@pytest.mark.parametrize("count", [1, 12])
def test_the_preview_takes_two_queries(zinc, iron, count, django_assert_num_queries):
    for _ in range(count):
        article()

    with django_assert_num_queries(2):  # what is live, the working copies
        assert len(plan(zinc, iron)) == count


def test_a_working_copy_gets_a_revision_with_the_reason(zinc, iron):
    made, person = article(), UserFactory()

    done = do(zinc, iron, made, by=person)

    made.refresh_from_db()
    assert made.head.text == "Take [zinc](aff:iron).\n"
    assert (made.head.reason, made.head.author) == ("Gone at the shop.", person)
    assert (done.by, done.reason, done.changes[0]["article"]) == (person, "Gone at the shop.", made.pk)


def test_readers_of_a_published_article_see_the_new_link(zinc, iron):
    made = article()
    publish(made, override="A test.")

    done = do(zinc, iron, made)

    live = Edition.objects.live().get(article=made)
    assert "/go/iron/" in live.html
    assert "/go/zinc/" not in live.html
    assert done.changes[0]["published"] is True


def test_the_date_of_the_article_does_not_move(zinc, iron):
    made = article()
    first = publish(made, override="A test.")

    do(zinc, iron, made)

    assert Edition.objects.live().get(article=made).updated_at == first.updated_at


def test_unpublished_changes_are_not_published_along(zinc, iron):
    made = article()
    publish(made, override="A test.")
    save_revision(made, text="Half a thought, [zinc](aff:zinc).\n", front_matter=made.head.front_matter)

    done = do(zinc, iron, made)

    assert "/go/zinc/" in Edition.objects.live().get(article=made).html
    assert "readers see it when the article is published" in done.changes[0]["note"]


def test_nothing_is_published_unless_it_is_asked_for(zinc, iron):
    made = article()
    publish(made, override="A test.")

    do(zinc, iron, made, publish_too=False)

    assert Edition.objects.filter(article=made).count() == 1


def test_what_somebody_saved_meanwhile_is_left_alone(zinc, iron):
    made = article()
    seen = heads(made)
    save_revision(made, text="New, [zinc](aff:zinc).\n", front_matter=made.head.front_matter)

    done = replace_link(zinc, iron, heads=seen, by=None, reason="Gone.", publish_too=True)

    made.refresh_from_db()
    assert made.head.text == "New, [zinc](aff:zinc).\n"
    assert "somebody saved it meanwhile" in done.changes[0]["note"]


def test_an_article_that_was_not_ticked_stays(zinc, iron):
    one, other = article(), article()

    do(zinc, iron, one)

    other.refresh_from_db()
    assert "aff:zinc" in other.head.text


def test_a_failed_check_keeps_readers_on_what_they_see(zinc, iron):
    made = article()
    publish(made, override="A test.")
    iron.status = "recalled"
    iron.save()

    done = do(zinc, iron, made)

    assert "not published: " in done.changes[0]["note"]
    assert "/go/zinc/" in Edition.objects.live().get(article=made).html


def test_products_follow(zinc, iron):
    product = ProductFactory(link=zinc)
    version = product.version

    do(zinc, iron)

    product.refresh_from_db()
    assert (product.link, product.version) == (iron, version + 1)


def test_undoing_brings_text_page_and_product_back(zinc, iron):
    made, product = article(), ProductFactory(link=zinc)
    publish(made, override="A test.")
    done = do(zinc, iron, made)

    left = undo(done, by=None)

    made.refresh_from_db()
    product.refresh_from_db()
    assert left == []
    assert (made.head.text, made.head.kind) == ("Take [zinc](aff:zinc).\n", "restore")
    assert "/go/zinc/" in Edition.objects.live().get(article=made).html
    assert product.link == zinc
    assert done.undone_at is not None


def test_undoing_twice_does_nothing(zinc, iron):
    made = article()
    done = do(zinc, iron, made)
    undo(done, by=None)
    revisions = Revision.objects.count()

    assert undo(done, by=None) == ["It was undone before."]
    assert Revision.objects.count() == revisions


def test_undoing_leaves_alone_what_was_edited_since(zinc, iron):
    made = article(title="Zinc and you")
    done = do(zinc, iron, made)
    made.refresh_from_db()
    save_revision(made, text="Rewritten, [zinc](aff:iron).\n", front_matter=made.head.front_matter)

    assert undo(done, by=None) == ["“Zinc and you” was edited since; it stays as it is."]
    made.refresh_from_db()
    assert made.head.text == "Rewritten, [zinc](aff:iron).\n"


def test_a_new_address_and_back(zinc):
    new = f"{AWIN}&ued=https%3A%2F%2Fnorthmoor.example%2Fnew"

    done = replace_target(zinc.targets.get(), new, by=None, reason="Moved.")
    assert zinc.targets.get(is_active=True).url == new
    assert (done.old_url, done.new_url) == (AWIN, new)

    assert undo(done, by=None) == []
    assert zinc.targets.get(is_active=True).url == AWIN
    assert zinc.targets.count() >= 2


def test_an_address_of_another_shop_is_refused(zinc):
    with pytest.raises(TargetError):
        replace_target(zinc.targets.get(), "https://evil.example/", by=None, reason="Moved.")

    assert not LinkReplacement.objects.exists()
    assert zinc.targets.get(is_active=True).url == AWIN


def test_what_was_replaced_cannot_be_rewritten(zinc, iron):
    done = do(zinc, iron)
    done.reason = "Another."

    with pytest.raises(TypeError, match="history"):
        done.save(update_fields=["reason"])


def test_the_address_that_it_has_already_is_no_replacement(zinc):
    with pytest.raises(TargetError, match="leads there already"):
        replace_target(zinc.targets.get(), AWIN, by=None, reason="Moved.")


def test_an_address_for_some_readers_keeps_its_conditions(zinc):
    german = services.add_target(zinc, url=f"{AWIN}&ued=https%3A%2F%2Fde.example%2F", countries="DE")
    new = f"{AWIN}&ued=https%3A%2F%2Fde.example%2Fnew"

    done = replace_target(german, new, by=None, reason="Moved.")

    active = dict(zinc.targets.filter(is_active=True).values_list("url", "countries"))
    assert active == {AWIN: "", new: "DE"}
    assert undo(done, by=None) == []
    assert dict(zinc.targets.filter(is_active=True).values_list("url", "countries")) == {
        AWIN: "",
        german.url: "DE",
    }


def test_an_address_that_was_changed_again_is_not_undone(zinc):
    done = replace_target(zinc.targets.get(), f"{AWIN}&a=1", by=None, reason="Moved.")
    services.set_target(zinc, f"{AWIN}&a=2")

    assert undo(done, by=None) == ["The address was changed since; it stays as it is."]
    assert zinc.targets.get(is_active=True).url == f"{AWIN}&a=2"
