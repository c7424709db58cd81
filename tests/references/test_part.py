"""Front matter: items into the library, keys and remarks into the snapshot, and the same items out again."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references import library, part
from references.models import Reference
from tests.references.factories import ReferenceFactory
from tests.references.patience import patient

pytestmark = pytest.mark.django_db

SIEBRECHT = {
    "id": "siebrecht2013",
    "type": "article-journal",
    "title": "Magnesium <i>bisglycinate</i> as safe form",
    "author": [{"family": "Siebrecht", "given": "Stefan"}],
    "container-title": "OM & Ernährung",
    "issued": {"date-parts": [[2013]]},
    "DOI": "10.1234/om.144",
    "keyword": "magnesium",
    "study_type": "review",
    "custom": {
        "arxiv": "2101.00001",
        "editorial_status": "corrected",
        "source": "manual",
        "insight": "Well absorbed.",
        "citation_count": 5,
    },
}


def test_load_keeps_the_key_and_what_the_article_says():
    assert part.load({"references": [SIEBRECHT], "title": "Zinc"}) == {
        "references": [{"id": "siebrecht2013", "custom": {"insight": "Well absorbed.", "citation_count": 5}}]
    }


def test_load_brings_the_work_into_the_library():
    part.load({"references": [SIEBRECHT]})

    reference = Reference.objects.get()
    assert (reference.study_type, reference.editorial_status, reference.arxiv) == (
        "review",
        "corrected",
        "2101.00001",
    )
    assert reference.csl["keyword"] == "magnesium"
    assert "insight" not in str(reference.csl)


def test_the_round_trip_loses_nothing():
    snapshot = part.load({"references": [SIEBRECHT]})

    assert part.export(snapshot) == {"references": [SIEBRECHT]}


def test_loading_what_was_exported_changes_nothing():
    snapshot = part.load({"references": [SIEBRECHT], "slug": "zinc"})
    exported = part.export(snapshot)

    assert part.load({**exported, "slug": "zinc"}) == snapshot
    assert Reference.history.count() == 1


def test_the_key_stays_as_the_author_wrote_it():
    item = {**SIEBRECHT, "id": "Siebrecht2013"}

    snapshot = part.load({"references": [item]})

    assert Reference.objects.get().citekey == "siebrecht2013"
    assert part.export(snapshot)["references"][0]["id"] == "Siebrecht2013"


def test_a_clash_of_keys_is_kept_inside_the_article():
    ReferenceFactory(citekey="siebrecht2013", csl__title="Deep learning for traffic forecasts: 300 methods")

    [kept] = part.load({"references": [SIEBRECHT]})["references"]

    assert (kept["id"], kept["citekey"]) == ("siebrecht2013", "siebrecht2013b")


def test_an_item_without_id_gets_one():
    [kept] = part.load({"references": [{**SIEBRECHT, "id": None}]})["references"]

    assert kept["id"] == "siebrecht2013"


@pytest.mark.parametrize(
    "item", [{"id": "siebrecht2013"}, "siebrecht2013", {"id": "siebrecht2013", "custom": {}}]
)
def test_a_bare_key_names_a_work_of_the_library(item):
    assert part.load({"references": [item]}) == {"references": [{"id": "siebrecht2013"}]}
    assert not Reference.objects.exists()


@pytest.mark.parametrize("item", ["Smith J. Zinc. 2020.", 5, {"title": ""}, {"id": "x", "title": " "}])
def test_an_unreadable_item_is_kept_and_exported_as_it_is(item):
    snapshot = part.load({"references": [item, SIEBRECHT]})

    assert [entry.get("id") for entry in snapshot["references"]] == [None, "siebrecht2013"]
    assert part.export(snapshot)["references"][0] == item
    assert part.load(snapshot) == snapshot


def test_dates_of_yaml_are_understood():
    part.load({"references": [{**SIEBRECHT, "issued": datetime.date(2013, 5, 1)}]})

    assert Reference.objects.get().csl["issued"] == {"date-parts": [[2013, 5, 1]]}


@pytest.mark.parametrize("front_matter", [{}, {"title": "Zinc"}])
def test_an_article_without_references_gets_no_key(front_matter):
    assert part.load(front_matter) == {}
    assert part.export(front_matter) == {}


def test_a_deleted_work_leaves_its_key():
    snapshot = part.load({"references": [SIEBRECHT]})
    Reference.objects.all().delete()

    [item] = part.export(snapshot)["references"]

    assert item == {"id": "siebrecht2013", "custom": {"insight": "Well absorbed.", "citation_count": 5}}


def test_export_shows_what_an_editor_corrected():
    snapshot = part.load({"references": [SIEBRECHT]})
    reference = Reference.objects.get()
    reference.csl = {**reference.csl, "title": "Corrected"}
    library.store(reference)

    assert part.export(snapshot)["references"][0]["title"] == "Corrected"


@pytest.mark.parametrize("count", [1, 20])
def test_export_takes_one_query(count, django_assert_num_queries):
    items = [{**SIEBRECHT, "id": f"x{n}", "DOI": f"10.1234/{n}", "custom": {}} for n in range(count)]
    snapshot = part.load({"references": items})

    with django_assert_num_queries(1):  # references
        part.export(snapshot)


words = st.text("abcdefghijklmnopqrstuvwxyz <>&é", min_size=1, max_size=12).map(str.strip).filter(bool)
item = st.fixed_dictionaries(
    {"title": words},
    optional={
        "volume": words,
        "author": st.lists(
            st.fixed_dictionaries({"family": words}, optional={"given": words}), min_size=1, max_size=2
        ),
        "keyword": words,
        "custom": st.fixed_dictionaries({"insight": words}),
        "issued": st.integers(1900, 2100).map(lambda year: {"date-parts": [[year]]}),
    },
)


@settings(patient, max_examples=25)
@given(st.lists(item, max_size=4))
def test_loading_an_export_is_stable_for_any_items(items):
    items = [{**item, "id": f"key{n}"} for n, item in enumerate(items)]
    Reference.objects.all().delete()

    snapshot = part.load({"references": items, "slug": "zinc"})
    exported = part.export(snapshot)

    assert part.load({**exported, "slug": "zinc"}) == snapshot
    assert part.export(snapshot) == exported
    assert [entry["id"] for entry in exported["references"]] == [item["id"] for item in items]


@pytest.mark.django_db
@pytest.mark.parametrize("style", ["apa", "mla", ["odd"]])
def test_the_style_of_an_article_passes_both_ways(style):
    assert part.PART.load({"citation_style": style}) == {"citation_style": style}
    assert part.PART.export({"citation_style": style, "references": []}) == {
        "references": [],
        "citation_style": style,
    }
    assert part.PART.load({"title": "Zinc"}) == {}
