from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from references.models import Reference
from references.models.states import EditorialStatus, VerificationState
from references.verification.service import Outcome
from references.verification.tasks import verify_each

State = VerificationState
WRONG = {State.MISMATCH, State.NOT_FOUND}


class Command(BaseCommand):
    help = (
        "Ask Crossref, PubMed and the others whether references are what they say, and whether they were retracted."
        " Without options: those that are due. References themselves are never changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keys", nargs="*", metavar="KEY", help="these references only")
        parser.add_argument("--all", action="store_true", help="every reference, due or not")
        parser.add_argument("--json", action="store_true", help="one list of objects on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REFERENCE_LOOKUPS:
            raise CommandError("Look-ups are switched off: REFERENCE_LOOKUPS is false.")
        chosen = self._chosen(options["keys"], everything=options["all"])
        outcomes = []
        ids = list(chosen.values_list("pk", flat=True))
        works = (Reference.objects.get(pk=pk) for pk in ids)
        for outcome in verify_each(works, gives_up=False):
            outcomes.append(outcome)
            if not options["json"]:
                self.stdout.write(in_words(outcome))
        if options["json"]:
            self.stdout.write(
                json.dumps([as_data(outcome) for outcome in outcomes], indent=2, ensure_ascii=False)
            )
            return
        states = Counter(State(outcome.state).label for outcome in outcomes)
        counted = ", ".join(f"{label.lower()} {count}" for label, count in states.most_common())
        self.stdout.write(f"{len(outcomes)} checked: {counted}." if outcomes else "No reference was due.")

    def _chosen(self, keys: list[str], *, everything: bool) -> Any:
        references = Reference.objects.all()
        if not keys:
            return references.order_by("pk") if everything else references.due(timezone.now())
        found = references.filter(citekey__in=keys)
        missing = set(keys) - set(found.values_list("citekey", flat=True))
        if missing:
            raise CommandError(f"There is no reference {', '.join(sorted(missing))}.")
        return found


def in_words(outcome: Outcome) -> str:
    reference = outcome.reference
    line = f"{reference.citekey}: {State(outcome.state).label.lower()}"
    if outcome.state in {*WRONG, State.TRUNCATED, State.RESOLVED} and reference.title_on_record:
        line += f"; on record: {reference.title_on_record}"
    if outcome.status != EditorialStatus.CURRENT:
        line += f"; {EditorialStatus(outcome.status).label.upper()}"
    return f"{line}. {outcome.why}".strip() if outcome.why else f"{line}."


def as_data(outcome: Outcome) -> dict[str, Any]:
    reference = outcome.reference
    return {
        "citekey": reference.citekey,
        "state": str(outcome.state),
        "editorial_status": str(outcome.status),
        "is_newly_flagged": outcome.is_newly_flagged,
        "title": reference.title,
        "title_on_record": reference.title_on_record,
        "doubt": reference.doubt,
        "why": outcome.why,
    }
