from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import cdn, purging


class Command(BaseCommand):
    help = "Let the CDN forget pages: all of them, or those that show what the keys name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "keys", nargs="*", metavar="KEY", help="such as article:12 or author:3; none: all"
        )

    def handle(self, *args: Any, keys: list[str], **options: Any) -> None:
        if not settings.CDN_PURGE_URL:
            raise CommandError("Set CDN_PURGE_URL first.")
        if any(not key.isprintable() or set(key) & {" ", ","} for key in keys):
            raise CommandError("A key has no blanks and no commas.")
        purging.purge(*(keys or [cdn.SITE]))
        purging.send()
        if failure := purging.last_failure():
            raise CommandError(f"{failure} The worker tries again every minute.")
        self.stdout.write("The CDN has been told.")
