"""`manage.py verify_references`."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.references.factories import ReferenceFactory
from tests.references.sources import payloads
from tests.references.sources.fixtures import point_at
from tests.support.http import Reply, local_site

__all__ = ["local_site"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def sources(settings, local_site):
    cache.clear()
    point_at(settings, local_site)
    for number in (1, 2):
        doi = f"10.1234/{number}"
        updated = {"updated-by": [payloads.update("retraction", "10.1234/notice")]} if number == 2 else {}
        body = payloads.crossref(doi, title=[f"On zinc in cats, part {number}"], **updated)
        local_site[f"/crossref/works/10.1234%2F{number}"] = Reply(body=body)
    return local_site


def make(number, **changes):
    title = changes.pop("title", f"On zinc in cats, part {number}")
    item = {"DOI": f"10.1234/{number}", "title": title}
    return ReferenceFactory(citekey=f"cats{number}", csl=item, **changes)


def run(*args):
    out = StringIO()
    call_command("verify_references", *args, stdout=out)
    return out.getvalue()


def test_it_says_what_it_found(sources):
    make(1, title="On iron in the diet of dogs")
    make(2)

    lines = run().splitlines()

    assert lines == [
        "cats1: another work; on record: On zinc in cats, part 1.",
        "cats2: matched; RETRACTED.",
        "2 checked: another work 1, matched 1.",
    ]


def test_only_what_is_due_unless_all_are_asked_for(sources):
    now = timezone.now()
    make(1, verified_at=now, next_check_at=now + timedelta(days=1))

    assert run() == "No reference was due.\n"
    assert run("--all").endswith("1 checked: matched 1.\n")


def test_programs_get_a_list(sources):
    make(2)

    [row] = json.loads(run("--json"))

    assert (row["citekey"], row["state"], row["editorial_status"], row["is_newly_flagged"]) == (
        "cats2", "matched", "retracted", True,
    )  # fmt: skip


def test_single_works_can_be_named(sources):
    make(1)
    make(2)

    assert run("cats1").endswith("1 checked: matched 1.\n")
    with pytest.raises(CommandError, match="There is no reference nokey"):
        run("nokey")


def test_it_goes_on_where_the_worker_gives_up(sources, settings, monkeypatch):
    monkeypatch.setattr("references.sources.lookup.RETRIES", 0)
    for number in (3, 4, 5):
        make(number)
        sources[f"/crossref/works/10.1234%2F{number}"] = Reply(503)

    assert run().endswith("3 checked: no answer yet 3.\n")


def test_a_site_that_asks_nobody_is_told(settings):
    settings.REFERENCE_LOOKUPS = False

    with pytest.raises(CommandError, match="switched off"):
        run()
