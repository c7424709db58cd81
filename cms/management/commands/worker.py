from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.work.worker import Worker


class Command(BaseCommand):
    help = "Run background tasks and the plugins' schedules until stopped. Run one or more beside the web server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--batch",
            "--once",
            action="store_true",
            help="Run what is due now, then end (for cron and tests).",
        )
        parser.add_argument(
            "--interval", type=float, default=1.0, help="Seconds between two looks at the queue."
        )
        parser.add_argument(
            "--tick", type=float, default=60.0, help="Seconds between two looks at the schedules."
        )
        parser.add_argument(
            "--heartbeat", type=float, default=20.0, help="Seconds between two signs of life."
        )

    def handle(self, *, batch: bool, interval: float, tick: float, heartbeat: float, **options: Any) -> None:
        worker = Worker(batch=batch, interval=interval, tick_seconds=tick, heartbeat_seconds=heartbeat)
        worker.configure_signals()
        worker.run_until_stopped()
