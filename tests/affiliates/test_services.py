import pytest
from django.core.exceptions import ValidationError

from affiliates import services
from affiliates.models import AffiliateLink, LinkTarget, Program
from affiliates.targets import TargetError
from articles.models import Edition
from articles.publishing import publish
from tests.affiliates.factories import AMAZON_TAG, LinkFactory, ProductFactory, ProgramFactory, network
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
AWIN = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"


def make(**values):
    return services.create_link(
        **{"url": AWIN, "network": network(), "title": "Zinc citrate", "store_name": "Northmoor", **values}
    )


def test_a_new_link_has_one_target_and_a_slug():
    link = make()

    assert (link.slug, link.status, link.version) == ("northmoor-zinc-citrate", "live", 1)
    assert [target.url for target in link.targets.all()] == [AWIN]
    assert not link.is_opaque


def test_a_second_link_of_that_name_gets_a_number():
    make()

    assert make().slug == "northmoor-zinc-citrate-2"


def test_a_deleted_links_slug_is_not_given_away():
    make().delete()

    assert make().slug == "northmoor-zinc-citrate-2"


@pytest.mark.parametrize(
    ("words", "slug"), [("", "link"), ("é!", "link-e"), ("beacon", "beacon-2"), ("z" * 90, "z" * 58)]
)
def test_odd_names_give_valid_slugs(words, slug):
    assert services.free_slug(words) == slug


@pytest.mark.parametrize("slug", ["Zinc", "z", "zinc_1", "zinc/1", "beacon", "z" * 65, "zinc\n"])
def test_a_bad_slug_is_refused(slug):
    with pytest.raises(ValidationError):
        make(slug=slug)

    assert not LinkTarget.objects.exists()


def test_a_foreign_address_makes_no_link():
    with pytest.raises(TargetError, match="not a host of this network"):
        make(url="https://evil.example/")

    assert not AffiliateLink.objects.exists()


def test_a_program_of_another_network_is_refused():
    with pytest.raises(ValidationError, match="another network"):
        make(program=ProgramFactory(network=network("cj")))


def test_a_short_link_is_marked():
    link = make(network=network("amazon"), url="https://amzn.to/x", store_name="Amazon")

    assert link.is_opaque


def test_changing_the_target_keeps_the_old_one_as_history():
    link = make()

    services.set_target(link, f"{AWIN}&ued=x")

    assert list(link.targets.values_list("url", "is_active")) == [(f"{AWIN}&ued=x", True), (AWIN, False)]
    assert link.version == 2


def test_setting_the_same_target_changes_nothing():
    link = make()

    services.set_target(link, AWIN)

    assert (link.targets.count(), link.version) == (1, 1)


def test_replacing_a_short_link_takes_the_mark_off():
    link = make(network=network("amazon"), url="https://amzn.to/x", store_name="Amazon")

    services.set_target(link, "https://www.amazon.com/dp/B0?tag=x-20")

    link.refresh_from_db()
    assert not link.is_opaque


def test_a_saved_target_cannot_be_rewritten():
    target = LinkFactory().targets.get()
    target.url = "https://www.awin1.com/other"

    with pytest.raises(TypeError, match="history"):
        target.save()


def test_the_history_says_who_changed_what():
    link = make()
    services.set_status(link, AffiliateLink.Status.PAUSED)

    assert list(link.history.values_list("status", flat=True))[:2] == ["paused", "live"]


def test_setting_the_same_status_changes_nothing():
    link = make()

    services.set_status(link, AffiliateLink.Status.LIVE)

    assert link.version == 1


@pytest.mark.django_db(transaction=True)
def test_recalling_a_link_takes_it_out_of_every_article(run_tasks):
    link = LinkFactory(slug="zinc")
    ProductFactory(slug="tablets", link=link)
    article = ArticleFactory(text="Try [zinc](aff:zinc).\n\n::product{tablets}")
    publish(article, override="test")
    run_tasks()

    services.set_status(link, AffiliateLink.Status.RECALLED)
    run_tasks()

    html = Edition.objects.live().get(article=article).html
    assert "/go/" not in html
    assert "Zinc Citrate 10" not in html
    assert "Try zinc." in html


@pytest.mark.django_db(transaction=True)
def test_an_article_that_waits_for_a_link_gets_it(run_tasks):
    article = ArticleFactory(text="Try [zinc](aff:zinc).")
    publish(article, override="the link comes later")
    run_tasks()

    make(slug="zinc")
    run_tasks()

    assert 'href="/go/zinc/' in Edition.objects.live().get(article=article).html


@pytest.mark.django_db(transaction=True)
def test_a_new_target_of_a_direct_link_reaches_the_page(run_tasks):
    link = LinkFactory(slug="oil", amazon=True)
    article = ArticleFactory(text="[oil](aff:oil)")
    publish(article, override="test")
    run_tasks()

    services.set_target(link, f"https://www.amazon.com/dp/NEW?tag={AMAZON_TAG}")
    run_tasks()

    assert "/dp/NEW?" in Edition.objects.live().get(article=article).html


def test_the_same_address_gives_the_same_link():
    first = services.link_for_url(AWIN, name="magnesium")

    assert services.link_for_url("https://WWW.awin1.com:443/cread.php?awinmid=1&awinaffid=2") == first
    assert (first.slug, first.network.key) == ("awin1com-magnesium", "awin")


def test_an_unknown_host_is_a_merchant_of_its_own():
    link = services.link_for_url("https://www.shop.example/zinc")

    assert (link.network.key, link.store_name, link.routing) == (
        "direct-merchant",
        "shop.example",
        "redirect",
    )
    assert link.program.domains == ["shop.example"]


def test_the_second_address_of_a_merchant_joins_its_program():
    services.link_for_url("https://www.shop.example/zinc")
    services.link_for_url("https://shop.example/iron")

    assert Program.objects.count() == 1


def test_a_brands_own_host_of_impact_becomes_a_program():
    link = services.link_for_url("https://goto.brand.example/c/1/2/3")

    assert (link.network.key, link.program.domains) == ("impact", ["goto.brand.example"])


def test_the_program_is_found_by_the_account_in_the_address():
    amazon = network("amazon")
    ProgramFactory(network=amazon, account="other-20")
    mine = ProgramFactory(network=amazon, account=AMAZON_TAG, merchant="Amazon")

    found = services.recognise_address(f"https://www.amazon.com/dp/B0?tag={AMAZON_TAG}")

    assert (found.network, found.program, found.store_name) == (amazon, mine, "Amazon")


def test_the_only_program_of_a_network_is_ours_and_refuses_a_foreign_tag():
    ProgramFactory(network=network("amazon"), account=AMAZON_TAG)

    with pytest.raises(TargetError, match="thief-20"):
        services.link_for_url("https://www.amazon.com/dp/B0?tag=thief-20")


@pytest.mark.parametrize("url", ["http://shop.example/", "javascript:alert(1)", "https://127.0.0.1/", "zinc"])
def test_an_unsafe_address_makes_no_link(url):
    with pytest.raises(TargetError):
        services.link_for_url(url)


def test_an_imported_address_is_approved_by_the_first_person_who_saves_it():
    link, edda, otto = make(), UserFactory(), UserFactory()
    assert link.targets.get().approved_at is None

    services.set_target(link, AWIN, by=edda)
    services.set_target(link, AWIN, by=otto)

    target = link.targets.get()
    assert target.approved_by == edda
    assert target.approved_at is not None
    assert link.version == 1


def test_a_person_approves_what_they_enter():
    user = UserFactory()

    assert make(by=user).targets.get().approved_by == user


def test_an_address_for_some_readers_survives_a_new_one_for_all():
    link = make()
    services.add_target(link, url=f"{AWIN}&us=1", countries="US")

    services.set_target(link, f"{AWIN}&ued=x")

    active = set(link.targets.filter(is_active=True).values_list("url", "countries"))
    assert active == {(f"{AWIN}&us=1", "US"), (f"{AWIN}&ued=x", "")}


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({"countries": "USA"}, "Two-letter"),
        ({"devices": "tv"}, "desktop"),
        ({"languages": "DE"}, "Language codes"),
    ],
)
def test_conditions_are_checked(conditions, words):
    with pytest.raises(ValidationError, match=words):
        services.add_target(make(), url=f"{AWIN}&us=1", **conditions)


def test_a_direct_link_has_one_address():
    link = LinkFactory(amazon=True)

    with pytest.raises(ValidationError, match="one address for everybody"):
        services.add_target(link, url="https://www.amazon.de/dp/B0?tag=chelate-20", countries="DE")


def test_somebody_elses_account_is_refused_without_a_program_too():
    ProgramFactory(network=network("amazon"), account=AMAZON_TAG)
    ProgramFactory(network=network("amazon"), account="second-21")

    with pytest.raises(TargetError, match="not your own"):
        services.check_address("https://www.amazon.com/dp/B0?tag=thief-20", network("amazon"), None)
    assert not services.check_address(
        "https://www.amazon.com/dp/B0?tag=second-21", network("amazon"), None
    ).warnings


@pytest.mark.parametrize(
    ("key", "url", "account"),
    [
        ("cj", "https://www.anrdoezrs.net/click-666-1", "777"),
        ("impact", "https://shop.pxf.io/c/666/2/3", "777"),
        ("partnerize", "https://prf.hn/click/camref:thief/destination:https://shop.example", "mine"),
    ],
)
def test_an_account_in_the_path_is_ours_or_refused(key, url, account):
    program = ProgramFactory(network=network(key), account=account)

    with pytest.raises(TargetError, match=f"not your own {account}"):
        services.check_address(url, network(key), program)


def test_an_address_with_two_accounts_is_refused():
    with pytest.raises(TargetError, match="tag twice"):
        services.check_address("https://www.amazon.com/dp/B0?tag=a-20&tag=b-20", network("amazon"), None)
