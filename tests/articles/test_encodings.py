"""Compressed pages: to who takes them, never of what is one reader's own, and never mixed up in a cache."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.encodings import ENCODINGS, preferred
from tests.factories import EditionFactory

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
BROWSER = "gzip, deflate, br, zstd"


@pytest.fixture
def url(db):
    return EditionFactory(html="<p>Zinc, copper and iron.</p>" * 200).get_absolute_url()


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        (BROWSER, "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("", ""),
        ("identity", ""),
        ("deflate", ""),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("br;q=0, gzip; q=0.5", "gzip"),
        ("*;q=0", ""),
        ("br; q=0.0", ""),
        ("gzip;q=nonsense", ""),
        ("gzip;q=", "gzip"),
        ("brotli", ""),
        (" br ", "br"),
    ],
)
def test_the_best_of_what_is_taken(accepted, encoding):
    assert preferred(accepted) == encoding


@given(st.text(alphabet="brgzip*;q=0.1, ", max_size=40))
def test_no_header_breaks_it(accepted):
    assert preferred(accepted) in {"", *ENCODINGS}


@pytest.mark.parametrize("name", list(ENCODINGS))
@given(content=st.binary(max_size=500))
def test_what_is_packed_unpacks(name, content):
    assert UNPACK[name](ENCODINGS[name](content)) == content


@pytest.mark.parametrize(("accepted", "encoding"), [(BROWSER, "br"), ("gzip", "gzip"), ("", "")])
def test_every_reader_gets_the_same_page(client, url, accepted, encoding):
    plain = client.get(url).content

    for _ in range(2):
        page = client.get(url, headers={"Accept-Encoding": accepted})
        assert page.headers.get("Content-Encoding", "") == encoding
        assert UNPACK[encoding](page.content) == plain
        assert page["Content-Length"] == str(len(page.content))
        assert page["Vary"] == "Accept-Encoding"


def test_a_compressed_page_is_much_smaller(client, url):
    plain = client.get(url)

    assert len(client.get(url, headers={"Accept-Encoding": BROWSER}).content) < len(plain.content) / 3


def test_each_encoding_has_an_etag_of_its_own(client, url):
    etags = {client.get(url, headers={"Accept-Encoding": name})["ETag"] for name in ("br", "gzip", "")}

    assert len(etags) == 3


@pytest.mark.parametrize("accepted", ["br", "gzip", ""])
def test_unchanged_in_the_same_encoding_is_304(client, url, accepted):
    etag = client.get(url, headers={"Accept-Encoding": accepted})["ETag"]

    again = client.get(url, headers={"Accept-Encoding": accepted, "If-None-Match": etag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Vary"] == "Accept-Encoding"


def test_the_etag_of_another_encoding_is_another_page(client, url):
    etag = client.get(url, headers={"Accept-Encoding": "br"})["ETag"]

    assert client.get(url, headers={"Accept-Encoding": "gzip", "If-None-Match": etag}).status_code == 200


def test_what_is_made_for_one_reader_is_not_compressed(client, url, settings):
    """With a token in it, the length of a compressed page would tell about the token (BREACH)."""
    settings.DEBUG = True

    page = client.get(url, headers={"Accept-Encoding": BROWSER})

    assert "Content-Encoding" not in page.headers
