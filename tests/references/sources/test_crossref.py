"""Crossref's answers: who is the notice, who is the work."""

import json
from datetime import date

import pytest

from references import library
from references.models.states import EditorialStatus as Status
from references.sources import crossref
from tests.references.sources import payloads

DOI = "10.1093/ajcn/68.2.447s"


def read(**changes):
    return crossref.read(json.loads(payloads.crossref(**changes)))


def statuses(record):
    return [notice.status for notice in record.notices if not notice.is_hint]


def test_a_work_becomes_an_item_of_the_library():
    incoming = library.read(read().item)

    assert incoming.key == "shankar1998"
    assert incoming.item["title"].startswith("Zinc and immune function: the biological")
    assert incoming.item["author"][0] == {"family": "Shankar", "given": "AH", "ORCID": "x"}
    assert incoming.item["container-title-short"] == "Am J Clin Nutr"
    assert (incoming.item["DOI"], incoming.item["ISSN"]) == (DOI, "0002-9165")
    assert {"indexed", "reference", "subtitle"}.isdisjoint(incoming.item)


def test_the_count_belongs_to_the_record():
    assert read().cited_by == 1992


@pytest.mark.parametrize("value", [{}, {"is-referenced-by-count": None}])
def test_no_count_is_not_nought(value):
    work = json.loads(payloads.crossref())["message"]
    del work["is-referenced-by-count"]

    assert crossref.read(work | value).cited_by is None


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("retraction", Status.RETRACTED),
        ("partial_retraction", Status.RETRACTED),
        ("Retraction", Status.RETRACTED),
        ("withdrawal", Status.WITHDRAWN),
        ("removal", Status.WITHDRAWN),
        ("expression_of_concern", Status.CONCERN),
        ("expression-of-concern", Status.CONCERN),
        ("correction", Status.CORRECTED),
        ("erratum", Status.CORRECTED),
    ],
)
def test_updated_by_says_what_happened_to_the_work(kind, status):
    record = read(**{"updated-by": [payloads.update(kind, "10.1016/S0140-6736(10)60175-4")]})

    [notice] = record.notices
    assert (notice.status, notice.doi, notice.on) == (
        status,
        "10.1016/s0140-6736(10)60175-4",
        date(2010, 2, 6),
    )


@pytest.mark.parametrize("kind", ["new_version", "new_edition", "something_new"])
def test_a_new_version_is_no_fault(kind):
    assert read(**{"updated-by": [payloads.update(kind, "10.1/new")]}).notices == ()


def test_update_to_makes_the_record_a_notice():
    record = read(**{"update-to": [payloads.update("retraction", "10.1016/s0140-6736(97)11096-0")]})

    assert statuses(record) == [Status.NOTICE]
    assert record.notices[0].label == "Retraction of 10.1016/s0140-6736(97)11096-0"


def test_a_record_that_updates_itself_is_no_notice():
    itself = [payloads.update("correction", DOI.upper())]

    assert read(**{"update-to": itself}).notices == ()
    assert read(**{"updated-by": itself}).notices == ()


@pytest.mark.parametrize(
    "title", ["RETRACTED: On zinc", "Retracted: On zinc", "WITHDRAWN: On zinc", "[Retracted] - On zinc"]
)
def test_a_title_alone_is_only_a_hint_and_stays_as_it_is(title):
    record = read(title=[title])

    [notice] = record.notices
    assert notice.is_hint
    assert record.item["title"] == title


def test_a_flagged_work_has_its_own_title_back():
    record = read(title=["RETRACTED: On zinc"], **{"updated-by": [payloads.update("retraction", "10.1/r")]})

    assert record.item["title"] == "On zinc"
    assert statuses(record) == [Status.RETRACTED]


@pytest.mark.parametrize(
    "title", ["Retraction of the jet stream", "Gingival retraction: a review", "Retracted teeth in cats"]
)
def test_the_word_in_a_title_says_nothing(title):
    assert read(title=[title]).notices == ()


def test_a_subtitle_belongs_to_the_title_once():
    assert read(title=["Zinc"], subtitle=["A review"]).item["title"] == "Zinc: A review"
    assert read(title=["Zinc: a review"], subtitle=["A review"]).item["title"] == "Zinc: a review"


def test_an_article_number_stands_for_pages():
    assert read(page=None, **{"article-number": "74"}).item["page"] == "74"


@pytest.mark.parametrize(
    "updated", [None, {}, {"date-parts": [[]]}, {"date-parts": [[2010, 13, 1]]}, {"date-parts": [[None]]}]
)
def test_a_notice_without_a_date_is_a_notice(updated):
    update = payloads.update("retraction", "10.1/r") | {"updated": updated}

    [notice] = read(**{"updated-by": [update]}).notices

    assert (notice.status, notice.on) == (Status.RETRACTED, None)


def test_a_year_is_a_date():
    [notice] = read(**{"updated-by": [payloads.update("retraction", "10.1/r", on=(2010,))]}).notices

    assert notice.on == date(2010, 1, 1)


def test_what_has_no_doi_is_no_work():
    with pytest.raises(ValueError, match="is not a DOI"):
        crossref.read({"status": "ok", "message": {"title": ["x"]}})


def test_a_slash_of_the_doi_is_no_slash_of_the_path():
    assert crossref.path("10.1016/s0140-6736(10)60175-4") == "/works/10.1016%2Fs0140-6736%2810%2960175-4"
