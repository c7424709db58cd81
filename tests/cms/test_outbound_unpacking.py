"""What a server packs is unpacked to the cap and no further: a few kB may hold gigabytes. Then it becomes text."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest

from cms import outbound
from cms.outbound import Answer, Failed
from tests.support.http import Reply

LARGE = b"x" * 40_000_000
CAP = 100_000
MOST_MEMORY = 10_000_000


def ask(site, packed, encoding, **options):
    site["/"] = Reply(200, packed, {"Content-Encoding": encoding})
    return outbound.get(site.url("/"), trusted=site.trusted, retries=0, max_bytes=CAP, **options)


@pytest.fixture
def peak():
    """Return a function that says how much memory was held at most since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def test_no_more_is_unpacked_than_is_asked_for(local_site, peak):
    packed = gzip.compress(LARGE)
    tracemalloc.reset_peak()

    answer = ask(local_site, packed, "gzip", cut=True)

    assert (len(answer.body), answer.is_cut) == (CAP, True)
    assert peak() < MOST_MEMORY


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [(brotli.compress(LARGE, quality=1), "br"), (gzip.compress(gzip.compress(LARGE)), "gzip, gzip")],
)
def test_what_was_not_asked_for_is_not_unpacked(local_site, peak, packed, encoding):
    tracemalloc.reset_peak()

    with pytest.raises(Failed, match="not asked for") as failure:
        ask(local_site, packed, encoding)

    assert failure.value.kind == "connection"
    assert peak() < MOST_MEMORY


@pytest.mark.parametrize(
    ("pack", "encoding"),
    [(gzip.compress, "gzip"), (gzip.compress, " X-GZIP "), (zlib.compress, "deflate"), (bytes, "identity")],
)
def test_what_was_asked_for_is_unpacked(local_site, pack, encoding):
    assert ask(local_site, pack(b"zinc"), encoding).body == b"zinc"


def test_only_gzip_is_asked_for(local_site):
    ask(local_site, b"zinc", "identity")

    assert local_site.asked[0].headers["accept-encoding"] == "gzip"


def test_a_body_that_is_not_what_it_says_is_no_answer(local_site):
    with pytest.raises(Failed, match="cannot be unpacked") as failure:
        ask(local_site, b"zinc", "gzip")

    assert failure.value.kind == "connection"


def test_an_odd_packing_of_nothing_is_an_answer(local_site):
    assert ask(local_site, b"", "br").body == b""


@pytest.mark.parametrize("charset", ["idna", "undefined", "punycode", "hex", "zlib", "nonsense"])
def test_a_charset_that_is_none_is_read_as_utf_8(charset):
    answer = Answer("", 200, {"content-type": f"text/html; charset={charset}"}, "µg ✓ ".encode() * 20)

    assert answer.text() == "µg ✓ " * 20
