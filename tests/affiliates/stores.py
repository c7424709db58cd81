"""A store for a writer of clicks, and a writer whose callers wait as long as it takes."""

import threading

import pytest
from django.db import IntegrityError

from affiliates.clicks import writer as module

PATIENCE = 20


class Store:
    """Takes what a writer writes; raises the given errors first."""

    def __init__(self, *errors, bad=()):
        self.errors, self.bad = list(errors), bad
        self.batches = []
        self.gate, self.entered = threading.Event(), threading.Event()
        self.gate.set()

    def __call__(self, items):
        self.entered.set()
        assert self.gate.wait(PATIENCE)
        self.batches.append(list(items))
        if self.errors:
            raise self.errors.pop(0)
        if set(self.bad) & set(items):
            raise IntegrityError

    @property
    def stored(self):
        return [item for batch in self.batches for item in batch]


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(module, "BUDGET_SECONDS", PATIENCE)
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.01)
