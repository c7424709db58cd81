from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from affiliates.health.digest import report_new
from affiliates.health.run import Summary, check_due
from affiliates.health.tasks import OFF
from affiliates.models import AffiliateLink, CheckRun, LinkCheck


class Command(BaseCommand):
    help = "Ask where affiliate links really lead. Without options: those that are due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="every live link, due or not")
        parser.add_argument("--link", default="", metavar="SLUG", help="this link only")
        parser.add_argument("--json", action="store_true", help="one list of objects on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LINK_CHECKS:
            raise CommandError(OFF)
        slug = options["link"]
        if slug and not AffiliateLink.objects.filter(slug=slug).exists():
            raise CommandError(f"There is no link named {slug}.")
        summary = self.ask(everything=options["all"], slug=slug)
        if summary.run is None:
            raise CommandError("Another check is going on. Wait until it has ended.")
        report_new()
        if options["json"]:
            self.stdout.write(json.dumps([as_data(check) for check in summary.checks], indent=2))
        else:
            self.stdout.write(in_words(summary.checks))

    def ask(self, *, everything: bool, slug: str) -> Summary:
        """Ask until everything asked for is done: somebody is waiting for it."""
        return check_due(everything=everything, slug=slug, cap=None, most_seconds=None, tell=self.tell)

    def tell(self, run: CheckRun, check: LinkCheck) -> None:
        line = f"{run.done_count}/{run.total_count} aff:{check.target.link.slug}: {check.get_state_display()}"
        self.stderr.write(f"{line}. {check.detail}".strip())


def as_data(check: LinkCheck) -> dict[str, Any]:
    return {
        "link": check.target.link.slug,
        "state": check.state,
        "detail": check.detail,
        "http_status": check.http_status,
        "hosts": check.hosts,
        "has_tag": check.has_tag,
        "asked_shop": check.asked_shop,
        "next_check_at": check.next_check_at.isoformat() if check.next_check_at else None,
    }


def in_words(checks: list[LinkCheck]) -> str:
    if not checks:
        return "No link was due."
    states = Counter(check.get_state_display() for check in checks)
    counted = ", ".join(f"{state} {count}" for state, count in states.most_common())
    return f"{len(checks)} checked: {counted}."
