"""Names of logins that only capitals, or forms of the same letter, keep apart.

The tries of a name, and the mark of a browser that it is known in, are kept by its folded form: people type their
name as they like. Two logins with one folded form would share both.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import Any

from django.contrib.auth import get_user_model


def fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def taken_by(name: str, *, but: Any = None) -> str:
    """Return the login that is spelled the same apart from case, "" if there is none. `but`: the key of one's own."""
    others = get_user_model()._default_manager.exclude(pk=but)
    return next((other for other in _names(others) if fold(other) == fold(name)), "")


def alike() -> list[list[str]]:
    """Return the groups of logins that share one folded form. One query."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in _names(get_user_model()._default_manager.order_by("pk")):
        found[fold(name)].append(name)
    return [names for names in found.values() if len(names) > 1]


def _names(users: Any) -> list[str]:
    """Databases fold case each in a way of its own, SQLite for English letters only; a site has few logins."""
    return list(users.values_list(get_user_model().USERNAME_FIELD, flat=True))
