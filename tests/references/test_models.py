"""The records themselves: derived columns, rules that the database holds, evidence that cannot be rewritten."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import Article, Edition
from references.models import Citation, Reference, SourceRecord
from tests.factories import EditionFactory
from tests.references.factories import CitationFactory, ReferenceFactory

pytestmark = pytest.mark.django_db


def test_columns_follow_the_item_on_every_save():
    reference = ReferenceFactory()

    reference.csl = {"title": "Zinc <i>x</i>", "DOI": "10.1234/NEW", "custom": {"nbk": "NBK1"}}
    reference.save()

    reference.refresh_from_db()
    assert (reference.title, reference.doi, reference.nbk) == ("Zinc x", "10.1234/new", "NBK1")
    assert (reference.first_author, reference.year, reference.container_title) == ("", None, "")


def test_an_identifier_that_is_too_long_to_index_stays_in_the_item():
    doi = "10.1234/" + "x" * 300

    reference = ReferenceFactory(csl={"title": "Zinc", "DOI": doi})

    assert reference.doi == ""
    assert reference.csl["DOI"] == doi


def test_long_titles_and_names_fit_their_columns():
    item = {
        "title": "é" * 3000,
        "author": [{"family": "x" * 300}],
        "container-title": "y" * 500,
        "URL": "https://example.org/" + "z" * 3000,
    }

    reference = ReferenceFactory(csl=item)

    assert (len(reference.title), len(reference.first_author)) == (500, 120)
    assert (len(reference.container_title), len(reference.url)) == (300, 2000)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (
            {"title": "Zinc", "author": [{"family": "Rayman"}], "issued": {"date-parts": [[2012]]}},
            "Rayman (2012): Zinc",
        ),
        ({"title": "Zinc"}, "key: Zinc"),
        ({"PMID": "1"}, "key"),
    ],
)
def test_a_reference_names_itself(item, words):
    assert str(ReferenceFactory(citekey="key", csl=item)) == words


@pytest.mark.parametrize("change", [{"doi": "10.1234/UPPER"}, {"citekey": ""}])
def test_the_database_refuses_what_breaks_a_rule(change):
    reference = ReferenceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.filter(pk=reference.pk).update(**change)


def test_a_whole_item_carries_what_csl_cannot_hold():
    reference = ReferenceFactory(
        citekey="x2000",
        csl={"title": "Zinc", "custom": {"source": "manual"}},
        study_type="rct",
        editorial_status="retracted",
    )

    assert reference.to_csl() == {
        "id": "x2000",
        "title": "Zinc",
        "study_type": "rct",
        "custom": {"source": "manual", "editorial_status": "retracted"},
    }


def test_the_item_is_not_changed_by_showing_it_whole():
    reference = ReferenceFactory(csl={"title": "Zinc", "custom": {"source": "x"}}, editorial_status="concern")

    reference.to_csl()

    assert reference.csl == {"title": "Zinc", "custom": {"source": "x"}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("csl", {"title": "New"}),
        ("study_type", "rct"),
        ("editorial_status", "concern"),
        ("citekey", "new2000"),
    ],
)
def test_what_readers_see_makes_a_version(name, value):
    reference = ReferenceFactory()
    before = reference.shown

    setattr(reference, name, value)

    assert reference.shown != before


def test_a_source_record_is_evidence():
    record = SourceRecord.objects.create(
        reference=ReferenceFactory(), source=SourceRecord.Source.FRONT_MATTER, raw={}, sha256="0" * 64
    )

    record.raw = {"title": "New"}
    with pytest.raises(TypeError, match="evidence"):
        record.save()


def test_a_use_is_recorded_once():
    citation = CitationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        CitationFactory(edition=citation.edition, reference=citation.reference)


def test_deleting_an_article_deletes_its_citations_and_no_work():
    citation = CitationFactory()

    Article.objects.filter(pk=citation.edition.article_id).update(head=None)
    Edition.objects.filter(pk=citation.edition_id).delete()

    assert not Citation.objects.exists()
    assert Reference.objects.count() == 1


def test_the_list_of_uses_does_not_mix_up_works_of_similar_numbers():
    first = ReferenceFactory()
    edition = EditionFactory()
    edition.dependencies.create(key=f"{first.dependency_key}0", version="1")

    assert not first.editions().exists()
    assert Reference.objects.with_used_in().get(pk=first.pk).used_in == 0
