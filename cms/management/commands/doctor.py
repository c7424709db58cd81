from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from cms.doctor import problems


class Command(BaseCommand):
    help = "Look for what is wrong with this installation and say what to do. Ends with 1 if something is serious."
    requires_system_checks: list[str] = []  # it tells their findings itself

    def handle(self, *args: Any, **options: Any) -> None:
        found = sorted(problems(), key=lambda problem: not problem.is_serious)
        for problem in found:
            style = self.style.ERROR if problem.is_serious else self.style.WARNING
            self.stdout.write(style(problem.what))
            if problem.do:
                self.stdout.write(f"  {problem.do}")
        if not found:
            self.stdout.write("Nothing is wrong.")
        if any(problem.is_serious for problem in found):
            sys.exit(1)
