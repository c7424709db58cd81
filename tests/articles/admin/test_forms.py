"""From front matter to the form and back: what an editor did not touch does not change."""

import string

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.admin import lists
from articles.forms import ArticleForm, NewArticleForm
from articles.models import Article, Revision
from tests.factories import ArticleFactory, AuthorFactory, EditionFactory, ImageFactory, TopicFactory

LETTERS = st.text(string.ascii_letters + " äß,é’-", min_size=1, max_size=30)
WORDS = LETTERS.map(lambda text: " ".join(text.split()) or "x")
NAMES = st.lists(WORDS, min_size=1, max_size=4, unique=True)
FRONT_MATTER = st.fixed_dictionaries(
    {},
    optional={
        "description": WORDS,
        "tags": NAMES,
        "recommended": NAMES,
        "jurisdictions": st.lists(
            st.sampled_from(["US", "EU", "US-CA"]), min_size=1, max_size=3, unique=True
        ),
        "language": st.sampled_from(["en", "de", "pt-BR"]),
        "reviewed_on": st.dates().map(lambda day: day.isoformat()),
        "canonical_url": st.just("https://example.org/a"),
        "date": st.just("2020-01-01"),
        "x_custom": st.dictionaries(WORDS, st.integers(), max_size=2),
    },
)


def bare(front_matter, text="Words."):
    """An article that is in no database."""
    article = Article(pk=1, title="Zinc", slug="zinc")
    article.head = Revision(pk=7, article=article, number=1, text=text, front_matter=front_matter)
    return article


def sent_back(article):
    """What a browser would send if nobody touched the form."""
    data = QueryDict(mutable=True)
    form = ArticleForm(article=article)
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, list):
            data.setlist(name, value)
        elif value is not None:
            data[name] = str(value)
    return data


@given(FRONT_MATTER)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_untouched_form_changes_nothing(db, front_matter):
    front_matter = {"title": "Zinc", "slug": "zinc", **front_matter}
    article = bare(front_matter)

    form = ArticleForm(sent_back(article), article=article)

    assert form.is_valid(), form.errors
    assert form.front_matter() == front_matter
    assert form.text_value == "Words."


@pytest.mark.django_db
def test_an_untouched_form_with_records_changes_nothing():
    topic, writer, image = TopicFactory(), AuthorFactory(), ImageFactory()
    front_matter = {
        "title": "Zinc", "slug": "zinc", "topic": topic.slug, "authors": [writer.slug], "image": image.slug,
        "reviewed_by": writer.slug,
    }  # fmt: skip
    article = bare(front_matter)

    form = ArticleForm(sent_back(article), article=article)

    assert form.is_valid(), form.errors
    assert form.front_matter() == front_matter


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One\r\nTwo\r\n", "One\nTwo\n"),
        ("  indented\n", "  indented\n"),
        ("\n\nafter blank lines", "\n\nafter blank lines"),
        ("", ""),
        ("tab\tand\u00a0space", "tab\tand\u00a0space"),
    ],
)
@pytest.mark.django_db
def test_the_text_is_kept_to_the_letter(text, kept):
    article = bare({})
    data = sent_back(article)
    data["text"] = text

    form = ArticleForm(data, article=article)

    assert form.is_valid()
    assert form.text_value == kept


def test_a_text_that_starts_with_a_blank_line_is_shown_with_it():
    """Browsers drop the first line break inside a textarea, so one more is written."""
    html = str(ArticleForm(article=bare({}, text="\nWords."))["text"])

    assert ">\n\nWords.</textarea>" in html


def test_stored_values_without_a_record_are_still_shown(db):
    html = str(ArticleForm(article=bare({"authors": ["gone-author"]}))["authors"])

    assert '<option value="gone-author" selected>gone-author</option>' in html


def test_choosers_show_names_and_hold_slugs(db):
    writer = AuthorFactory(name="Zoe & Zinc", slug="zoe")

    html = str(ArticleForm(article=bare({"authors": [writer.slug]}))["authors"])

    assert '<option value="zoe" selected>Zoe &amp; Zinc</option>' in html
    assert 'data-kind="authors"' in html
    assert " data-many" in html
    assert " data-free" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "slug", "expected"),
    [
        ("Zinc & iron", "", "zinc-iron"),
        ("Zinc", "Zinc And More!", "zinc-and-more"),
        ("x" * 200, "", "x" * 120),
    ],
)
def test_addresses_are_made_of_letters_digits_and_hyphens(title, slug, expected):
    article = bare({})
    data = sent_back(article)
    data["title"], data["slug"] = title, slug

    form = ArticleForm(data, article=article)

    assert form.is_valid()
    assert form.cleaned_data["slug"] == expected


@pytest.mark.django_db
def test_an_article_does_not_recommend_itself():
    article = bare({"recommended": ["zinc", "iron"]})

    form = ArticleForm(sent_back(article), article=article)

    assert form.is_valid()
    assert form.cleaned_data["recommended"] == ["iron"]


@pytest.mark.django_db
def test_ones_own_old_address_may_be_taken_back():
    article = EditionFactory(slug="zinc").article
    data = sent_back(article)
    data["slug"] = "zinc"

    assert ArticleForm(data, article=article).is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("taken", "expected"),
    [([], "zinc"), (["zinc"], "zinc-2"), (["zinc", "zinc-2", "zinc-4"], "zinc-3"), (["zinc-2"], "zinc")],
)
def test_a_new_draft_finds_a_free_address(taken, expected):
    for slug in taken:
        ArticleFactory(slug=slug)
    form = NewArticleForm({"title": "Zinc"})
    form.is_valid()

    assert form.free_slug() == expected


@pytest.mark.django_db
def test_an_address_of_the_past_is_not_free():
    edition = EditionFactory(slug="zinc")
    edition.article.slug = "renamed"
    edition.article.save()
    form = NewArticleForm({"title": "Zinc"})
    form.is_valid()

    assert form.free_slug() == "zinc-2"


@pytest.mark.parametrize(("code", "words"), [("US", "United States"), ("XX", "XX")])
def test_jurisdictions_are_shown_in_words(code, words):
    assert lists.jurisdiction_labels([code]) == {code: words}


def test_the_sites_own_jurisdictions_come_first(settings):
    settings.CHELATE_JURISDICTIONS = ["CH", "XX"]

    assert [row.value for row in lists.find("jurisdictions", "")][:2] == ["CH", "XX"]
