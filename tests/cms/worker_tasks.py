"""Tasks that the worker tests run, here or in a worker process of their own."""

import os
from pathlib import Path

from cms.tasks import task


@task(idempotent=True)
def say(pipe, word):
    """Write `word` to a pipe."""
    Path(pipe).write_text(word)


@task(idempotent=True)
def first_try_hangs(pipe, marker):
    """Hang on the first try, say so on the second: the marker file tells them apart."""
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        say.func(pipe, "second")
        return
    say.func(pipe, "first")
    os.read(os.pipe()[0], 1)  # never comes


@task
def once_only(pipe):
    say.func(pipe, "first")
    os.read(os.pipe()[0], 1)


@task(idempotent=True)
def finishes_after_a_word(pipe, answer):
    """Say "started", then wait to be told to go on."""
    say.func(pipe, "started")
    return Path(answer).read_text()


@task(idempotent=True)
def fails():
    raise ValueError("broken on purpose")


@task
def fails_once():
    raise ValueError("broken on purpose")


@task(idempotent=True)
def succeeds():
    return "done"
