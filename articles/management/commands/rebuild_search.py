from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.search.index import rebuild


class Command(BaseCommand):
    help = "Write the search index of every live and scheduled article anew."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild()
        self.stdout.write(f"Search knows {count} edition{'' if count == 1 else 's'}.")
