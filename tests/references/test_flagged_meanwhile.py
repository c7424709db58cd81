"""A check flags a work in the seconds in which something else writes it: the flag stays, whoever writes last."""

import threading

import pytest
from django.db import connections, transaction

from references import importing, library
from references.models import EditorialStatus as Status
from references.models import Reference
from references.verification import editorial
from tests.references.factories import ReferenceFactory

DOI = "10.1234/zinc"
BIB = f"@article{{zinc2020, title = {{Zinc in bread}}, doi = {{{DOI}}}, pages = {{1--3}}}}".encode()
ITEM = {"id": "zinc2020", "title": "Zinc in bread", "DOI": DOI, "page": "1-3"}


def flag(pk):
    """What a check does, on a connection of its own."""
    try:
        with transaction.atomic():
            work = Reference.objects.select_for_update(of=("self",)).get(pk=pk)
            work.editorial_status = Status.RETRACTED
            work.csl = {**work.csl, "volume": "60"}
            library.store(work, reason="Check")
    finally:
        connections.close_all()


@pytest.fixture
def work(transactional_db):
    return ReferenceFactory(csl={"type": "article-journal", "title": "Zinc in bread", "DOI": DOI})


@pytest.fixture
def check(work, monkeypatch):
    """A check that tries to flag the work after an import has read it and before it writes."""
    running = threading.Thread(target=flag, args=[work.pk])
    store = library.store

    def late(reference, **said):
        if threading.current_thread() is threading.main_thread():
            running.start()
            running.join(0.5)  # it is done, or it waits for the import
        return store(reference, **said)

    monkeypatch.setattr(library, "store", late)
    return running


def test_importing_a_bibliography_keeps_the_flag(work, check):
    importing.apply(importing.make_plan(BIB))

    check.join(20)
    work = Reference.objects.get()
    said = work.editorial_status, work.csl["page"], work.csl["volume"]
    assert said == (Status.RETRACTED, "1-3", "60")


def test_importing_an_article_keeps_the_flag(work, check):
    library.upsert([library.read(ITEM)])

    check.join(20)
    work = Reference.objects.get()
    said = work.editorial_status, work.csl["page"], work.csl["volume"]
    assert said == (Status.RETRACTED, "1-3", "60")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("read", "now", "wanted", "after"),
    [
        ("current", "retracted", "current", "retracted"),
        ("current", "retracted", "corrected", "retracted"),
        ("current", "corrected", "retracted", "retracted"),
        ("retracted", "current", "retracted", "current"),
        ("retracted", "retracted", "current", "current"),
        ("current", "current", "concern", "concern"),
    ],
)
def test_a_copy_that_is_stale_does_not_take_a_flag_back(read, now, wanted, after):
    pk = ReferenceFactory(editorial_status=read).pk
    stale = Reference.objects.get(pk=pk)
    Reference.objects.filter(pk=pk).update(editorial_status=now)

    stale.editorial_status, stale.study_type = wanted, "animal"
    library.store(stale)

    stored = Reference.objects.get(pk=pk)
    assert (stored.editorial_status, stored.study_type) == (after, "animal")
    assert stale.editorial_status == after


@pytest.mark.django_db
def test_who_has_read_again_may_take_a_flag_back():
    work = Reference.objects.get(pk=ReferenceFactory().pk)
    Reference.objects.update(editorial_status=Status.RETRACTED)

    work.refresh_from_db()
    work.editorial_status = Status.CURRENT
    library.store(work)

    assert Reference.objects.get().editorial_status == Status.CURRENT


@pytest.mark.django_db
def test_who_has_saved_may_take_back_what_they_saved():
    work = ReferenceFactory(retracted=True)

    work.editorial_status = Status.CURRENT
    library.store(work)

    assert Reference.objects.get().editorial_status == Status.CURRENT


def test_a_status_that_was_never_read_is_the_wanted_one():
    assert editorial.reconciled(read=None, now="retracted", wanted="current") == "current"
