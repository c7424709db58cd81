"""Once a day PubMed is asked about all works at once, so that a retraction does not wait for their turn."""

from __future__ import annotations

from collections.abc import Iterator

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.tasks import task
from references.models import Reference
from references.sources import client, summaries
from references.sources.records import Record
from references.verification import service

log = structlog.get_logger("chelate.references")


@task(idempotent=True)
def sweep_retractions() -> int:
    """Note what PubMed has to say against works of the library and return how many have a new status."""
    if not settings.REFERENCE_LOOKUPS:
        return 0
    works = dict(Reference.objects.exclude(pmid="").order_by("pk").values_list("pmid", "pk"))
    flagged = 0
    for record in _summaries(list(works)):
        if record.notices and record.source_id in works:
            flagged += hear(works[record.source_id], record)
    return flagged


def hear(reference_id: int, record: Record) -> bool:
    """Write down what a record says against a work, if it is new. Return whether its status has changed."""
    with transaction.atomic():
        reference = Reference.objects.select_for_update(of=("self",)).filter(pk=reference_id).first()
        if reference is None or not service.news(reference, [record]):
            return False
        before = reference.editorial_status
        evidence = {id(record): service.keep(reference, record)}
        service.note_editorial(reference, [record], evidence, reference.next_check_at or timezone.now())
        return reference.editorial_status != before


def _summaries(numbers: list[str]) -> Iterator[Record]:
    for start in range(0, len(numbers), summaries.MOST):
        batch = ",".join(numbers[start : start + summaries.MOST])
        answer = client.ask(
            "pubmed", "/esummary.fcgi", {"db": "pubmed", "id": batch, "retmode": "json"}, fresh=True
        )
        if answer.state != "answered":
            log.info("sweep_ended", reason=answer.why)
            return
        try:
            yield from summaries.read(answer.json())
        except (ValueError, TypeError, AttributeError) as error:
            log.info("sweep_ended", reason=str(error))
            return
