"""The one HTTP client: time-out, size cap, retries, an honest User-Agent, and no way into the operator's network.

Every connection goes to an address that was looked up and judged in the same step, so neither a redirect nor a name
that changes its answer leads to a private address (server-side request forgery, DNS rebinding). A failure is a
`Failed` with its kind; it says nothing about whether the thing asked for exists.
"""

from __future__ import annotations

import codecs
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import count
from typing import Literal
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings

from cms.deadlines import Deadline, TimedStream

Kind = Literal[
    "refused_address", "dns", "timeout", "tls", "connection", "too_large", "too_many_redirects", "bad_url"
]
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 502, 503, 504})
PORTS = {"http": 80, "https": 443}
LONGEST_WAIT_SECONDS = 30.0
MAX_BYTES = 2_000_000
PACKED = frozenset({"gzip", "x-gzip", "deflate"})
SLOW_CODEC = "punycode"  # no charset of a page; its work grows with the square, 8 s for 400 kB
# The only IPv6 space in public use; elsewhere are site-local, IPv4-compatible and translated (RFC 8215) addresses.
PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")


class Failed(Exception):
    """No answer, or none that may be read. `kind` says why; `hops` are the answers before it."""

    def __init__(self, kind: Kind, message: str, hops: tuple[Hop, ...] = ()) -> None:
        self.kind = kind
        self.hops = hops
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer that led elsewhere."""

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer. `url` is where it came from; `is_cut` says that the body was longer than asked for."""

    url: str
    status: int
    headers: Mapping[str, str]  # names in small letters
    body: bytes
    hops: tuple[Hop, ...] = ()
    is_cut: bool = False

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300

    def text(self) -> str:
        """Return the body by the charset of its header, else as UTF-8; what cannot be read is replaced."""
        charset = self.headers.get("content-type", "").rpartition("charset=")[2].strip('" ')
        try:
            codec = codecs.lookup(charset or "utf-8").name
            return self.body.decode("utf-8" if codec == SLOW_CODEC else codec, "replace")
        except (LookupError, UnicodeError):  # the latter from codecs such as "idna", which replace nothing
            return self.body.decode("utf-8", "replace")


class _Backend(httpcore.SyncBackend):
    """Looks a name up once, judges every address, and connects to one that passed."""

    def __init__(self, trusted: frozenset[str], deadline: Deadline) -> None:
        self.trusted = trusted
        self.deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        address = host if f"{host}:{port}" in self.trusted else _public_address(host, port)
        stream = super().connect_tcp(address, port, timeout, local_address, socket_options)
        return TimedStream(stream, self.deadline)


def _public_address(host: str, port: int) -> str:
    """Return one address of the host. Raises Failed unless all of them are public."""
    if port not in PORTS.values():
        raise Failed("refused_address", f"Port {port} is not asked; only 80 and 443 are.")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Failed("dns", f"The name {host} was not found: {error}.") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not is_public(address):
            raise Failed("refused_address", f"{host} is not a public address.")
    if not addresses:
        raise Failed("dns", f"The name {host} has no address.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the open internet: not private, local, shared, mapped or multicast."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo and parsed.teredo[1])
        if inner:
            return is_public(str(inner))
        if parsed in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.ip_address(int(parsed) & 0xFFFFFFFF)))
        if parsed not in PUBLIC_IPV6:
            return False
    return parsed.is_global and not parsed.is_multicast


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()  # reading them takes some 20 ms


def _client(trusted: frozenset[str], deadline: Deadline) -> httpx.Client:
    """Return a client whose connections all go through the guard. It never reads proxies from the environment."""
    transport = httpx.HTTPTransport(verify=_certificates(), trust_env=False)
    transport._pool = httpcore.ConnectionPool(  # httpx has no public way to hand over a network backend
        ssl_context=_certificates(), network_backend=_Backend(trusted, deadline)
    )
    return httpx.Client(transport=transport, trust_env=False, follow_redirects=False)


def user_agent() -> str:
    """Return who asks, so that a server's operator can write to us."""
    contact = f"; mailto:{settings.OUTBOUND_CONTACT}" if settings.OUTBOUND_CONTACT else ""
    return f"Chelate/0.1 (+{settings.SITE_URL}{contact})"


def get(
    url: str,
    *,
    method: Literal["GET", "HEAD", "POST"] = "GET",
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout_seconds: float = 10.0,
    max_bytes: int = MAX_BYTES,
    cut: bool = False,
    max_hops: int = 5,
    retries: int = 2,
    trusted: frozenset[str] = frozenset(),
    pause: Callable[[float], object] = time.sleep,
) -> Answer:
    """Ask for an address and return the last answer, whatever its status. Never call it in a reader's request.

    A busy server (429, 502 to 504) and a failed connection are tried again `retries` times, after the time that the
    server asks for, at most 30 s. `cut` keeps the first `max_bytes` of a longer body instead of failing. `max_hops=0`
    returns a redirect as it is. `trusted` are "host:port" pairs that an operator has named in the settings; they are
    not judged. Raises Failed.
    """
    asked = str(httpx.URL(url, params=dict(params))) if params else url
    sent = {"user-agent": user_agent(), "accept": "*/*", "accept-encoding": "gzip", **(headers or {})}
    deadline = Deadline()
    with _client(trusted, deadline) as client:
        ask = partial(_ask, client, deadline, method, sent, body, timeout_seconds, max_bytes, cut)
        for attempt in count():
            try:
                answer = _follow(asked, max_hops, ask)
            except Failed as failed:
                if attempt >= retries or failed.kind not in {"timeout", "connection"}:
                    raise
                pause(_backoff(attempt))
                continue
            if answer.status in BUSY and attempt < retries:
                pause(_asked_for(answer.headers, _backoff(attempt)))
                continue
            break
    return answer


def _backoff(attempt: int) -> float:
    return float(min(LONGEST_WAIT_SECONDS, 2**attempt))


def _asked_for(headers: Mapping[str, str], default: float) -> float:
    """Return the seconds of `Retry-After`. A date there is rare and counts as the default."""
    given = headers.get("retry-after", "")
    return min(LONGEST_WAIT_SECONDS, float(given)) if given.isdecimal() else default


def _follow(url: str, max_hops: int, ask: Callable[[str], Answer]) -> Answer:
    hops: tuple[Hop, ...] = ()
    while True:
        try:
            answer = ask(url)
        except Failed as failed:
            failed.hops = hops
            raise
        target = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not target or max_hops == 0:
            return replace(answer, hops=hops)
        hops = (*hops, Hop(url, answer.status))
        if len(hops) > max_hops:
            raise Failed("too_many_redirects", f"More than {max_hops} redirects.", hops)
        try:
            url = urljoin(url, target)
        except ValueError as error:
            raise Failed("bad_url", f"It leads to something that is no address: {error}.", hops) from error


def _ask(
    client: httpx.Client,
    deadline: Deadline,
    method: str,
    headers: Mapping[str, str],
    sent: bytes | None,
    timeout_seconds: float,
    max_bytes: int,
    cut: bool,
    url: str,
) -> Answer:
    _refuse_bad(url)
    deadline.until = time.monotonic() + timeout_seconds
    try:
        with client.stream(method, url, headers=headers, content=sent, timeout=timeout_seconds) as response:
            body, is_cut = _read(response, max_bytes, cut, deadline.until)
            return Answer(str(response.url), response.status_code, dict(response.headers), body, (), is_cut)
    except httpx.TimeoutException as error:
        raise Failed("timeout", f"No answer within {timeout_seconds:g} s.") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise Failed("bad_url", f"This is no address that can be asked: {error}.") from error
    except httpx.HTTPError as error:
        kind: Kind = "tls" if isinstance(_root(error), ssl.SSLError) else "connection"
        raise Failed(kind, f"The connection failed: {error}.") from error


def _refuse_bad(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_fine = parts.scheme in PORTS and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_fine = False
    if not is_fine:
        raise Failed("bad_url", "Only http and https addresses without a login are asked.")


def _read(response: httpx.Response, max_bytes: int, cut: bool, deadline: float) -> tuple[bytes, bool]:
    """Read the body up to the cap. A server that sends a byte at a time meets the deadline."""
    body = bytearray()
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    for chunk in response.iter_raw(64 * 1024):
        body += unpack(chunk, max_bytes + 1 - len(body))
        if time.monotonic() > deadline:
            raise Failed("timeout", "The answer did not end in time.")
        if len(body) > max_bytes:
            if not cut:
                raise Failed("too_large", f"The answer is larger than {max_bytes:,} bytes.")
            return bytes(body[:max_bytes]), True
    return bytes(body), False


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """Return what unpacks a piece to at most so many bytes; httpx unpacks all, and a few kB may hold gigabytes."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return lambda piece, most: piece
    packed = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32) if name in PACKED else None  # 32: gzip or zlib

    def unpack(piece: bytes, most: int) -> bytes:
        if packed is None:
            raise Failed("connection", f"The answer is packed in a way that was not asked for: {name[:40]}.")
        try:
            return packed.decompress(piece, most)
        except zlib.error as error:
            raise Failed("connection", f"The answer cannot be unpacked: {error}.") from error

    return unpack


def _root(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error
