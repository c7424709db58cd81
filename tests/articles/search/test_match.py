"""Which articles answer, and in which order, on the database of this run."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.search.match import find
from articles.search.question import ask
from tests.articles.search.factories import found

pytestmark = pytest.mark.django_db

OPERATORS = [
    '"',
    "'",
    "*",
    "(",
    ")",
    ":",
    "&",
    "|",
    "!",
    "<->",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "{",
    "}",
    "^",
    "-",
    "+",
    "%",
]
NASTY = st.lists(
    st.one_of(st.sampled_from([*OPERATORS, "zinc", "\x00", "½", "中文", "🙂", "vit d"]), st.text(max_size=5))
)


def ids(asked, **options):
    return list(find(ask(asked), **{"limit": 12} | options).editions)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Two capsules a day", "capsule"),
        ("One capsule a day", "capsules"),
        ("Trials of melatonin", "melat"),
        ("Crème fraîche", "creme fraiche"),
        ("creme fraiche", "Crème Fraîche"),
        ("Cobalamin in the blood", "vit b12"),
        ("B<sub>12</sub> in the blood", "cobalamin"),
        ("Rich in β-carotene", "beta carotene"),
        ("Fish oil, once more", '"fish oil"'),
        ("It takes 1.5 g or 2e5 units", "2e5"),
        ("中文 and more", "中文"),
        ("The FISH", "does the fish"),
    ],
)
def test_is_found(text, asked):
    edition = found(html=f"<p>{text}</p>")

    assert ids(asked) == [edition.pk]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Oil of fish", '"fish oil"'),
        ("Fish and oil", '"fish oil"'),
        ("Only zinc", "zinc copper"),
        ("Vitamins C and D3x", "vitamin d"),
        ("Zinc", "in"),
        ("Trials", "rials"),
    ],
)
def test_is_not_found(text, asked):
    found(title="Other", html=f"<p>{text}</p>")

    assert ids(asked) == []


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [("de", "Kapseln", "Kapsel"), ("fr", "vitamines", "vitamine"), ("es", "cápsulas", "capsula")],
)
def test_articles_of_other_languages_have_their_own_forms(language, text, asked):
    edition = found(html=f"<p>{text}</p>", language=language)

    assert ids(asked) == [edition.pk]


def test_any_word_will_do_if_asked_so():
    edition = found(html="<p>Only zinc</p>")

    assert ids("zinc copper", every=False) == [edition.pk]


def test_title_before_text_before_what_is_cited():
    cited = found("C", html='<p>x</p><section class="references"><p>Selenium in man</p></section>')
    text = found("B", html="<p>Selenium once, among many other words of a text</p>")
    about = found("D", description="About selenium")
    title = found("Selenium")

    assert ids("selenium") == [title.pk, about.pk, text.pk, cited.pk]


def test_of_equals_the_newer_comes_first():
    older = found(title="Zinc")
    newer = found(title="Zinc")

    assert ids("zinc") == [newer.pk, older.pk]


def test_money_has_no_part_in_the_order():
    poor = found(title="Zinc", has_paid_links=False)
    rich = found(title="Zinc", has_paid_links=True)
    poorer = found(title="Zinc", has_paid_links=False)

    assert ids("zinc") == [poorer.pk, rich.pk, poor.pk]


def test_a_page_of_hits_knows_how_many_there_are():
    editions = [found(title="Zinc").pk for _ in range(5)]

    hits = find(ask("zinc"), limit=2, offset=2)

    assert (list(hits.editions), hits.total) == (editions[::-1][2:4], 5)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NASTY)
def test_no_text_is_an_error(parts):
    for text in ("".join(parts), " ".join(parts)):
        for every in (True, False):
            find(ask(text), limit=1, every=every)


@pytest.mark.parametrize(
    "text", ["zinc" * 2_500, "zinc " * 2_000, "%s %d {live}", "'; DROP TABLE articles_edition; --"]
)
def test_long_texts_and_statements_are_words(text):
    edition = found(title="Zinc")

    find(ask(text), limit=1)

    assert ids("zinc") == [edition.pk]
