"""The sample site: people, topics, pictures, links and articles, loaded through the same ways as a real import."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command

from cms import plugins

FOLDER = Path(__file__).resolve().parent


def load(say: Callable[[str], None]) -> None:
    """Load everything; what is there already stays as it is, so an interrupted run is simply run again."""
    logging.disable(logging.INFO)  # the worker tells of each of a hundred tasks
    try:
        say("People, topics, pictures and links")
        for portable in plugins.registry().portables.values():
            portable.load(FOLDER)
        say("Articles")
        call_command("import_content", str(FOLDER / "articles"), "--publish", verbosity=0)
        call_command("import_content", str(FOLDER / "drafts"), verbosity=0)
        say("Recommendations and the rest of the queue")
        call_command("worker", "--batch", verbosity=0)
    finally:
        logging.disable(logging.NOTSET)
