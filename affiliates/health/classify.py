"""From what was seen on the way to what it means. Pure: every rule of the checker can be read and tested here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote_plus, urlsplit

from affiliates.domains import same_owner
from affiliates.health import pages
from affiliates.models.health import State
from affiliates.targets import host_matches

PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MISSING = frozenset({404, 410})
_HOME = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w{2,5})?/?)?", re.IGNORECASE
)


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


@dataclass(frozen=True, slots=True)
class Hop:
    """One address that was asked and the status that it answered with; None when it did not answer."""

    url: str
    status: int | None

    @property
    def host(self) -> str:
        return host_of(self.url)


@dataclass(frozen=True, slots=True)
class Trace:
    """The way from the address that was asked to where it ended. `error` says why it ended early."""

    hops: tuple[Hop, ...]
    html: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """Where a target ought to lead. Empty `merchant_hosts`: nobody has told us which shop it is.

    `account` is what `account_parameter` must still say at the end, "" where the network keeps no tag in the address.
    """

    asked: str
    merchant_hosts: tuple[str, ...] = ()
    network_hosts: tuple[str, ...] = ()
    account_parameter: str = ""
    account: str = ""
    is_opaque: bool = False

    def is_merchant(self, host: str) -> bool:
        """Return whether a host is the shop's: the same registered name, whatever stands before it."""
        return same_owner(host, self.merchant_hosts)

    def is_network(self, host: str) -> bool:
        return not self.is_merchant(host) and host_matches(host, self.network_hosts)


@dataclass(frozen=True, slots=True)
class Verdict:
    state: State
    detail: str = ""
    final_host: str = ""
    http_status: int | None = None
    has_tag: bool | None = None
    moved_to: str = ""


def classify(trace: Trace, expected: Expected) -> Verdict:
    """Say what a way through the web means. The first rule that has an answer decides."""
    final = trace.hops[-1]
    has_tag = tag_at_end(final, expected)
    for rule in RULES:
        if found := rule(trace, expected):
            state, detail = found
            moved_to = new_address(trace, expected) if state == State.MOVED else ""
            return Verdict(state, detail[:200], final.host, final.status, has_tag, moved_to)
    return Verdict(State.OK, "", final.host, final.status, has_tag)


Answer = tuple[State, str] | None


def tag_at_end(final: Hop, expected: Expected) -> bool | None:
    """Return whether our tag is in the final address; None where it cannot be told."""
    wanted = expected.account or parameter(expected.asked, expected.account_parameter)
    if not (expected.account_parameter and wanted and expected.is_merchant(final.host)):
        return None
    return parameter(final.url, expected.account_parameter) == wanted


def parameter(url: str, name: str) -> str:
    for pair in urlsplit(url).query.split("&"):
        key, _, value = pair.partition("=")
        if name and unquote_plus(key) == name:
            return unquote_plus(value)
    return ""


def _no_answer(trace: Trace, expected: Expected) -> Answer:
    return (State.UNREACHABLE, trace.error) if trace.error or trace.hops[-1].status is None else None


def _missing(trace: Trace, expected: Expected) -> Answer:
    status = trace.hops[-1].status
    return (
        (State.GONE, f"The server says that there is no such page ({status}).") if status in MISSING else None
    )


def _refused(trace: Trace, expected: Expected) -> Answer:
    """403, 429 and 503 are what shops answer to every robot; 5xx is the shop's own trouble. Neither is "dead"."""
    status = trace.hops[-1].status or 0
    if status >= 500 and status not in (503, 999):
        return State.UNREACHABLE, f"The shop has a fault of its own ({status})."
    if status < 400 and not pages.is_wall(trace.html):
        return None
    if expected.is_opaque:
        return (
            State.OPAQUE,
            "A short link, and its host does not talk to checkers: nobody can see where it leads.",
        )
    said = f"with status {status}" if status >= 400 else "with a page for robots"
    return State.BLOCKED, f"The shop answers checkers {said}; readers may well see the product."


def _elsewhere(trace: Trace, expected: Expected) -> Answer:
    host = trace.hops[-1].host
    if expected.is_network(host):
        if gone := pages.why_gone(trace.html):
            return State.SOFT_GONE, gone
        return (
            State.OPAQUE,
            f"It ends at {host}: a script leads on from there, and a checker cannot follow it.",
        )
    if expected.merchant_hosts and not expected.is_merchant(host):
        shops = ", ".join(expected.merchant_hosts[:2])
        return State.WRONG_MERCHANT, f"It ends at {host}, which is not {shops}."
    return None


def _tag(trace: Trace, expected: Expected) -> Answer:
    if tag_at_end(trace.hops[-1], expected) is not False:
        return None
    name, found = expected.account_parameter, parameter(trace.hops[-1].url, expected.account_parameter)
    if found:
        return State.TAG_LOST, f"The final address carries {name}={found}: somebody else is credited."
    return State.TAG_LOST, f"The final address carries no {name}: nobody credits you."


def _soft(trace: Trace, expected: Expected) -> Answer:
    if gone := pages.why_gone(trace.html):
        return State.SOFT_GONE, gone
    asked, final = urlsplit(expected.asked), urlsplit(trace.hops[-1].url)
    asked_shop = expected.is_merchant(host_of(expected.asked))
    if asked_shop and not _is_home(asked.path, asked.query) and _is_home(final.path, final.query):
        return State.SOFT_GONE, "The shop shows its home page instead of the product."
    return None


def _is_home(path: str, query: str) -> bool:
    return bool(_HOME.fullmatch(path)) and not re.search(r"(?:^|&)(?:id|p|product|sku|item)[^&=]*=", query)


def _hidden(trace: Trace, expected: Expected) -> Answer:
    host = trace.hops[-1].host
    return (State.OPAQUE, f"A short link; today it leads to {host}.") if expected.is_opaque else None


def _moved(trace: Trace, expected: Expected) -> Answer:
    final = trace.hops[-1]
    for hop in trace.hops[:-1]:
        if (
            hop.status in PERMANENT
            and expected.is_merchant(hop.host)
            and _spelling(hop.url) != _spelling(final.url)
        ):
            return State.MOVED, f"The shop has moved the page for good, to {_shown(final.url)}."
    return None


def new_address(trace: Trace, expected: Expected) -> str:
    """Return where the shop says that its page is from now on, "" if the way there is not all for good.

    What comes after a passing redirect (a choice of country, a basket) is no address to write down.
    """
    moved = ""
    for hop, following in pairwise(trace.hops):
        if hop.status not in PERMANENT or not expected.is_merchant(hop.host):
            break
        moved = following.url.partition("#")[0]
    is_new = expected.is_merchant(host_of(moved)) and _spelling(moved) != _spelling(expected.asked)
    return moved if is_new else ""


def _spelling(url: str) -> tuple[str, str]:
    """Return host and path without what a shop puts right in every address: www, http, a slash at the end."""
    parts = urlsplit(url)
    return (parts.hostname or "").lower().removeprefix("www."), parts.path.rstrip("/")


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"[:120]


RULES: tuple[Callable[[Trace, Expected], Answer], ...] = (
    _no_answer, _missing, _refused, _elsewhere, _tag, _soft, _hidden, _moved,
)  # fmt: skip
