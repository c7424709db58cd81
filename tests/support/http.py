"""A real HTTP server on this machine that answers as a test says, for everything that asks other sites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest


@dataclass(frozen=True)
class Reply:
    """`wait` is called before the body is sent: a test may hold an answer back with an event."""

    status: int = 200
    body: bytes | str = b""
    headers: dict[str, str] = field(default_factory=dict)
    wait: Callable[[], object] | None = None


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


class LocalSite:
    """`site["/path"] = Reply(…)`, a list of them for one after another, or a function of the Asked.

    `site.url("/path")` is its address; give `trusted=site.trusted` to the client. `site.asked` are the requests.
    """

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.trusted = frozenset({self.host})
        self.replies: dict[str, object] = {}
        self.asked: list[Asked] = []

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def __setitem__(self, path: str, reply: object) -> None:
        self.replies[path] = reply

    def reply_to(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        found = self.replies.get(asked.path, self.replies.get(asked.path.partition("?")[0]))
        if callable(found):
            found = found(asked)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        return found if isinstance(found, Reply) else Reply(404, "not here")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        sent = self.rfile.read(int(headers.get("content-length", 0)))
        asked = Asked(self.command, self.path, headers, sent)
        reply = self.server.site.reply_to(asked)
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if reply.wait is not None:
            reply.wait()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = _answer  # noqa: N815 - the names that http.server asks for

    def log_message(self, *args: object) -> None:
        """Say nothing: the tests look at `asked`."""


@contextmanager
def serving() -> Iterator[LocalSite]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.site = LocalSite(server.server_address[1])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def local_site() -> Iterator[LocalSite]:
    with serving() as site:
        yield site
