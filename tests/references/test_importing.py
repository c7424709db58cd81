"""What becomes of a bibliography's entries: seen before it happens, and nothing lost or doubled."""

import json

import pytest

from references import importing
from references.models import Reference, SourceRecord
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


def bib(key="zinc2020", title="Zinc in bread", **fields):
    said = "".join(f", {name} = {{{value}}}" for name, value in fields.items())
    return f"@article{{{key}, title = {{{title}}}, author = {{Smith, Ana}}, year = 2020{said}}}\n"


def plan(*entries):
    return importing.make_plan("".join(entries).encode())


def actions(found):
    return [(row.line, row.action) for row in found.rows]


def test_a_new_work_is_named_and_made():
    found = plan(bib(doi="10.1234/zinc"))
    assert (actions(found), found.rows[0].who) == ([(1, "create")], "Smith, 2020")
    assert not Reference.objects.exists()

    done = importing.apply(found, name="library.bib")

    work = Reference.objects.get()
    assert (work.citekey, work.doi, work.title) == ("zinc2020", "10.1234/zinc", "Zinc in bread")
    assert done["create"] == 1
    record = SourceRecord.objects.get()
    assert (record.source, record.source_id) == ("bibtex", "library.bib")


def test_a_known_work_is_only_completed():
    work = ReferenceFactory(
        citekey="mine", csl={"type": "article-journal", "title": "My title", "DOI": "10.1234/zinc"}
    )

    found = plan(bib(doi="10.1234/ZINC", pages="1--3", journal="Zinc"))
    importing.apply(found)

    assert found.rows[0].action == "fill"
    assert found.rows[0].known == work
    assert set(found.rows[0].fills) == {"authors", "date", "pages", "journal or book"}
    work.refresh_from_db()
    assert (work.citekey, work.title, work.csl["page"], work.year) == ("mine", "My title", "1-3", 2020)


def test_what_an_editor_emptied_stays_empty():
    csl = {"type": "book", "title": "Zinc in bread", "DOI": "10.1234/zinc", "author": [{"family": "Smith"}]}
    work = ReferenceFactory(csl=csl, locked_fields=["page"])

    found = plan(bib(doi="10.1234/zinc", pages="1--3"))
    importing.apply(found)

    assert "pages" not in found.rows[0].fills
    work.refresh_from_db()
    assert "page" not in work.csl


@pytest.mark.parametrize(
    ("known", "said", "status"), [("current", "retracted", "retracted"), ("concern", "current", "concern")]
)
def test_a_file_may_raise_the_status_of_a_known_work_and_never_lower_it(known, said, status):
    work = ReferenceFactory(csl={"title": "Zinc", "DOI": "10.1234/z"}, editorial_status=known)
    text = json.dumps(
        [{"title": "Zinc", "DOI": "10.1234/z", "page": "3", "custom": {"editorial_status": said}}]
    )

    found = importing.make_plan(text.encode())
    importing.apply(found)

    work.refresh_from_db()
    assert work.editorial_status == status
    assert ("status" in found.rows[0].fills) == (known != status)


def test_the_same_file_twice_changes_nothing():
    importing.apply(plan(bib(doi="10.1234/zinc")))
    version = Reference.objects.get().version

    again = plan(bib(doi="10.1234/zinc"))
    importing.apply(again)

    assert actions(again) == [(1, "keep")]
    assert not again.does_something
    assert Reference.objects.get().version == version


def test_the_same_work_twice_in_a_file_is_named_and_taken_once():
    found = plan(
        bib("a", doi="10.1234/zinc"), bib("b", doi="10.1234/zinc"), bib("c", "Iron"), bib("d", "Iron")
    )

    importing.apply(found)

    assert actions(found) == [(1, "create"), (2, "twin"), (3, "create"), (4, "twin")]
    assert [row.twin for row in found.rows] == [0, 1, 0, 3]
    assert Reference.objects.count() == 2


def test_works_of_the_same_key_but_another_title_are_two():
    ReferenceFactory(
        citekey="zinc2020", csl={"type": "book", "title": "Something else entirely", "DOI": "10.1/other"}
    )

    importing.apply(plan(bib(doi="10.1234/zinc")))

    assert set(Reference.objects.values_list("citekey", flat=True)) == {"zinc2020", "zinc2020b"}


def test_bad_entries_stand_in_their_place_and_the_others_go_in():
    found = plan("@book{x, title={X\n", bib(), "@misc{nothing, note={only}}\n")

    importing.apply(found)

    assert actions(found) == [(1, "error"), (2, "create"), (3, "error")]
    assert "cannot be read" in found.rows[0].problem
    assert "needs a title" in found.rows[2].problem
    assert Reference.objects.count() == 1


def test_what_was_added_since_is_not_doubled():
    found = plan(bib(doi="10.1234/zinc"))
    ReferenceFactory(
        citekey="meanwhile", csl={"type": "book", "title": "Zinc in bread", "DOI": "10.1234/zinc"}
    )

    done = importing.apply(found)

    assert Reference.objects.count() == 1
    assert (done["create"], done["fill"]) == (0, 1)


def test_the_study_type_and_status_of_a_source_come_along():
    nbib = b"PMID- 1\nTI  - Zinc\nPT  - Randomized Controlled Trial\nRIN - Lancet 2020\n"

    importing.apply(importing.make_plan(nbib))

    work = Reference.objects.get()
    assert (work.study_type, work.editorial_status) == ("rct", "retracted")


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(importing, "MOST_ENTRIES", 1)

    with pytest.raises(ValueError, match="2 entries; 1 are allowed"):
        plan(bib("a"), bib("b", "Iron"))


@pytest.mark.parametrize("count", [1, 30])
def test_a_plan_takes_two_queries_for_any_number(count, django_assert_num_queries):
    text = "".join(bib(f"k{place}", f"Work {place}", doi=f"10.1234/{place}") for place in range(count))

    with django_assert_num_queries(2 if Reference.objects.exists() else 1):  # works; their aliases
        importing.make_plan(text.encode())


@pytest.mark.parametrize("kind", ["bibtex", "ris", "csl-json"])
def test_what_is_exported_comes_back_as_the_same_works(kind):
    works = ReferenceFactory.create_batch(3)

    found = importing.make_plan(importing.export(works, kind).encode())

    assert [row.known for row in found.rows] == works
    assert {row.action for row in found.rows} <= {"keep", "fill"}


def test_json_keeps_the_status(client):
    text = json.dumps([{"title": "Zinc", "DOI": "10.1234/z", "custom": {"editorial_status": "concern"}}])

    importing.apply(importing.make_plan(text.encode()))

    assert Reference.objects.get().editorial_status == "concern"
