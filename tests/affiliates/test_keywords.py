"""Words that could become a link: offered, never linked by themselves."""

import itertools

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiliates.keywords import SuggestionGone, accept, offered, suggest, validate_phrases
from affiliates.models import AffiliateLink, Keyword
from articles.models import Revision
from articles.revisions import StaleRevision, save_revision
from tests.affiliates.compiling import compiled
from tests.affiliates.desk import change_url, errors
from tests.affiliates.factories import LinkFactory
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    return LinkFactory(slug="zinc")


@pytest.fixture
def keyword(link):
    return Keyword.objects.create(link=link, phrases=["zinc citrate", "zinc"], cap=2)


def found_in(text):
    return suggest(compiled(text), text, list(offered()))


def words_in(text):
    return [(found.words, found.line) for found in found_in(text)]


def test_words_are_found_where_they_stand(keyword):
    text = "First.\n\nTake **zinc citrate** daily."

    (found,) = found_in(text)

    assert (found.words, found.line, found.link.slug) == ("zinc citrate", 3, "zinc")
    assert text[found.start : found.end] == "zinc citrate"
    assert (found.before, found.after) == ("Take ", " daily.")


def test_long_surroundings_are_cut(keyword):
    (found,) = found_in(f"{'a ' * 50}zinc{' b' * 50}")

    assert (found.before[:2], found.after[-2:]) == ("…a", "b…")
    assert len(found.before) == len(found.after) == 61


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Zinc and ZINC", ["Zinc", "ZINC"]),
        ("zincs, prezinc and zinc-rich", ["zinc"]),
        ("- one zinc\n- two", ["zinc"]),
        ("zinc\ncitrate over a line", ["zinc"]),  # a link must not hide a line break
        ("# About zinc", []),
        ("> Somebody said zinc", []),
        ("[zinc](https://doi.org/10.1/x)", []),
        ("[zinc](art:other)", []),
        ("`zinc` and ``a ` zinc``", []),
        ("    zinc in a block of code", []),
        ("```\nzinc\n```", []),
        (":::note\nzinc\n:::", []),
        ("| zinc | a |\n|---|---|\n| zinc | b |", []),
        ("![zinc](img:jar)", []),
        ("https://zinc.example/zinc", []),
        ("z*in*c", []),
        ("Nothing of it.", []),
    ],
)
def test_some_places_are_never_offered(keyword, text, words):
    assert [word for word, _ in words_in(text)] == words


def test_the_longer_phrase_wins(keyword):
    assert words_in("zinc citrate and zinc") == [("zinc citrate", 1), ("zinc", 1)]


def test_capitals_count_where_a_keyword_says_so(link):
    Keyword.objects.create(link=link, phrases=["Iron"], matches_case=True, cap=5)

    assert words_in("Iron and iron") == [("Iron", 1)]


def test_nothing_before_the_disclosure_is_offered(keyword):
    other = LinkFactory(slug="other")

    assert words_in(f"zinc\n\nSee [this](aff:{other.slug}), zinc.\n\nzinc again") == [
        ("zinc", 3),
        ("zinc", 5),
    ]


def test_a_link_that_stands_often_enough_is_not_offered(keyword):
    assert words_in("[a](aff:zinc) and [b](aff:zinc)\n\nzinc") == []
    assert words_in("[a](aff:zinc)\n\nzinc") == [("zinc", 3)]


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"link__status": "paused"}, {"link__status": "recalled"}]
)
def test_only_active_keywords_of_live_links_are_offered(keyword, change):
    if "is_active" in change:
        Keyword.objects.update(**change)
    else:
        AffiliateLink.objects.update(status=change["link__status"])

    assert words_in("zinc") == []


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.sampled_from(["zinc", "**zinc**", "`zinc`", "[x](aff:zinc)", "\n\n", "> ", "# ", "* ", "word"]),
        max_size=12,
    )
)
def test_every_offer_is_exactly_those_words_of_the_source(keyword, parts):
    text = " ".join(parts)

    offers = found_in(text)

    assert all(text[found.start : found.end] == found.words for found in offers)
    spans = [(found.start, found.end) for found in offers]
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


def article_of(text):
    return ArticleFactory(text=text)


def take(article, count=1, **options):
    text = article.head.text
    keys = [found.key for found in found_in(text)[:count]]
    return accept(article, compiled(text), keys, head=article.head, **options)


def test_accepting_saves_a_revision_and_changes_nothing_else(keyword):
    user = UserFactory()
    article = article_of("Take **zinc** daily.\n\nAnd zinc citrate, `zinc`.")

    revision = take(article, 2, by=user)

    assert revision.text == "Take **[zinc](aff:zinc)** daily.\n\nAnd [zinc citrate](aff:zinc), `zinc`."
    assert (revision.author, revision.number) == (user, 2)
    assert revision.reason == "Linked “zinc” to aff:zinc, “zinc citrate” to aff:zinc"
    assert revision.front_matter == Revision.objects.get(article=article, number=1).front_matter


def test_the_page_then_shows_the_link(keyword):
    article = article_of("Take zinc daily.")

    document = compiled(take(article).text)

    assert [use.link_slug for use in document.placements] == ["zinc"]


def test_caps_hold(keyword):
    article = article_of("zinc\n\nzinc\n\nzinc")

    with pytest.raises(SuggestionGone, match="may be linked 2 times"):
        take(article, 3)

    assert article.revisions.count() == 1


def test_one_link_is_capped_over_all_its_keywords(link):
    Keyword.objects.create(link=link, phrases=["zinc"], cap=1)
    Keyword.objects.create(link=link, phrases=["citrate"], cap=1)
    article = article_of("zinc\n\ncitrate")

    with pytest.raises(SuggestionGone, match="may be linked once"):
        take(article, 2)


def test_a_text_that_has_changed_is_not_touched(keyword):
    article = article_of("Take zinc daily.")
    old_head, key = article.head, found_in("Take zinc daily.")[0].key
    save_revision(article, text="Now take zinc daily.", front_matter=old_head.front_matter)

    with pytest.raises(StaleRevision):
        accept(article, compiled(old_head.text), [key], head=old_head)
    with pytest.raises(SuggestionGone, match="have changed"):
        accept(article, compiled(article.head.text), [key], head=article.head)


@pytest.mark.parametrize("phrase", ["ab", "a" * 81, "a [b]", "zinc`", "a_b_c", "zi\\nc"])
def test_phrases_that_would_break_a_link_are_refused(phrase):
    with pytest.raises(ValidationError, match="cannot be a phrase"):
        validate_phrases([phrase])


def page_of(article):
    return reverse("admin:affiliates_keyword_suggestions", args=[article.pk])


def test_the_page_offers_places_and_links_the_chosen_one(staff, keyword):
    article = article_of("zinc one\n\nzinc two")

    response = staff.get(page_of(article))
    offers = response.context["found"]
    assert "<mark>zinc</mark> two" in response.content.decode()

    response = staff.post(page_of(article), {"head": article.head_id, "accept": [offers[1].key]})

    article.refresh_from_db()
    assert response["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    assert article.head.text == "zinc one\n\n[zinc](aff:zinc) two"
    assert article.head.author.is_superuser


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"accept": []}, "Choose at least one"),
        ({"head": 0}, "was saved after this page was opened"),
        ({"accept": ["1:0:99"]}, "have changed"),
    ],
)
def test_what_cannot_be_done_is_said(staff, keyword, change, words):
    article = article_of("zinc one")
    data = {"head": article.head_id, "accept": [f"{keyword.pk}:0:4"], **change}

    response = staff.post(page_of(article), data)

    assert words in response.content.decode()
    assert article.revisions.count() == 1


def test_without_keywords_the_page_says_what_they_are(staff):
    assert b"There are no keywords yet" in staff.get(page_of(article_of("zinc"))).content


def test_without_a_place_the_page_says_so(staff, keyword):
    assert b"No keyword stands in a place" in staff.get(page_of(article_of("nothing"))).content


def test_who_may_not_edit_the_article_may_not_link(client, keyword):
    article = article_of("zinc")
    client.force_login(UserFactory())

    assert client.get(page_of(article)).status_code == 403
    assert client.post(page_of(article), {"head": article.head_id}).status_code == 403


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_for_many_keywords(staff, number, django_assert_max_num_queries):
    for index in range(number):
        Keyword.objects.create(link=LinkFactory(slug=f"link-{index}"), phrases=[f"word {index}"])
    article = article_of("\n\n".join(f"A word {index} here." for index in range(number)))

    with django_assert_max_num_queries(15):
        response = staff.get(page_of(article))

    assert len(response.context["found"]) == number


def test_keywords_are_written_one_a_line(staff, link):
    add = reverse("admin:affiliates_keyword_add")

    staff.post(add, {"link": link.pk, "phrases": "zinc\n zinc citrate \n", "cap": 1, "is_active": "on"})
    assert Keyword.objects.get().phrases == ["zinc", "zinc citrate"]

    response = staff.post(add, {"link": link.pk, "phrases": "[x]", "cap": 1})
    assert "cannot be a phrase" in errors(response)["phrases"]
    response = staff.post(add, {"link": link.pk, "phrases": "\n", "cap": 1})
    assert errors(response)["phrases"]


def test_a_keyword_has_its_page(staff, keyword):
    assert b"zinc citrate" in staff.get(change_url(keyword)).content
