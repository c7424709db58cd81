"""Two records of one work become one, and nothing that cites them breaks."""

import pytest

from articles import publishing
from articles.models import Edition
from references import library
from references.merging import CannotMerge, merge
from references.models import Acknowledgement, Citation, CitekeyAlias, EditorialNotice, Reference
from references.verification.service import Verification
from tests.factories import ArticleFactory, EditionFactory, UserFactory
from tests.references.factories import CitationFactory, ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    kept = ReferenceFactory(citekey="liu2021", csl__DOI="10.1234/x", csl__volume=None)
    dropped = ReferenceFactory(citekey="liu2021b", csl__DOI=None, csl__PMID="34247796", csl__volume="60")
    return kept, dropped


def test_the_kept_one_learns_what_it_did_not_say(pair):
    kept = merge(*pair)

    assert (kept.doi, kept.pmid, kept.csl["volume"]) == ("10.1234/x", "34247796", "60")
    assert Reference.objects.count() == 1


def test_a_number_may_move(pair):
    dropped, kept = pair

    assert merge(kept, dropped).doi == "10.1234/x"


def test_the_former_key_goes_on_to_work_in_texts(pair):
    merge(*pair)

    edition = publishing.publish(ArticleFactory(text="Zinc [@liu2021b] and [@liu2021]."))

    assert [citation.reference.citekey for citation in edition.citations.all()] == ["liu2021", "liu2021"]
    assert edition.html.count("<li id=") == 1


def test_what_is_published_follows(pair, run_tasks, django_capture_on_commit_callbacks):
    kept, dropped = pair
    edition = publishing.publish(ArticleFactory(text="Zinc [@liu2021b]."))

    with django_capture_on_commit_callbacks(execute=True):
        merge(kept, dropped)
    run_tasks()

    live = Edition.objects.live().get(article=edition.article)
    assert "ref-liu2021" in live.html
    assert set(live.dependencies.values_list("key", flat=True)) >= {f"reference:{kept.pk}"}


def test_citations_move_and_go_on_counting(pair):
    kept, dropped = pair
    edition = EditionFactory()
    for reference, position in ((kept, 1), (kept, 2), (dropped, 1), (dropped, 2)):
        CitationFactory(edition=edition, reference=reference, position=position)
    CitationFactory(reference=dropped, position=1)

    merge(kept, dropped)

    positions = (
        Citation.objects.filter(edition=edition).order_by("position").values_list("position", flat=True)
    )
    assert list(positions) == [1, 2, 3, 4]
    assert kept.citations.count() == 5


def test_a_former_key_of_a_former_key_moves_along(pair):
    kept, dropped = pair
    CitekeyAlias.objects.create(alias="liu2021z", reference=dropped)

    merge(kept, dropped)

    assert set(kept.aliases.values_list("alias", flat=True)) == {"liu2021z", "liu2021b"}


def test_the_former_key_is_never_given_again(pair):
    merge(*pair)

    assert library.free_key("liu2021b") == "liu2021bb"


def test_an_import_of_the_former_key_finds_the_work(pair):
    kept = merge(*pair)

    [found] = library.upsert([library.read({"id": "liu2021b", "title": kept.title})])

    assert found == kept


def test_evidence_moves_and_nothing_is_said_twice(pair):
    kept, dropped = pair
    for reference in pair:
        EditorialNotice.objects.create(
            reference=reference, status="concern", source="crossref", label="Concern"
        )
        reference.citation_counts.create(source="crossref", count=reference.pk)
        reference.verifications.create(kind="title", result="matched")
    dropped.citation_counts.create(source="openalex", count=7)

    merge(kept, dropped)

    assert kept.notices.count() == 1
    assert dict(kept.citation_counts.values_list("source", "count")) == {"crossref": kept.pk, "openalex": 7}
    assert Verification.objects.filter(reference=kept).count() == 2


def test_acknowledgements_move(pair):
    kept, dropped = pair
    article = ArticleFactory()
    for reference in pair:
        Acknowledgement.objects.create(
            reference=reference, article=article, status="retracted", reason="Known."
        )

    merge(kept, dropped)

    assert kept.acknowledgements.count() == 1


def test_the_graver_status_wins(pair):
    kept, dropped = pair
    dropped.editorial_status = "retracted"
    library.store(dropped)

    assert merge(kept, dropped).editorial_status == "retracted"


def test_the_history_tells_it(pair):
    user = UserFactory()
    dropped_id = pair[1].pk

    kept = merge(*pair, by=user)

    assert kept.history.first().history_change_reason == "Merged with liu2021b"
    gone = Reference.history.filter(id=dropped_id).first()
    assert (gone.history_type, gone.history_change_reason, gone.history_user) == (
        "-",
        "Merged into liu2021",
        user,
    )


@pytest.mark.parametrize("name", ["DOI", "PMID", "PMCID"])
def test_two_works_are_not_merged(name):
    values = {"DOI": ("10.1234/a", "10.1234/b"), "PMID": ("1", "2"), "PMCID": ("PMC1", "PMC2")}[name]
    one, other = (ReferenceFactory(**{"csl__DOI": None, f"csl__{name}": value}) for value in values)

    with pytest.raises(CannotMerge, match=f"their {name}s differ, {values[0]} and {values[1]}"):
        merge(one, other)
    assert Reference.objects.count() == 2


def test_a_work_is_not_merged_with_itself(pair):
    with pytest.raises(CannotMerge, match="Choose two"):
        merge(pair[0], pair[0])


def test_two_works_that_turned_out_to_differ_meanwhile_stay_two(pair):
    kept, dropped = pair
    other = Reference.objects.get(pk=dropped.pk)
    other.csl = {**other.csl, "DOI": "10.9999/other"}
    library.store(other)

    with pytest.raises(CannotMerge, match="They are two works: their DOIs differ"):
        merge(kept, dropped)

    assert Reference.objects.count() == 2
    assert not CitekeyAlias.objects.exists()


def test_a_work_that_was_merged_meanwhile_is_not_merged_twice(pair):
    merge(*pair)

    with pytest.raises(CannotMerge, match="not in the library any more"):
        merge(*pair)
