"""Articles as editors have them go out and come back: no revision is written, no word differs."""

import pytest
from hypothesis import HealthCheck, given, settings

from articles.models import Article
from articles.publishing import publish
from articles.revisions import save_revision
from tests.articles.exporters.conftest import counted
from tests.articles.exporters.strategies import BODIES, FRONT_MATTERS
from tests.articles.tables import every_row
from tests.factories import AuthorFactory, ImageFactory, TopicFactory

pytestmark = pytest.mark.django_db
PER_EXAMPLE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)


def write(title="Zinc", text="Zinc heals.", **front_matter):
    """Make an article as the admin does: no source id, a first save."""
    article = Article.objects.create(title=title, slug=str(front_matter.get("slug", "zinc")))
    save_revision(article, text=text, front_matter={"title": title, "slug": article.slug} | front_matter)
    return article


def heads():
    articles = Article.objects.select_related("head").order_by("slug", "head__text")
    return [
        (article.title, article.slug, article.head.text, article.head.front_matter) for article in articles
    ]


def test_an_article_written_here_is_known_again(export, bring):
    write()
    export()

    before = every_row()
    report = bring()

    assert counted(report) == (0, 0, 1)
    assert every_row() == before


def test_it_is_known_again_after_its_address_has_changed(export, bring):
    article = write()
    export()
    save_revision(article, text="Zinc heals.", front_matter={"title": "Zinc", "slug": "zinc-heals"})

    bring()

    assert [article.slug for article in Article.objects.all()] == ["zinc-heals"]


def test_what_an_editor_has_written_since_stays(export, bring):
    article = write()
    export()
    save_revision(article, text="Zinc does not heal.", front_matter={"title": "Zinc", "slug": "zinc"})

    report = bring()

    assert report["articles"][0]["status"] == "kept"
    assert Article.objects.get().head.text == "Zinc does not heal."


def test_an_edited_file_of_an_imported_article_is_taken_over(another_site, export, bring, target):
    with another_site:
        write()
        export()
    bring()
    path = target / "articles" / "zinc.md"
    path.write_text(path.read_text().replace("heals", "does not heal"))

    report = bring()

    assert counted(report) == (0, 1, 0)
    assert Article.objects.get().head.text == "Zinc does not heal."


def test_an_article_of_another_site_with_the_same_number_is_another_one(
    another_site, export, bring, frozen_time
):
    with another_site:
        write()
        export()
    frozen_time.tick(60)
    Article.objects.bulk_create(
        [Article(pk=number, title="Iron", slug=f"iron-{number}") for number in range(1, 30)]
    )

    assert counted(bring()) == (1, 0, 0)


def test_two_drafts_that_want_one_address(another_site, export, bring):
    with another_site:
        write(text="One.")
        write(text="Two.")
        export()
        assert counted(bring()) == (0, 0, 2)
        expected = heads()

    assert counted(bring()) == (2, 0, 0)
    assert heads() == expected


def test_a_draft_without_a_word(another_site, export, bring):
    with another_site:
        write(text="")
        export()

    assert counted(bring()) == (1, 0, 0)
    assert Article.objects.get().head.text == ""


def test_names_without_a_record_stay_names(another_site, export, bring):
    gone = {"authors": ["ghost"], "topic": "ghost", "image": "ghost", "reviewed_by": "ghost"}
    with another_site:
        write(**gone)
        export()
        assert counted(bring()) == (0, 0, 1)

    bring()

    assert gone.items() <= Article.objects.get().head.front_matter.items()


def test_a_picture_s_address_in_the_text_is_left_alone(export, bring):
    ImageFactory(slug="crystal")
    write(text="![a crystal](/images/crystal.png)")
    export()

    assert counted(bring()) == (0, 0, 1)


def test_line_ends_of_another_system_are_ours_once_saved(export, bring):
    write(text="\r\n\r\nZinc\r\nheals.\rTwice.\r\n\r\n")
    export()

    assert counted(bring()) == (0, 0, 1)
    assert Article.objects.get().head.text == "\n\nZinc\nheals.\nTwice.\n\n"


def test_a_third_site_gets_the_same_from_the_second(another_site, export, bring, target, tmp_path):
    with another_site:
        write(tags=["zinc"], colour="red")
        export()
    bring()

    export(folder=tmp_path / "again")

    name = "articles/zinc.md"
    assert (tmp_path / "again" / name).read_bytes() == (target / name).read_bytes()


def test_everything_that_an_article_names_comes_along(another_site, export, bring):
    with another_site:
        author, topic, image = AuthorFactory(bio="Writes."), TopicFactory(), ImageFactory()
        write(authors=[author.slug], topic=topic.slug, image=image.slug, description="On zinc.")
        export()

    bring("--publish")

    edition = Article.objects.get().editions.get()
    assert (edition.topic.name, edition.image.slug, edition.authors.get().bio) == (
        topic.name,
        image.slug,
        "Writes.",
    )


def test_plugins_data_come_along(another_site, export, bring, target):
    from affiliates.models import AffiliateLink
    from disclaimers.models import Disclaimer
    from references.models import Reference
    from tests.affiliates.factories import LinkFactory
    from tests.references.factories import ReferenceFactory

    with another_site:
        work, unlisted = ReferenceFactory(citekey="listed2013"), ReferenceFactory(citekey="cited2013")
        link = LinkFactory()
        notice = Disclaimer.objects.order_by("slug").first()
        write(
            text=f"Zinc [@cited2013] heals [fast](aff:{link.slug}).",
            references=[{"id": "listed2013", "custom": {"insight": "It heals."}}],
            affiliate_link=link.slug,
            disclaimers=[notice.slug],
        )
        export()
        expected = heads()
        assert counted(bring()) == (0, 0, 1)

    bring()

    assert heads() == expected
    assert set(Reference.objects.values_list("title", flat=True)) == {work.title, unlisted.title}
    assert AffiliateLink.objects.get().slug == link.slug
    assert (
        "https://"
        in (target / "articles" / "zinc.md").read_text().split("affiliate_link: ")[1].split("\n")[0]
    )


def test_two_links_to_one_address_stay_two(another_site, export, bring):
    from tests.affiliates.factories import LinkFactory

    with another_site:
        links = [LinkFactory(), LinkFactory()]
        for link in links:
            write(title=link.slug, slug=f"on-{link.slug}", affiliate_link=link.slug)
        export()
        assert counted(bring()) == (0, 0, 2)
        expected = heads()

    bring()

    assert heads() == expected


@PER_EXAMPLE
@given(FRONT_MATTERS, BODIES)
def test_any_article_comes_back(another_site, export, bring, front_matter, text):
    with another_site:
        article = Article.objects.create(title="Zinc", slug="zinc")
        save_revision(article, text=text, front_matter=front_matter)
        export("--overwrite")
        assert counted(bring()) == (0, 0, 1)
        expected = heads()

    with another_site:
        assert counted(bring()) == (1, 0, 0)
        assert heads() == expected


def test_an_older_edition_stays_what_readers_see(export, bring):
    article = write(text="Old.")
    publish(article)
    save_revision(article, text="New.", front_matter={"title": "Zinc", "slug": "zinc"})
    export()

    bring()

    assert article.editions.get().text == "Old."
