"""Rendered pages in this process's memory, each with what it was made from.

A page is served again only if what it would be made from now equals what it was made from then, so nothing ever has
to be purged. One page an address: a new one takes the place of the old. See docs/decisions/0004-page-cache.md.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.conf import settings

# What nobody can see from outside, a clock or a file that a theme's template reads, is late by no more than this.
LONGEST_SECONDS = 60.0
# A page takes some milliseconds. Who waits longer for somebody else to make it makes it himself.
TURN_SECONDS = 1.0
OVERHEAD_BYTES = 500  # of an entry, beside its content


class Sized(Protocol):
    @property
    def size(self) -> int:
        """Bytes that keeping it takes."""


P = TypeVar("P", bound=Sized)


@dataclass(frozen=True, slots=True)
class _Entry(Generic[P]):
    made_from: Any
    page: P | None  # None: cannot be kept, so nobody need wait for it
    size: int
    until: float


class PageCache(Generic[P]):
    """The pages used last, within PAGE_CACHE_MB."""

    def __init__(self) -> None:
        self._entries: OrderedDict[Hashable, _Entry[P]] = OrderedDict()
        self._lock = threading.Lock()
        self._turns: dict[Hashable, tuple[threading.Lock, list[None]]] = {}
        self._size = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def size(self) -> int:
        return self._size

    def page(self, address: Hashable, made_from: Any, make: Callable[[], tuple[P, bool]]) -> P:
        """Return the page at `address`, from memory or from `make`, which also says whether it may be kept.

        Those who ask for the same page while it is made wait for it.
        """
        entry = self._entry(address, made_from)
        if entry is None:
            with self._turn(address):
                entry = self._entry(address, made_from)
                if entry is None:
                    page, may_be_kept = make()
                    self._keep(address, made_from, page if may_be_kept else None)
                    return page
        return entry.page if entry.page is not None else make()[0]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._size = 0

    def _entry(self, address: Hashable, made_from: Any) -> _Entry[P] | None:
        with self._lock:
            entry = self._entries.get(address)
            if entry is None:
                return None
            self._entries.move_to_end(address)
        is_the_same = entry.made_from == made_from and time.monotonic() < entry.until
        return entry if is_the_same else None

    def _keep(self, address: Hashable, made_from: Any, page: P | None) -> None:
        limit = settings.PAGE_CACHE_MB * 1_000_000
        size = OVERHEAD_BYTES + bytes_of(made_from) + (page.size if page is not None else 0)
        with self._lock:
            before = self._entries.pop(address, None)
            self._size -= before.size if before else 0
            if size > limit:
                return
            self._entries[address] = _Entry(made_from, page, size, time.monotonic() + LONGEST_SECONDS)
            self._size += size
            while self._size > limit:
                _, oldest = self._entries.popitem(last=False)
                self._size -= oldest.size

    @contextmanager
    def _turn(self, address: Hashable) -> Iterator[None]:
        with self._lock:
            lock, waiting = self._turns.setdefault(address, (threading.Lock(), []))
            waiting.append(None)
        is_mine = lock.acquire(timeout=TURN_SECONDS)
        try:
            yield
        finally:
            if is_mine:
                lock.release()
            with self._lock:
                waiting.pop()
                if not waiting:
                    self._turns.pop(address, None)


def bytes_of(value: Any) -> int:
    """Return about how much memory a tuple of plain values takes, with those in it."""
    if isinstance(value, tuple):
        return sys.getsizeof(value) + sum(map(bytes_of, value))
    return sys.getsizeof(value)
