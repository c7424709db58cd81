"""Resolving keys and picking works: few queries, plain values."""

import pytest

from articles.compile import compile_article, make_source
from cms.contracts import Keys, Source
from references.models import Reference
from references.works import CITATION, pick, resolve
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


def keys_of(*keys, **front_matter):
    return Keys(Source("", front_matter), "preview", {CITATION: frozenset(keys)})


def test_a_text_without_keys_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert resolve(keys_of()) == {}


@pytest.mark.parametrize("count", [1, 20])
def test_any_number_of_keys_takes_one_query(count, django_assert_num_queries):
    works = ReferenceFactory.create_batch(count)

    with django_assert_num_queries(1):  # references
        found = resolve(keys_of(*(work.citekey for work in works), "nokey"))

    assert set(found) == {work.citekey for work in works}


def test_a_resolved_work_is_a_plain_value():
    reference = ReferenceFactory(citekey="siebrecht2013", retracted=True)

    work = resolve(keys_of("siebrecht2013"))["siebrecht2013"]

    assert (work.id, work.version, work.label, work.year) == (reference.pk, 1, "Siebrecht", 2013)
    assert (work.is_retracted, work.flag) == (True, "Retracted")


def test_the_articles_own_list_decides_what_a_key_means():
    ReferenceFactory(citekey="liu2021")
    meant = ReferenceFactory(citekey="liu2021b")

    found = resolve(keys_of("liu2021", references=[{"id": "Liu2021", "citekey": "liu2021b"}]))

    assert found["liu2021"].id == meant.pk


def test_keys_of_the_front_matter_are_resolved_without_a_citation():
    ReferenceFactory(citekey="liu2021")

    assert set(resolve(keys_of(references=[{"id": "liu2021"}]))) == {"liu2021"}


def test_a_whole_article_takes_one_query_for_its_works(django_assert_max_num_queries):
    ReferenceFactory(citekey="a2000")
    ReferenceFactory(citekey="b2000")
    source = make_source("[@a2000]\n\n::papers{b2000}", {})

    with django_assert_max_num_queries(4) as queries:  # ours and what other plugins always ask
        document = compile_article(source)

    ours = [query for query in queries if "references_reference" in query["sql"]]
    assert len(ours) == 1
    assert document.html.count("<li") == 2


@pytest.mark.parametrize("query", ["siebrecht", "[@siebrecht", "2013 bisglycinate", "10.1234/om", "@wanted"])
def test_the_picker_searches_key_author_title_and_identifier(query):
    ReferenceFactory(citekey="wanted2013", csl__DOI="10.1234/om", csl__title="Magnesium bisglycinate")
    ReferenceFactory(
        citekey="other2012", csl__author=[{"family": "Rayman"}], csl__DOI=None, csl__title="Selenium"
    )

    [choice] = pick(query)

    assert choice.insert == "[@wanted2013]"
    assert choice.label == "Magnesium bisglycinate"
    assert choice.detail == "Siebrecht, 2013, OM & Ernährung"


def test_an_empty_query_offers_the_latest():
    ReferenceFactory.create_batch(12)
    Reference.objects.filter(citekey__endswith="never").update(title="")

    assert len(pick(" ")) == 10


@pytest.mark.parametrize("count", [1, 20])
def test_the_picker_takes_one_query(count, django_assert_num_queries):
    ReferenceFactory.create_batch(count)

    with django_assert_num_queries(1):  # references
        pick("siebrecht")
