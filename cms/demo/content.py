"""The sample site: people, topics, pictures, links and articles, loaded through the same ways as a real import."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils.module_loading import import_string

from cms import plugins

FOLDER = Path(__file__).resolve().parent
LEDGER = "affiliates.demo.fill.fill"
QUESTIONS = ("REFERENCE_LOOKUPS", "LINK_CHECKS")  # the settings that let it ask others


def load(say: Callable[[str], None], reports: Path) -> None:
    """Load everything; what is there already stays as it is, so an interrupted run is simply run again.

    `reports` is where the files go that the sample earnings are imported from.
    """
    with quiet():
        say("People, topics, pictures and links")
        for portable in plugins.registry().portables.values():
            portable.load(FOLDER)
        say("Articles")
        call_command("import_content", str(FOLDER / "articles"), "--publish", verbosity=0)
        call_command("import_content", str(FOLDER / "drafts"), verbosity=0)
        if apps.is_installed("affiliates"):
            say("Sample clicks, views and earnings: made up for this demonstration, none of them real")
            import_string(LEDGER)(FOLDER / "ledger.yaml", reports)
        say("Recommendations and the rest of the queue")
        call_command("worker", "--batch", verbosity=0)


@contextmanager
def quiet() -> Iterator[None]:
    """Say nothing of each of a hundred tasks, and ask nobody about references and links unless the owner wants that."""
    asks = {name: getattr(settings, name) for name in QUESTIONS}
    logging.disable(logging.INFO)
    for name, wanted in asks.items():
        setattr(settings, name, wanted and name in os.environ)
    try:
        yield
    finally:
        for name, wanted in asks.items():
            setattr(settings, name, wanted)
        logging.disable(logging.NOTSET)
