"""Which article may cite a work in spite of its status, in and out of a folder: `acknowledgements.yaml`."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from articles.deciding import article_of, log_import, moment, named, read, write
from articles.models import AuditEvent
from articles.recompile import dependency_changed
from cms.contracts import Portable
from references.acknowledging import CHECK
from references.models import Acknowledgement, EditorialStatus, Reference

FILE = "acknowledgements.yaml"
NAME = "acknowledgements"


def dump(folder: Path) -> None:
    given = Acknowledgement.objects.select_related("article", "reference").order_by("created_at", "pk")
    rows = [
        {
            **named(one.article),
            "work": one.reference.citekey,
            "status": one.status,
            "reason": one.reason,
            "by": one.by_name,
            "at": one.created_at.isoformat(),
        }
        for one in given
    ]
    write(folder / FILE, {NAME: rows})


@transaction.atomic
def load(folder: Path) -> None:
    """Add what this site does not have; what it has been told itself stays. Raises ValueError."""
    for row in read(folder / FILE).get(NAME, ()):
        article = article_of(row)
        work = Reference.objects.of_keys([str(row["work"])]).first()
        if article is None or work is None:
            continue
        status, reason, by = EditorialStatus(row["status"]), str(row["reason"]), str(row.get("by", ""))
        given, is_new = Acknowledgement.objects.get_or_create(
            reference=work, article=article, status=status, defaults={"reason": reason, "by_name": by}
        )
        if not is_new:
            continue
        Acknowledgement.objects.filter(pk=given.pk).update(created_at=moment(row["at"]))
        about = {"check": CHECK, "about": f"@{work.citekey}, {status.label.lower()}"}
        log_import(AuditEvent.Kind.FINDING_PASSED, article, by, reason, about)
        dependency_changed(work.dependency_key)


PORTABLE = Portable("acknowledgements", dump, load, names_articles=True)
