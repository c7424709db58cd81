"""Where fields come from, and taking over what a source says."""

import json

import pytest

from references import library, refreshing
from references.models import Reference
from references.sources import crossref, pubmed, stored
from references.verification import service
from tests.factories import UserFactory
from tests.references.factories import ReferenceFactory
from tests.references.sources import payloads

pytestmark = pytest.mark.django_db
TITLE = "Zinc and immune function: the biological basis of altered resistance to infection"


@pytest.fixture
def reference():
    made = ReferenceFactory(
        csl={
            "type": "article-journal",
            "title": "Zinc and immune function",
            "author": [{"family": "Shankar", "given": "A"}],
            "issued": {"date-parts": [[1998]]}, "DOI": "10.1093/ajcn/68.2.447s", "volume": "68",
        }
    )  # fmt: skip
    service.keep(made, crossref.read(json.loads(payloads.crossref())))
    return made


def of(reference, name):
    return next(field for field in refreshing.fields(reference) if field.name == name)


def test_a_field_says_who_says_the_same(reference):
    field = of(reference, "volume")

    assert (field.ours, field.said_by, field.theirs) == ("68", "Crossref", "")


def test_a_field_shows_what_a_source_says_instead(reference):
    field = of(reference, "title")

    assert (field.ours, field.theirs, field.source) == ("Zinc and immune function", TITLE, "crossref")


def test_what_we_do_not_say_is_offered(reference):
    field = of(reference, "container-title")

    assert (field.ours, field.theirs) == ("", "The American Journal of Clinical Nutrition")


def test_names_and_dates_are_read_as_words(reference):
    assert of(reference, "author").theirs == "Shankar, AH; Prasad, AS"
    assert (of(reference, "issued").ours, of(reference, "issued").theirs) == ("1998", "1998-08")


def test_the_best_source_that_says_anything_speaks(reference):
    [record] = pubmed.read(payloads.pubmed("9701160", "Another title", doi="10.1093/ajcn/68.2.447s"))
    service.keep(reference, record)

    assert of(reference, "title").theirs == TITLE
    assert (of(reference, "PMID").theirs, of(reference, "PMID").source) == ("9701160", "pubmed")


def test_the_newest_answer_of_a_source_counts(reference):
    service.keep(reference, crossref.read(json.loads(payloads.crossref(title=["Renamed"]))))

    assert of(reference, "title").theirs == "Renamed"


def test_front_matter_is_a_source_that_offers_nothing():
    [made] = library.upsert([library.read({"id": "x", "title": "Zinc", "volume": "3"})])
    made.csl = {**made.csl, "volume": "4"}

    assert of(made, "title").said_by == "Front matter"
    assert (of(made, "volume").theirs, of(made, "volume").said_by) == ("", "")


def test_only_what_was_chosen_is_taken(reference):
    user = UserFactory()

    taken = refreshing.apply(reference, ["title", "page", "nonsense"], by=user)

    reference.refresh_from_db()
    assert taken == ["Title", "Pages"]
    assert (reference.title, reference.csl["page"], reference.csl["issued"]) == (
        TITLE,
        "447S-463S",
        {"date-parts": [[1998]]},
    )
    assert reference.version == 2
    entry = reference.history.first()
    assert (entry.history_change_reason, entry.history_user) == ("Taken over from Crossref", user)


def test_what_an_editor_changed_is_settled():
    made = ReferenceFactory(csl__title="Zinc", csl__volume="3")
    before = dict(made.csl)
    made.csl = {**made.csl, "volume": "4"}

    refreshing.lock_changed(made, before)

    assert made.locked_fields == ["volume"]


def test_an_import_leaves_settled_fields_alone():
    [made] = library.upsert([library.read({"id": "x", "title": "Zinc", "volume": "3"})])
    made.locked_fields, made.csl = ["volume"], {**made.csl, "volume": "4"}
    library.store(made)

    library.upsert([library.read({"id": "x", "title": "Zinc", "volume": "5", "issue": "1"})])

    made.refresh_from_db()
    assert (made.csl["volume"], made.csl["issue"]) == ("4", "1")


def test_settled_again_a_field_is_free(reference):
    reference.locked_fields = ["title", "volume"]
    library.store(reference)
    assert of(reference, "title").is_locked

    refreshing.apply(reference, ["title"])

    assert Reference.objects.get(pk=reference.pk).locked_fields == ["volume"]


def test_a_settled_field_alone_is_no_new_version(reference):
    reference.locked_fields = ["title"]

    assert library.store(reference) is False
    reference.refresh_from_db()
    assert (reference.locked_fields, reference.version) == (["title"], 1)


@pytest.mark.parametrize(
    ("source", "raw"),
    [("crossref", {}), ("pubmed", "<a>"), ("openalex", None), ("europepmc", 3), ("front_matter", {})],
)
def test_a_payload_that_cannot_be_read_says_nothing(reference, source, raw):
    record = reference.sources.create(source=source, raw=raw if raw is not None else "x", sha256="x")

    assert stored.read(record) is None
    assert refreshing.fields(reference)


def test_all_fields_take_one_query(reference, django_assert_num_queries):
    for number in range(5):
        service.keep(reference, crossref.read(json.loads(payloads.crossref(volume=str(number)))))

    with django_assert_num_queries(1):  # source records
        refreshing.fields(reference)
