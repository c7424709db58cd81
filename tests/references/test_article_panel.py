"""Beside the article stand the works that somebody must look at."""

import pytest
from django.urls import reverse

from articles.compile import make_source
from cms.contracts import SlotContext
from references.article_panel import keys_of, render
from references.models import CitekeyAlias
from tests.factories import ArticleFactory, UserFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


def shown(rf, text, user=None, **front_matter):
    request = rf.get("/")
    request.user = user or UserFactory(superuser=True)
    return render(SlotContext(source=make_source(text, front_matter), request=request))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Zinc [@Liu2021, p. 3; see @batta2017].", {"liu2021", "batta2017"}),
        ("@liu2021 [p. 2] found", {"liu2021"}),
        ("Zinc.", set()),
    ],
)
def test_keys_are_those_of_the_text(text, keys):
    assert keys_of(make_source(text, {})) == keys


def test_keys_of_the_front_matter_count():
    source = make_source("Zinc.", {"references": [{"id": "Liu2021", "citekey": "liu2021b"}, {"raw": "x"}]})

    assert keys_of(source) == {"liu2021b"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"retracted": True}, "retracted"),
        ({"editorial_status": "notice"}, "notice about another work"),
        ({"verification": "mismatch"}, "another work"),
        ({"verification": "truncated"}, "title cut short"),
        ({"doubt": "Retracted, says OpenAlex alone"}, "says OpenAlex alone"),
    ],
)
def test_a_work_to_look_at_is_named_with_the_way_there(rf, changes, words):
    work = ReferenceFactory(citekey="liu2021", **changes)

    html = shown(rf, "Zinc [@liu2021].")

    assert words in html
    assert reverse("admin:references_reference_sources", args=[work.pk]) in html


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"verification": "matched"},
        {"verification": "mismatch", "is_accepted": True},
        {"editorial_status": "corrected"},
    ],
)
def test_a_sound_work_is_not(rf, changes):
    ReferenceFactory(citekey="liu2021", **changes)

    assert shown(rf, "Zinc [@liu2021].") == ""


def test_a_former_key_leads_to_its_work_once(rf):
    work = ReferenceFactory(citekey="liu2021", retracted=True)
    CitekeyAlias.objects.create(alias="liu2021b", reference=work)

    assert shown(rf, "Zinc [@liu2021; @liu2021b].").count("<li>") == 1


def test_who_may_not_see_references_sees_nothing(rf):
    ReferenceFactory(citekey="liu2021", retracted=True)

    assert shown(rf, "Zinc [@liu2021].", UserFactory()) == ""


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_one_query(rf, count, django_assert_num_queries):
    works = ReferenceFactory.create_batch(count, retracted=True)
    user = UserFactory(superuser=True)

    with django_assert_num_queries(1):
        shown(rf, " ".join(f"[@{work.citekey}]" for work in works), user)


def test_it_stands_on_the_page_of_the_article(client):
    client.force_login(UserFactory(superuser=True))
    ReferenceFactory(citekey="liu2021", retracted=True)
    article = ArticleFactory(text="Zinc [@liu2021].")

    html = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()

    assert "References to look at" in html
