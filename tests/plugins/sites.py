"""A whole site in processes of its own: a database, a media folder, and whatever plugins are installed beside it."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.support.commands import environ
from tests.support.environment import wants_postgres
from tests.support.fixtures import ROOT

TIMEOUT_SECONDS = 300
JOURNEY = "import django; django.setup(); from tests.plugins.journey import main; main()"


@dataclass(frozen=True)
class Site:
    """`plugins` are folders with installed packages, `settings` environment variables."""

    folder: Path
    database: str
    plugins: tuple[Path, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()

    def using(self, **settings):
        return replace(self, settings=tuple({**dict(self.settings), **settings}.items()))

    def run(self, *arguments):
        variables = {
            "DEBUG": "true",
            "ALLOWED_HOSTS": "testserver",
            "DATABASE_URL": self.database,
            "MEDIA_ROOT": str(self.folder / "media"),
            "DJANGO_SETTINGS_MODULE": "cms.settings",
            "LOG_LEVEL": "CRITICAL",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *map(str, self.plugins)]),
            **dict(self.settings),
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environ(**variables),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )

    def manage(self, *arguments):
        return self.run("manage.py", *arguments)

    def travel(self, *steps):
        """Run steps of tests/plugins/journey.py in one process and return what each of them answered."""
        result = self.run("-c", JOURNEY, str(self.folder), *steps)
        assert result.returncode == 0, result.stderr[-3000:]
        return json.loads(result.stdout.splitlines()[-1])


def new_site(folder, **options):
    """Return a site with an empty database."""
    folder.mkdir(parents=True, exist_ok=True)
    return Site(folder, _create(folder), **options)


def copy_of(site, folder):
    """Return a site with a copy of the other one's database."""
    folder.mkdir(parents=True, exist_ok=True)
    return replace(site, folder=folder, database=_create(folder, template=site))


def _create(folder, template=None):
    if wants_postgres():
        return _create_on_server(folder, template)
    path = folder / "db.sqlite3"
    if template:
        shutil.copyfile(template.folder / "db.sqlite3", path)
    return f"sqlite:///{path}"


def _create_on_server(folder, template):
    import psycopg

    server = os.environ["DATABASE_URL"]
    name = f"site_{os.getpid()}_{abs(hash(str(folder)))}"
    source = urlsplit(template.database).path.lstrip("/") if template else "template0"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
