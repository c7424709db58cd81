"""Resolving keys and picking works: few queries, plain values."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.compile import compile_article, make_source
from cms.contracts import Keys, Source
from references.models import Acknowledgement, CitekeyAlias, Reference
from references.works import CITATION, pick, resolve
from tests.factories import ArticleFactory
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


def test_a_former_key_names_the_work_it_was_merged_into():
    kept = ReferenceFactory(citekey="liu2021")
    CitekeyAlias.objects.create(alias="liu2021b", reference=kept)
    CitekeyAlias.objects.create(alias="liu2021c", reference=kept)

    found = resolve(keys_of("liu2021", "liu2021b", "liu2021c"))

    assert {key: work.id for key, work in found.items()} == dict.fromkeys(
        ["liu2021", "liu2021b", "liu2021c"], kept.pk
    )


def test_an_article_acknowledges_for_itself_and_for_one_status():
    work = ReferenceFactory(citekey="liu2021", editorial_status="concern")
    article, other = ArticleFactory.create_batch(2)
    Acknowledgement.objects.create(reference=work, article=article, status="concern", reason="Known.")

    def reason(article_id):
        keys = Keys(Source("", {}, article_id), "preview", {CITATION: frozenset({"liu2021"})})
        return resolve(keys)["liu2021"].acknowledged

    assert [reason(article.pk), reason(other.pk), reason(None)] == ["Known.", "", ""]
    Reference.objects.update(editorial_status="retracted")
    assert reason(article.pk) == ""


def test_a_work_knows_its_newest_count_with_source_and_date():
    reference = ReferenceFactory(citekey="zinc2020")
    ReferenceFactory(citekey="uncounted")
    day = datetime(2026, 10, 1, 8, tzinfo=UTC)
    reference.citation_counts.create(source="crossref", count=5, counted_at=day - timedelta(days=9))
    reference.citation_counts.create(source="openalex", count=7, counted_at=day)

    found = resolve(keys_of("zinc2020", "uncounted"))

    assert found["uncounted"].counted is None
    counted = found["zinc2020"].counted
    assert (counted["count"], counted["source"], counted["on"][:10]) == (7, "openalex", "2026-10-01")
