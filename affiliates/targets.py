"""Which addresses a link may lead to. One strict parser, used when a target is saved and again when it is served."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from urllib.parse import unquote_plus

from affiliates.domains import is_public_suffix

MAX_URL_LENGTH = 8_192
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label must begin with a letter and hold no digit unless it is punycode: 127.1 and 0x7f.1 are addresses.
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,59}})")
_PARTS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?"
)
_BLANK = re.compile(r"[\x00-\x20\x7f\\]")
_ALLOWED = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*")
_ENCODED_CONTROL = re.compile(r"%(?:[01][0-9A-Fa-f]|7[Ff]|5[Cc])")
_TEMPLATE = re.compile(r"[{}<>\[\]]|%7[BbDd]")  # %5B stays: many shops write filters[colour] that way
_DOT_SEGMENT = re.compile(r"/(?:\.|%2[Ee]){1,2}(?=/|\Z)")
_PRIVATE = frozenset("localhost local localdomain internal intranet private lan home corp arpa".split())


class TargetError(ValueError):
    """The address cannot be used. The message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Target:
    """A parsed address; `url` is its only spelling."""

    host: str
    path: str
    query: str
    scheme: str = "https"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}{self.query}"

    def parameter(self, name: str) -> str | None:
        """Return the decoded value of a query parameter, None if it is not there."""
        return next(iter(self.parameters(name)), None)

    def parameters(self, name: str) -> list[str]:
        """Return every value of a query parameter, in order."""
        pairs = (pair.partition("=") for pair in self.query[1:].split("&"))
        return [unquote_plus(value) for key, _, value in pairs if unquote_plus(key) == name]


@dataclass(frozen=True, slots=True)
class Checked:
    url: str
    warnings: tuple[str, ...] = ()


def parse_target(text: str, *, allow_http: bool = False) -> Target:
    """Return the parts of an address that is safe to redirect to. Raises TargetError with the reason."""
    if len(text) > MAX_URL_LENGTH:
        raise TargetError(f"The address is longer than {MAX_URL_LENGTH:,} characters.")
    if _BLANK.search(text):
        raise TargetError("The address holds a blank, a control character or a backslash. Remove it.")
    if "#" in text:
        raise TargetError("Remove the part from # on: networks lose it, and so would the sub-ID.")
    found = _PARTS.fullmatch(text)
    if found is None:
        raise TargetError("This is not a full address. It must begin with https://.")
    scheme = found["scheme"].lower()
    if scheme != "https" and not (allow_http and scheme == "http"):
        raise TargetError(f"Links must begin with https://, not {scheme}://.")
    host = parse_host(found["authority"])
    path, query = found["path"] or "/", found["query"] or ""
    _check_characters(path, query)
    return Target(host, path, query, scheme)


def parse_host(authority: str) -> str:
    """Return a public host name in its only spelling. Raises TargetError."""
    if "@" in authority:
        raise TargetError("The address holds a user name or an @ before the host. Remove it.")
    if not authority.isascii():
        hint = _punycode_hint(authority)
        raise TargetError(f"The host holds letters beyond a to z, which may imitate others. {hint}")
    host, colon, port = authority.lower().partition(":")
    if colon and port != "443":
        raise TargetError("The address names a port. Only the ordinary one is allowed; remove it.")
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise TargetError(
            "The host is not a public name such as shop.example: numbers and single words are refused."
        )
    if host.rpartition(".")[2] in _PRIVATE:
        raise TargetError("The host belongs to a private network.")
    return host


def _punycode_hint(authority: str) -> str:
    try:
        return f"Write it as {authority.lower().encode('idna').decode('ascii')} if that is what you mean."
    except UnicodeError:
        return "It is not a valid name."


def _check_characters(path: str, query: str) -> None:
    rest = path + query
    if _TEMPLATE.search(rest):
        raise TargetError("The address holds brackets of a template, such as {id}, that nobody will fill in.")
    if not _ALLOWED.fullmatch(rest):
        raise TargetError("The address holds characters that must be written percent-encoded, such as %20.")
    if _ENCODED_CONTROL.search(rest):
        raise TargetError("The address holds an encoded control character or backslash. Remove it.")
    if _DOT_SEGMENT.search(path):
        raise TargetError("The path holds /./ or /../. Write the address without it.")


def host_matches(host: str, approved: Iterable[str]) -> bool:
    """Return whether `host` is one of the approved hosts or below one of them."""
    return any(host == name or host.endswith(f".{name}") for name in approved)


def check_target(
    text: str,
    *,
    approved: Iterable[str],
    accounts: Collection[str] = (),
    account_in: Callable[[Target], str | None] = lambda target: None,
    account_name: str = "",
    opaque: Iterable[str] = (),
    allow_http: bool = False,
) -> Checked:
    """Check an address before it is saved. Raises TargetError; what is doubtful comes back as warnings.

    `accounts` are ours, empty if not known. `account_in` reads the account that an address pays: somebody else's is
    an error, none ("") a warning, None means that it cannot be told. `opaque` are hosts of short links.
    """
    target = parse_target(text.strip(), allow_http=allow_http)
    # co.uk or myshopify.com, typed as a shop's domain, would approve every stranger's shop.
    if not host_matches(target.host, (name for name in approved if not is_public_suffix(name))):
        raise TargetError(
            f"{target.host} is not a host of this network or program. Add it there if it should be."
        )
    warnings = []
    if target.scheme == "http":
        warnings.append("This address is not encrypted: browsers may warn readers. Ask the shop for https.")
    if host_matches(target.host, opaque):
        warnings.append("This is a short link: replace it by the full product URL with your tag.")
        return Checked(target.url, tuple(warnings))
    found, name = account_in(target), account_name or "account"
    if accounts and found and found not in accounts:
        ours = " or ".join(sorted(accounts))
        raise TargetError(f"The address carries {name}={found}, which is not your own {ours}.")
    if found == "":
        warnings.append(f"The address carries no {name}: nobody will credit you.")
    return Checked(target.url, tuple(warnings))


def url_hash(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def is_servable(url: str, stored_hash: str, approved: Iterable[str], *, allow_http: bool = False) -> bool:
    """Check an address again before a redirect, so that a changed row in the database opens no door."""
    try:
        target = parse_target(url, allow_http=allow_http)
    except TargetError:
        return False
    return target.url == url and url_hash(url) == stored_hash and host_matches(target.host, approved)
