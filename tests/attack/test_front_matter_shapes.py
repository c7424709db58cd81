"""Front matter of the wrong shape: it is read in a sane way or refused in words, never an exception."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.compile import compile_article, make_source
from articles.front_matter import LISTS, TEXTS, normalised
from articles.metadata import read_metadata
from articles.models import Edition, Tag
from articles.publishing import PublishRefused, publish
from articles.revisions import save_revision
from cms.contracts import CompileError
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db
PLUGIN_KEYS = ("references", "affiliate_link", "disclaimers")
KEYS = sorted({*LISTS, *TEXTS, *PLUGIN_KEYS, "unknown"})
LOOP: list = []
LOOP.append(LOOP)
VALUES = [
    None,
    True,
    False,
    0,
    5,
    10**30,
    2.5,
    float("nan"),
    float("inf"),
    "",
    "zinc, iron",
    "2026-13-45",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "javascript:alert(1)",
    "a\x00b\x01\ud800\uffff",
    "x" * 2_000_000,
    "é" * 500,
    date(2026, 5, 1),
    datetime(2026, 5, 1, tzinfo=UTC),
    b"bytes",
    [],
    [None, "", 5, True, ["nested"], {"a": "b"}],
    ["x" * 300] * 3,
    [f"title {number}" for number in range(3_000)],
    {},
    {"a": "b"},
    {1: {2: [3]}},
    {"raw": None, "id": ["a"], "custom": 5},
    LOOP,
    object(),
]


def through_everything(article, front_matter):
    """Save, look up, preview, publish; a refusal is an answer."""
    save_revision(article, text="Zinc [@a] is a metal.\n\n::papers\n", front_matter=front_matter)
    article.refresh_from_db()
    read_metadata(article, front_matter)
    try:
        compile_article(make_source("Zinc.", front_matter, article.pk), "preview")
        publish(article, override="an attack")
    except (PublishRefused, CompileError):
        return None
    return Edition.objects.filter(article=article).latest("number")


@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{type(value).__name__}-{str(value)[:12]!r}")
def test_no_value_of_any_key_raises(value):
    for key in KEYS:
        article = ArticleFactory()

        through_everything(article, {"title": "Zinc", "slug": article.slug, key: value})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(front_matter=st.dictionaries(st.sampled_from(KEYS), json_values, max_size=6))
def test_no_front_matter_raises(db, front_matter):
    through_everything(ArticleFactory(), front_matter)


@given(front_matter=st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), json_values, max_size=6))
def test_normalising_twice_changes_nothing(front_matter):
    once = normalised(front_matter)

    assert normalised(once) == once


@pytest.mark.parametrize("key", sorted(LISTS))
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mara", ["Mara"]),
        (5, ["5"]),
        (None, []),
        (False, []),
        (["a", None, "", 7], ["a", "7"]),
        ({"Zinc": "a guide"}, ["Zinc: a guide"]),
        ([{"Zinc": "a guide"}], ["Zinc: a guide"]),
    ],
)
def test_a_list_is_read_from_what_stands_there(key, written, read):
    assert normalised({key: written}) == {key: read}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (5, "5"),
        (None, ""),
        (False, ""),
        (True, "true"),
        (["Zinc"], "Zinc"),
        (["Zinc", "Iron"], "Zinc, Iron"),
        ({"Zinc": "a guide"}, "Zinc: a guide"),
        (date(2026, 5, 1), "2026-05-01"),
        ("Zi\x00nc\x0b", "Zi nc "),
        ("\ud83d\udc1f"[:1], " "),
    ],
)
def test_a_text_is_read_from_what_stands_there(written, read):
    assert normalised({"title": written}) == {"title": read}


def test_an_author_named_without_a_list_is_one_author():
    mara = AuthorFactory(slug="mara")
    article = ArticleFactory()

    edition = through_everything(article, {**article.head.front_matter, "authors": "mara"})

    assert list(edition.authors.all()) == [mara]


def test_keys_that_nobody_knows_are_kept():
    front_matter = {"series": {"name": "Metals", "parts": [1, 2.5, None, True]}, "draft": False}

    assert normalised(front_matter) == front_matter


def test_saving_the_same_odd_front_matter_twice_is_one_revision():
    article = ArticleFactory()
    odd = {"title": "Zinc", "tags": ("a", "b"), "date": date(2026, 5, 1), 5: float("nan")}
    first = save_revision(article, text="x\r\ny\x00", front_matter=odd)

    second = save_revision(article, text="x\r\ny\x00", front_matter=odd)

    assert second.pk == first.pk


@pytest.mark.parametrize("slug", ["Ä/ö", "a b", "../admin", "UPPER", "—"])
def test_an_address_that_no_link_can_hold_cannot_be_overridden(client, slug):
    article = ArticleFactory()
    save_revision(article, text="Zinc.", front_matter={"title": "—", "slug": slug})

    with pytest.raises(PublishRefused) as refused:
        publish(article, override="never mind")

    assert not refused.value.can_be_overridden


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/relative", "https://e.org/" + "a" * 200, "x y"])
def test_an_original_address_that_is_none_is_reported_and_left_out(url):
    article = ArticleFactory(front_matter={"canonical_url": url})

    edition = publish(article)

    assert edition.canonical_url == ""
    assert "FM03" in [finding["id"] for finding in edition.findings]


@pytest.mark.parametrize("key", ["date", "updated", "reviewed_on", "language"])
def test_an_unreadable_value_is_a_warning(key):
    metadata = read_metadata(ArticleFactory(), {"title": "Zinc", key: "2026-13-45"})

    assert [(finding.id, finding.severity) for finding in metadata.findings] == [("FM03", "warning")]
    assert key in metadata.findings[0].message


def test_a_tag_is_found_by_its_name_too():
    tag = Tag.objects.create(name="zinc", slug="zn")

    edition = publish(ArticleFactory(front_matter={"tags": ["zinc", "цинк", "t" * 90]}))

    assert tag in edition.tags.all()
    assert edition.tags.count() == 2
    assert "цинк" in edition.findings[0]["message"]


def test_a_thousand_recommendations_are_cut_and_said():
    article = ArticleFactory()

    edition = through_everything(
        article, {"title": "Zinc", "slug": "zn", "recommended": [str(n) for n in range(3_000)]}
    )

    assert article.pins.count() == 100
    assert any("first 100 of 3,000 recommended" in finding["message"] for finding in edition.findings)


def test_long_values_fit_their_columns():
    article = ArticleFactory(slug="z" * 120, text="[x](art:" + "q" * 120 + ") [y](art:" + "r" * 300 + ")")
    target = ArticleFactory(slug="q" * 120)
    publish(target)

    edition = publish(article, by=None, reason="r" * 900, override="o" * 900)

    assert edition.dependencies.filter(key=f"article:{target.pk}").exists()
    assert save_revision(article, text="t", front_matter={}, reason="r" * 900).reason == "r" * 300
