import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.articles.intake.conftest import kernel_only

__all__ = ["kernel_only"]


@pytest.fixture
def target(tmp_path):
    return tmp_path / "export"


@pytest.fixture
def export(target):
    """Run the command; returns what it wrote to standard output and standard error."""

    def export(*arguments, folder=target, **options):
        out, err = StringIO(), StringIO()
        call_command("export_content", str(folder), *arguments, stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    return export


@pytest.fixture
def bring(target):
    """Import the exported folder; returns the report, whose numbers are checked by `counted`."""

    def bring(*arguments, folder=target):
        out = StringIO()
        call_command("import_content", str(folder), "--json", *arguments, stdout=out, stderr=StringIO())
        return json.loads(out.getvalue())

    return bring


@pytest.fixture
def another_site():
    """A context in which a site is built; when it ends, the database is empty again."""

    class AnotherSite:
        def __enter__(self):
            self.atomic = transaction.atomic()
            self.atomic.__enter__()

        def __exit__(self, *problem):
            transaction.set_rollback(True)
            self.atomic.__exit__(*problem)

    return AnotherSite()


def counted(report):
    return report["created"], report["updated"], report["unchanged"]
