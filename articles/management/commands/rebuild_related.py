from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.related.engine import rebuild


class Command(BaseCommand):
    help = 'Recompute "You may also like" for every live article.'

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild()
        self.stdout.write(f"Recommendations of {count} article{'' if count == 1 else 's'} are up to date.")
