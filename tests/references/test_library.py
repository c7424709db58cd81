"""Saving works, and the rules for items that come from outside."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from references import library
from references.models import Reference, SourceRecord
from tests.factories import EditionFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db

RAYMAN = {
    "id": "rayman2012",
    "type": "article-journal",
    "title": "Selenium and human health",
    "author": [{"family": "Rayman", "given": "Margaret P"}],
    "issued": {"date-parts": [[2012]]},
    "PMID": "22381456",
    "DOI": "10.1016/S0140-6736(11)61452-9",
}


def take(*items, source_id="zinc"):
    return library.upsert([library.read(item) for item in items], source_id=source_id)


@pytest.fixture
def changed(monkeypatch):
    """What was announced as changed."""
    keys = []
    monkeypatch.setattr(library, "dependency_changed", lambda *changed: keys.extend(changed))
    return keys


def test_an_item_becomes_a_reference():
    [reference] = take(RAYMAN)

    assert (reference.citekey, reference.first_author, reference.year) == ("rayman2012", "Rayman", 2012)
    assert (reference.doi, reference.pmid) == ("10.1016/s0140-6736(11)61452-9", "22381456")


def test_an_unchanged_item_writes_nothing(django_assert_max_num_queries):
    [reference] = take(RAYMAN)

    with django_assert_max_num_queries(5) as queries:  # savepoint twice, candidates, last said, nothing else
        [again] = take(RAYMAN)

    assert again == reference
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert Reference.history.count() == 1


@pytest.mark.parametrize(
    "same",
    [
        {"DOI": "https://doi.org/10.1016/S0140-6736(11)61452-9"},
        {"PMID": "22381456"},
        {"URL": "https://pubmed.ncbi.nlm.nih.gov/22381456/"},
    ],
)
def test_a_work_is_found_by_its_identifier_whatever_its_key(same):
    [reference] = take(RAYMAN)

    [found] = take({"id": "other", "title": "Selenium and human health", **same})

    assert found == reference


def test_a_work_is_found_by_key_and_title():
    [reference] = take({"id": "batta2017", "title": "Maintenance of milieu interieur by magnesium"})

    [found] = take({"id": "Batta2017", "title": "Maintenance of the milieu interieur by magnesium"})

    assert found == reference


def test_another_work_of_the_same_key_gets_a_letter():
    take({"id": "liu2021", "title": "Magnesium for leg cramps in pregnancy"})

    [other] = take({"id": "liu2021", "title": "Deep learning for traffic forecasts: a survey of 300 methods"})

    assert other.citekey == "liu2021b"


def test_the_second_work_of_a_key_is_found_again():
    second = {"id": "liu2021", "title": "Deep learning for traffic forecasts: a survey of 300 methods"}
    take({"id": "liu2021", "title": "Magnesium for leg cramps in pregnancy"}, second)

    [found] = take(second, source_id="elsewhere")

    assert found.citekey == "liu2021b"
    assert Reference.objects.count() == 2


def test_the_same_key_with_another_doi_is_another_work():
    take({"id": "liu2021", "title": "Zinc", "DOI": "10.1234/a"})

    [other] = take({"id": "liu2021", "title": "Zinc", "DOI": "10.1234/b"})

    assert other.citekey == "liu2021b"


def test_a_pmid_does_not_beat_a_different_doi():
    take(RAYMAN)

    [other] = take({"id": "x2000", "title": "Zinc", "PMID": "22381456", "DOI": "10.1234/other"})

    assert other.citekey == "x2000"


def test_empty_values_never_replace_what_is_known():
    [reference] = take(RAYMAN)

    take({"id": "rayman2012", "PMID": "22381456", "title": "", "author": [], "volume": "379"})

    reference.refresh_from_db()
    assert (reference.title, reference.first_author) == ("Selenium and human health", "Rayman")
    assert reference.csl["volume"] == "379"


def test_a_guessed_type_does_not_replace_a_known_one():
    take({**RAYMAN, "type": "review"})

    [reference] = take({"id": "rayman2012", "PMID": "22381456", "volume": "379"})

    assert reference.type == "review"


@pytest.mark.parametrize("place", [{"study_type": "rct"}, {"custom": {"study_type": "rct"}}])
def test_study_type_is_read_from_both_places(place):
    [reference] = take({**RAYMAN, **place})

    assert reference.study_type == "rct"
    assert "study_type" not in str(reference.csl)


def test_an_unknown_study_type_stays_in_the_item():
    [reference] = take({**RAYMAN, "study_type": "cohort"})

    assert reference.study_type == ""
    assert reference.to_csl()["study_type"] == "cohort"


@pytest.mark.parametrize(
    ("known", "said", "after"),
    [
        ("retracted", "current", "retracted"),
        ("retracted", "concern", "retracted"),
        ("concern", "retracted", "retracted"),
    ],
)
def test_no_file_takes_a_flag_back(known, said, after):
    [reference] = take(RAYMAN)
    Reference.objects.update(editorial_status=known)

    [again] = take({**RAYMAN, "custom": {"editorial_status": said}})

    assert (again.pk, again.editorial_status) == (reference.pk, after)


def test_editorial_status_is_read():
    [reference] = take({**RAYMAN, "custom": {"editorial_status": "retracted"}})

    assert reference.editorial_status == Reference.EditorialStatus.RETRACTED


def test_what_an_editor_corrected_survives_importing_the_same_file_again():
    [reference] = take({**RAYMAN, "title": "Selenium and humam health"})
    reference.csl = {**reference.csl, "title": "Selenium and human health"}
    library.store(reference)

    take({**RAYMAN, "title": "Selenium and humam health"})

    reference.refresh_from_db()
    assert reference.title == "Selenium and human health"


def test_two_files_that_disagree_do_not_overwrite_each_other_again_and_again():
    for _ in range(2):
        take({**RAYMAN, "title": "Selenium and human health"}, source_id="one")
        take({**RAYMAN, "title": "Selenium & human health"}, source_id="two")

    assert Reference.objects.get().version == 2


def test_a_file_that_goes_back_to_an_older_wording_is_followed():
    for title in ("Selenium and human health", "Selenium and health", "Selenium and human health"):
        [reference] = take({**RAYMAN, "title": title})

    assert reference.title == "Selenium and human health"
    assert SourceRecord.objects.count() == 3


def test_saving_counts_a_version_and_tells_the_articles(changed):
    reference = ReferenceFactory()
    reference.csl = {**reference.csl, "title": "New"}

    assert library.store(reference)

    assert reference.version == 2
    assert changed == [f"reference:{reference.pk}"]


def test_saving_without_a_change_does_nothing(changed):
    reference = Reference.objects.get(pk=ReferenceFactory().pk)

    assert not library.store(reference)

    assert reference.version == 1
    assert changed == []


def test_a_new_work_is_announced_to_the_texts_that_wait_for_its_key(changed):
    library.store(Reference(citekey="jargin2022", csl={"title": "Magnesium"}))

    assert changed == ["citekey:jargin2022"]


def test_a_doi_belongs_to_one_reference():
    ReferenceFactory(csl__DOI="10.1234/same")

    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceFactory(csl__DOI="10.1234/same")


def test_references_without_doi_do_not_clash():
    ReferenceFactory.create_batch(2, csl__DOI=None)

    assert Reference.objects.filter(doi="").count() == 2


@pytest.mark.parametrize("citekey", ["", "With Capitals", "a--b", "-a", "a:"])
def test_a_bad_citekey_is_refused(citekey):
    with pytest.raises(ValidationError):
        Reference(citekey=citekey, csl={"title": "x"}).full_clean()


@pytest.mark.parametrize(
    "query",
    [
        "siebrecht 2013",
        "bisglycinate",
        "Magnesium ernährung",
        "10.1234/wanted",
        "doi:10.1234/WANTED.",
        "wanted",
    ],
)
def test_search_finds_author_year_title_and_identifier(query):
    wanted = ReferenceFactory(csl__DOI="10.1234/wanted", csl__title="Magnesium bisglycinate")
    ReferenceFactory(citekey="rayman2012", csl__author=[{"family": "Rayman"}], csl__title="Selenium",
                     csl__issued={"date-parts": [[2012]]}, csl__container_title="Lancet")  # fmt: skip

    assert list(Reference.objects.search(query)) == [wanted]


def test_search_needs_every_word():
    ReferenceFactory()

    assert not Reference.objects.search("siebrecht selenium").exists()


def test_used_in_counts_articles_that_readers_see_or_will_see():
    reference, unused = ReferenceFactory.create_batch(2)
    live, scheduled, ended = EditionFactory(), EditionFactory(scheduled=True), EditionFactory(ended=True)
    newer = EditionFactory(article=scheduled.article, number=2)
    for edition in (live, scheduled, ended, newer):
        edition.dependencies.create(key=reference.dependency_key, version="1")

    counts = dict(Reference.objects.with_used_in().values_list("pk", "used_in"))

    assert counts == {reference.pk: 2, unused.pk: 0}
    assert set(reference.editions()) == {live, scheduled, newer}
