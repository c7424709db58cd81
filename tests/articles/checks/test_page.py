"""The page of checks in the documents is what the registry says."""

from io import StringIO

import pytest
from django.core.management import call_command

from cms import plugins
from tests.support.fixtures import ROOT


def said(*options):
    out = StringIO()
    call_command("checks", *options, stdout=out)
    return out.getvalue()


def test_the_page_is_the_one_that_the_command_writes():
    assert (ROOT / "docs" / "checks.md").read_text() == said("--markdown")


def test_every_check_says_what_it_looks_for_and_why():
    silent = [check.id for check in plugins.registry().checks.values() if not (check.about and check.why)]

    assert silent == []


@pytest.mark.parametrize("words", ["CLM01", "DOS01", "TRU03"])
def test_the_list_names_every_check(words):
    assert words in said()
