from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.demo import content, login, processes


class Command(BaseCommand):
    help = (
        "Load the sample site and serve it on this machine, with a worker beside it. Run it again to resume."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="The port to try first.")
        parser.add_argument("--no-serve", action="store_true", help="Load the sample content and stop.")

    def handle(self, *, port: int, no_serve: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo is for a developer's machine: start it with DEBUG=true, or use make demo."
            )
        self.say("Database")
        call_command("migrate", verbosity=0)
        if login.exists():
            self.say("The sample site is there already; resuming")
        else:
            content.load(self.say, self.reports)
        password = login.ensure(settings.VAR_DIR / "demo-login.txt")
        if no_serve:
            self.announce("", password)
            return
        self.serve(port, password)

    def serve(self, wanted: int, password: str) -> None:
        try:
            port = processes.free_port(wanted)
        except OSError as error:
            raise CommandError(str(error)) from error
        if port != wanted:
            self.say(f"Port {wanted} is in use, taking {port}")
        address = f"http://{processes.HOST}:{port}"
        # Warnings only: the worker's news of every task would push the login out of sight. And a sample site asks
        # nobody about its references and links unless its owner wants that.
        # X-Country plays the proxy that names a reader's country, for links that lead elsewhere from there.
        quiet = {"LOG_LEVEL": "WARNING", "REFERENCE_LOOKUPS": "false", "LINK_CHECKS": "false"}
        quiet |= {"COUNTRY_HEADER": "X-Country", "TRUSTED_PROXY_COUNT": "1"}
        site = processes.Site(port, {**quiet, **os.environ, "SITE_URL": address})
        self.say("Server and worker")
        try:
            site.start()
        except processes.NotStarted as error:
            raise CommandError(str(error)) from error
        self.announce(address, password)
        if site.wait():
            raise CommandError("The server or the worker ended by itself; the lines above say why.")
        self.stdout.write("Stopped.")

    def announce(self, address: str, password: str) -> None:
        self.stdout.write("")
        if address:
            self.stdout.write(f"  Site    {address}/")
            self.stdout.write(f"  Admin   {address}/admin/")
        self.stdout.write(f"  Login   {login.USERNAME}")
        self.stdout.write(f"  Password  {password}")
        if self.reports.is_dir():
            self.stdout.write(
                "\n  Clicks, views and earnings are sample data: nobody clicked, nobody was paid. To try an import,\n"
                f"  take {self.reports / 'awin-to-try.csv'}"
            )
        if address:
            self.stdout.write("\n  Ctrl-C stops it; run it again to resume.")
        self.stdout.flush()

    @property
    def reports(self) -> Path:
        return Path(settings.VAR_DIR) / "sample-reports"

    def say(self, text: str) -> None:
        self.stdout.write(f"· {text}")
        self.stdout.flush()
