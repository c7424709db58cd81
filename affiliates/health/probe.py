"""Asking, one step at a time: HEAD first, GET where that says too little, never twice at once and never in haste.

The checker says who it is and changes nothing in the address. A network may still count it as a click; its own robot
filter should know us by the User-Agent. Where the shop's page stands in the address, the network is not asked at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urljoin

from affiliates.health import pages
from affiliates.health.classify import REDIRECTS, Hop, Trace, host_of
from cms import outbound

ROBOT = "LinkCheckerBot/1.0"  # the word by which networks tell robots from readers
MAX_HOPS = 8
PAUSE_SECONDS = 2.0  # between two requests to one host
TIMEOUT_SECONDS = 10.0
MAX_BYTES = 400_000
MOST_SECONDS = 60.0  # for one link: a chain of slow hosts would hold all others up for minutes
WORDS = {
    "dns": "The name of the host was not found.",
    "timeout": "The server did not answer in time.",
    "tls": "The server's certificate is not valid, so the connection was refused.",
    "refused_address": "It leads to an address inside a private network, which is never asked.",
    "bad_url": "It leads to something that is no web address.",
}


@dataclass(slots=True)
class Pacer:
    """Keeps a pause between two requests to one host."""

    pause_seconds: float = PAUSE_SECONDS
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    last: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str) -> None:
        if host in self.last:
            self.sleep(max(0.0, self.last[host] + self.pause_seconds - self.clock()))
        self.last[host] = self.clock()


@dataclass(slots=True)
class Prober:
    """`trusted` is for tests alone: "host:port" pairs that may be asked although they are no public address."""

    pacer: Pacer = field(default_factory=Pacer)
    trusted: frozenset[str] = frozenset()

    def trace(self, url: str) -> Trace:
        """Follow an address to its end, by redirects and by pages that send their reader on."""
        hops: list[Hop] = []
        until = self.pacer.clock() + MOST_SECONDS
        while True:
            try:
                answer = self._ask(url)
            except outbound.Failed as failed:
                words = WORDS.get(failed.kind, "The connection failed.")
                return Trace((*hops, Hop(url, None)), error=words)
            hops.append(Hop(url, answer.status))
            html = _html(answer)
            onward = (
                answer.headers.get("location", "") if answer.status in REDIRECTS else pages.refresh_of(html)
            )
            if not onward:
                return Trace(tuple(hops), html)
            if self.pacer.clock() > until:
                return Trace(
                    tuple(hops), error="The servers on the way answered too slowly to follow it to its end."
                )
            if len(hops) > MAX_HOPS:
                return Trace(tuple(hops), error=f"It was sent on more than {MAX_HOPS} times.")
            try:
                url = urljoin(url, onward)
            except ValueError:
                return Trace((*hops, Hop("", None)), error=WORDS["bad_url"])

    def _ask(self, url: str) -> outbound.Answer:
        """Return the answer to HEAD if it leads on, else that to GET: many shops refuse HEAD or lie about it."""
        try:
            answer = self._request(url, "HEAD")
        except outbound.Failed as failed:
            if failed.kind not in {"timeout", "connection"}:
                raise
        else:
            if answer.status in REDIRECTS and answer.headers.get("location"):
                return answer
        return self._request(url, "GET")

    def _request(self, url: str, method: Literal["GET", "HEAD"]) -> outbound.Answer:
        self.pacer.wait(host_of(url))
        return outbound.get(
            url,
            method=method,
            headers={"accept": "text/html,*/*;q=0.5", "user-agent": f"{outbound.user_agent()} {ROBOT}"},
            timeout_seconds=TIMEOUT_SECONDS,
            max_bytes=MAX_BYTES,
            cut=True,
            max_hops=0,
            retries=0,
            trusted=self.trusted,
        )


def _html(answer: outbound.Answer) -> str:
    """Return the page; what is no text (a picture, a PDF) says nothing about itself."""
    kind = answer.headers.get("content-type", "text/html")
    return answer.text() if kind.startswith("text/") or "xml" in kind else ""
